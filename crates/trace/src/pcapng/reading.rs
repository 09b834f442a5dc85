//! Owns reading back what [`super::Writer`] wrote, comments and all, also after a capture program has saved it again.
//! Strict where the reader of foreign captures forgives: a recording that is damaged proves nothing.

use super::Direction;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::time::Duration;

const SECTION: u32 = 0x0a0d_0d0a;
const LITTLE_ENDIAN: u32 = 0x1a2b_3c4d;
const INTERFACE: u32 = 1;
const PACKET: u32 = 6;
const UDP: u8 = 17;

/// A UDP datagram of a capture file.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ReadDatagram {
    /// When, since 1970-01-01 00:00:00 UTC.
    pub time: Duration,
    /// Where it came from.
    pub from: SocketAddr,
    /// Where it went.
    pub to: SocketAddr,
    /// What it carried.
    pub payload: Vec<u8>,
    /// Which way it went, where the file says it.
    pub direction: Option<Direction>,
    /// What stands beside it; empty where nothing does.
    pub comment: String,
}

/// The bytes are no capture file that [`super::Writer`] wrote.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ReadError {
    /// It does not begin as such a file does.
    #[error("this is no pcapng file in the byte order that Fingerpost writes")]
    NotPcapng,
    /// A block is cut off or makes no sense.
    #[error("the capture file is damaged at byte {0}")]
    Damaged(usize),
    /// A packet is no whole UDP datagram in IP.
    #[error("the packet at byte {0} is no whole UDP datagram in raw IP")]
    NotUdp(usize),
}

/// The datagrams in `file`, in its order. Blocks of other kinds are passed over.
///
/// ```
/// use fingerpost_trace::pcapng::{Datagram, Writer, read};
/// let (phone, group) = ("192.0.2.7:5060".parse().unwrap(), "224.0.1.75:5060".parse().unwrap());
/// let mut writer = Writer::new(&[]);
/// let asked = Datagram::new(std::time::Duration::from_secs(7), phone, group, b"SUBSCRIBE").with_comment("asks");
/// writer.add(&asked).unwrap();
/// let read = read(&writer.take()).unwrap();
/// assert_eq!((read[0].payload.as_slice(), read[0].comment.as_str()), (&b"SUBSCRIBE"[..], "asks"));
/// ```
pub fn read(file: &[u8]) -> Result<Vec<ReadDatagram>, ReadError> {
    if u32_at(file, 0) != Some(SECTION) || u32_at(file, 8) != Some(LITTLE_ENDIAN) {
        return Err(ReadError::NotPcapng);
    }
    let (mut at, mut resolutions, mut datagrams) = (0, Vec::new(), Vec::new());
    while at < file.len() {
        let block = block(&file[at..]).ok_or(ReadError::Damaged(at))?;
        match u32_at(block, 0) {
            Some(INTERFACE) => resolutions.push(resolution(block)),
            Some(PACKET) => {
                let units =
                    u32_at(block, 8).and_then(|n| resolutions.get(usize::try_from(n).ok()?));
                let units = units.copied().flatten().ok_or(ReadError::Damaged(at))?;
                datagrams.push(packet(block, units).ok_or(ReadError::NotUdp(at))?);
            }
            _ => {}
        }
        at += block.len();
    }
    Ok(datagrams)
}

/// The block at the start of `rest`, both lengths agreeing.
fn block(rest: &[u8]) -> Option<&[u8]> {
    let length = usize::try_from(u32_at(rest, 4)?).ok()?;
    let is_whole = length >= 12 && length.is_multiple_of(4);
    let block = is_whole.then(|| rest.get(..length))??;
    (u32_at(block, length - 4) == u32_at(block, 4)).then_some(block)
}

