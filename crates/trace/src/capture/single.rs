//! Owns one frame that came without a file, as out of a hex dump: what it begins with says what it is.

use super::ip;
use super::link::{self, Frame};
use super::placed::{Placed, Run};
use super::sip;
use crate::{Origin, Transport};
use std::net::SocketAddr;
use std::ops::Range;

/// The links that are tried: Ethernet, none at all, Linux cooked in both versions, loopback.
const LINKS: [u16; 5] = [1, 101, 113, 276, 0];

/// Where in the bytes a message stands, and what its packet says of it.
pub(crate) fn message_in(bytes: &[u8]) -> Option<(Range<usize>, Origin)> {
    if sip::begins(bytes) {
        return Some((0..bytes.len(), Origin::default()));
    }
    let packed = LINKS.iter().find_map(|link| in_packet(*link, bytes));
    packed.or_else(|| sip::find(bytes).map(|start| (start..bytes.len(), Origin::default())))
}

fn in_packet(link: u16, bytes: &[u8]) -> Option<(Range<usize>, Origin)> {
    let runs = [Run { start: 0, at: 0 }];
    let Frame::Ip(packet) = link::read(link, Placed::new(bytes, &runs)) else { return None };
    let ip = ip::read(packet)?;
    let (header, transport) = match ip.protocol {
        17 => (8, Transport::Udp),
        6 => (usize::from(ip.payload.u8(12)? >> 4) * 4, Transport::Tcp),
        _ => return None,
    };
    let payload = ip.payload.skip(header)?;
    let span = sip::begins(payload.bytes).then(|| payload.span())?;
    let origin = Origin {
        from: Some(SocketAddr::new(ip.from, ip.payload.u16(0)?)),
        to: Some(SocketAddr::new(ip.to, ip.payload.u16(2)?)),
        transport: Some(transport),
        ..Origin::default()
    };
    Some((span.start..span.end, origin))
}
