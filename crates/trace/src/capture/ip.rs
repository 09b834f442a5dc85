//! Owns IP headers (RFC 791, RFC 8200): from where to where, what is carried, and whether it is a fragment.

use super::placed::Placed;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// No packet has more headers one behind the other.
const MOST_HEADERS: usize = 16;

/// A packet.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ip<'a> {
    pub(super) from: IpAddr,
    pub(super) to: IpAddr,
    pub(super) protocol: u8,
    pub(super) payload: Placed<'a>,
    /// How many bytes the payload had on the wire.
    pub(super) original: usize,
    pub(super) fragment: Option<Fragment>,
}

/// A part of a packet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Fragment {
    pub(super) id: u32,
    /// Where it stands in the payload of the packet.
    pub(super) offset: usize,
    /// Whether others stand behind it.
    pub(super) has_more: bool,
}

/// Reads a packet, and one that is carried in another (IP in IP).
pub(super) fn read(packet: Placed<'_>) -> Option<Ip<'_>> {
    let mut ip = once(packet)?;
    for _ in 0..MOST_HEADERS {
        if !matches!(ip.protocol, 4 | 41) || ip.fragment.is_some() {
            return Some(ip);
        }
        ip = once(ip.payload)?;
    }
    None
}

fn once(packet: Placed<'_>) -> Option<Ip<'_>> {
    match packet.u8(0)? >> 4 {
        4 => version_4(packet),
        6 => version_6(packet),
        _ => None,
    }
}

fn version_4(packet: Placed<'_>) -> Option<Ip<'_>> {
    let header = usize::from(packet.u8(0)? & 0x0f) * 4;
    // Where the card cuts segments, the length is not known yet when the packet is captured.
    let total = match usize::from(packet.u16(2)?) {
        0 => packet.bytes.len(),
        total => total,
    };
    let original = total.checked_sub(header.max(20))?;
    let parts = packet.u16(6)?;
    let (offset, has_more) = (usize::from(parts & 0x1fff) * 8, parts & 0x2000 != 0);
    let id = u32::from(packet.u16(4)?);
    Some(Ip {
        from: Ipv4Addr::from(packet.array(12)?).into(),
        to: Ipv4Addr::from(packet.array(16)?).into(),
        protocol: packet.u8(9)?,
        payload: packet.skip(header.max(20))?.first(original),
        original,
        fragment: (offset > 0 || has_more).then_some(Fragment { id, offset, has_more }),
    })
}

fn version_6(packet: Placed<'_>) -> Option<Ip<'_>> {
    let rest = packet.skip(40)?;
    let original = match usize::from(packet.u16(4)?) {
        0 => rest.bytes.len(),
        length => length,
    };
    let ip = Ip {
        from: Ipv6Addr::from(packet.array(8)?).into(),
        to: Ipv6Addr::from(packet.array(24)?).into(),
        protocol: packet.u8(6)?,
        payload: rest.first(original),
        original,
        fragment: None,
    };
    without_extensions(ip)
}

fn without_extensions(mut ip: Ip<'_>) -> Option<Ip<'_>> {
    for _ in 0..MOST_HEADERS {
        let length = match ip.protocol {
            0 | 43 | 60 | 135 => usize::from(ip.payload.u8(1)?) * 8 + 8,
            51 => usize::from(ip.payload.u8(1)?) * 4 + 8,
            44 => {
                ip.fragment = fragment_6(ip.payload);
                8
            }
            _ => return Some(ip),
        };
        ip.protocol = ip.payload.u8(0)?;
        ip.payload = ip.payload.skip(length)?;
        ip.original = ip.original.checked_sub(length)?;
        if ip.fragment.is_some() {
            return Some(ip);
        }
    }
    None
}

/// A fragment that is the whole packet is none (RFC 6946).
fn fragment_6(header: Placed<'_>) -> Option<Fragment> {
    let parts = header.u16(2)?;
    let (offset, has_more) = (usize::from(parts & !7), parts & 1 != 0);
    let id = header.u32(4)?;
    (offset > 0 || has_more).then_some(Fragment { id, offset, has_more })
}