/// Units of time in a second; microseconds where the file says nothing.
fn resolution(block: &[u8]) -> Option<u64> {
    let option = options(block, 16).find(|(code, _)| *code == 9);
    match option.map_or(Some(&6), |(_, value)| value.first()) {
        Some(power @ 0..=9) => Some(10_u64.pow(u32::from(*power))),
        _ => None,
    }
}

fn packet(block: &[u8], units: u64) -> Option<ReadDatagram> {
    let ticks = u64::from(u32_at(block, 12)?) << 32 | u64::from(u32_at(block, 16)?);
    let (length, original) = (u32_at(block, 20)?, u32_at(block, 24)?);
    let length = usize::try_from(length).ok().filter(|_| length == original)?;
    let length = Some(length).filter(|length| *length <= block.len())?;
    let (from, to, payload) = udp(block.get(28..28 + length)?)?;
    let seconds = Duration::from_secs(ticks / units);
    let time = seconds + Duration::from_nanos(ticks % units * (1_000_000_000 / units));
    let (mut direction, mut comment) = (None, String::new());
    for (code, value) in options(block, 28 + length.next_multiple_of(4)) {
        match (code, value) {
            (1, text) if comment.is_empty() => comment = String::from_utf8(text.to_vec()).ok()?,
            (2, [flags, ..]) => direction = way(*flags),
            _ => {}
        }
    }
    Some(ReadDatagram { time, from, to, payload: payload.to_vec(), direction, comment })
}

fn way(flags: u8) -> Option<Direction> {
    match flags & 3 {
        1 => Some(Direction::Inbound),
        2 => Some(Direction::Outbound),
        _ => None,
    }
}

/// Addresses and payload of an unfragmented datagram.
fn udp(packet: &[u8]) -> Option<(SocketAddr, SocketAddr, &[u8])> {
    let (source, destination, datagram) = match packet.first()? >> 4 {
        4 => ipv4(packet)?,
        6 => ipv6(packet)?,
        _ => return None,
    };
    let length = usize::from(network_u16(datagram, 4)?);
    let payload = datagram.get(8..length)?;
    let end = |ip, at| Some(SocketAddr::new(ip, network_u16(datagram, at)?));
    Some((end(source, 0)?, end(destination, 2)?, payload))
}

fn ipv4(packet: &[u8]) -> Option<(IpAddr, IpAddr, &[u8])> {
    let header = usize::from(packet.first()? & 15) * 4;
    let fragment = network_u16(packet, 6)? & 0x3fff;
    let is_whole = *packet.get(9)? == UDP && fragment == 0;
    let address = |at| packet.get(at..)?.first_chunk::<4>().map(|ip| Ipv4Addr::from(*ip).into());
    is_whole.then_some((address(12)?, address(16)?, packet.get(header..)?))
}

fn ipv6(packet: &[u8]) -> Option<(IpAddr, IpAddr, &[u8])> {
    let address = |at| packet.get(at..)?.first_chunk::<16>().map(|ip| Ipv6Addr::from(*ip).into());
    (*packet.get(6)? == UDP).then_some((address(8)?, address(24)?, packet.get(40..)?))
}

/// The options from `at` to the end of the block.
fn options(block: &[u8], mut at: usize) -> impl Iterator<Item = (u16, &[u8])> {
    std::iter::from_fn(move || {
        let code = u16_at(block, at).filter(|code| *code != 0)?;
        let length = usize::from(u16_at(block, at + 2)?);
        // Behind the options the block's length stands once more.
        let value = block.get(at + 4..at + 4 + length).filter(|_| at + 4 < block.len() - 4)?;
        at += 4 + length.next_multiple_of(4);
        Some((code, value))
    })
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..)?.first_chunk::<2>().map(|word| u16::from_le_bytes(*word))
}

/// Addresses, ports and lengths of packets are in network byte order.
fn network_u16(packet: &[u8], at: usize) -> Option<u16> {
    u16_at(packet, at).map(u16::swap_bytes)
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..)?.first_chunk::<4>().map(|word| u32::from_le_bytes(*word))
}
