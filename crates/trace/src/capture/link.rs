//! Owns what stands before an IP packet on its link: Ethernet with tags, Linux cooked headers, loopback, PPP.

use super::placed::Placed;

/// No frame has more tags, labels or headers one behind the other.
const MOST_TAGS: usize = 8;

/// What a frame holds.
#[derive(Debug, Clone, Copy)]
pub(super) enum Frame<'a> {
    Ip(Placed<'a>),
    SomethingElse,
    /// Its link type is not read.
    Unknown,
}

/// What is in a frame of link type `link`. The numbers are those of the registry of link types.
pub(super) fn read(link: u16, frame: Placed<'_>) -> Frame<'_> {
    let packet = match link {
        // NULL: an address family in the byte order of the host that captured it. LOOP: in network byte order.
        0 | 108 => family(frame),
        1 => ethernet(frame),
        9 => ppp(frame),
        12 | 14 | 101 | 228 | 229 => ip(frame),
        // Linux cooked: the protocol stands at the end of the first version, at the start of the second.
        113 => typed(frame, 14, 16),
        276 => typed(frame, 0, 20),
        _ => return Frame::Unknown,
    };
    packet.map_or(Frame::SomethingElse, Frame::Ip)
}

fn ethernet(frame: Placed<'_>) -> Option<Placed<'_>> {
    typed(frame, 12, 14)
}

/// What stands behind a header of `header` bytes that has its type at `at`.
fn typed(frame: Placed<'_>, at: usize, header: usize) -> Option<Placed<'_>> {
    let (mut kind, mut rest) = (frame.u16(at)?, frame.skip(header)?);
    for _ in 0..MOST_TAGS {
        match kind {
            0x0800 | 0x86dd => return ip(rest),
            // VLAN and the tags of provider bridges.
            0x8100 | 0x88a8 | 0x9100 | 0x9200 => (kind, rest) = (rest.u16(2)?, rest.skip(4)?),
            0x8847 | 0x8848 => return labelled(rest),
            // PPPoE session.
            0x8864 => return ppp(rest.skip(6)?),
            // A length: IEEE 802.3 with LLC and SNAP.
            ..=1500 if rest.bytes.starts_with(&[0xaa, 0xaa, 3]) => {
                (kind, rest) = (rest.u16(6)?, rest.skip(8)?);
            }
            _ => return None,
        }
    }
    None
}

fn labelled(mut rest: Placed<'_>) -> Option<Placed<'_>> {
    for _ in 0..MOST_TAGS {
        let is_last = rest.u8(2)? & 1 == 1;
        rest = rest.skip(4)?;
        if is_last {
            return ip(rest);
        }
    }
    None
}

fn ppp(frame: Placed<'_>) -> Option<Placed<'_>> {
    let frame = if frame.bytes.starts_with(&[0xff, 3]) { frame.skip(2)? } else { frame };
    match frame.u16(0)? {
        0x0021 | 0x0057 => ip(frame.skip(2)?),
        _ => None,
    }
}

/// The families have other numbers on other systems; which IP it is, the packet says itself.
fn family(frame: Placed<'_>) -> Option<Placed<'_>> {
    let word = frame.array::<4>(0)?;
    let family = u32::from_be_bytes(word).min(u32::from_le_bytes(word));
    matches!(family, 2 | 10 | 24 | 28 | 30).then(|| frame.skip(4)).flatten().and_then(ip)
}

fn ip(packet: Placed<'_>) -> Option<Placed<'_>> {
    matches!(packet.u8(0)? >> 4, 4 | 6).then_some(packet)
}
