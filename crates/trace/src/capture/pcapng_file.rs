//! Owns the block format (draft-ietf-opsawg-pcapng) on its way in: sections in either byte order, interfaces with
//! their names and resolutions of time, packets in all three kinds of blocks. Other blocks are passed over.

use super::file::{LONGEST_PACKET, Packet, Step};
use std::sync::Arc;
use std::time::Duration;

/// The type of the block that begins a section; it reads the same in both byte orders.
pub(super) const SECTION: u32 = 0x0a0d_0d0a;
const INTERFACE: u32 = 1;
const OLD_PACKET: u32 = 2;
const SIMPLE_PACKET: u32 = 3;
const ENHANCED_PACKET: u32 = 6;

const ORDER: u32 = 0x1a2b_3c4d;
const SHORTEST_BLOCK: usize = 12;
/// No block is longer; what claims to be is damage.
const LONGEST_BLOCK: usize = 1 << 24;
/// No section has more interfaces; more are a mistake or an attack.
const MOST_INTERFACES: usize = 4096;

/// A file that is being read.
#[derive(Debug, Default)]
pub(super) struct PcapNg {
    is_big_endian: bool,
    interfaces: Vec<Interface>,
}

#[derive(Debug, Clone)]
struct Interface {
    link: u16,
    snaplen: usize,
    name: Option<Arc<str>>,
    /// Units of time in a second.
    resolution: u64,
    /// Seconds to add to every time.
    offset: i64,
}

/// What is asked of a block that may not be there whole.
enum Framed {
    Whole(usize),
    Partly,
    Broken,
    Unknown,
}

impl PcapNg {
    pub(super) fn step(&mut self, rest: &[u8], at: usize, is_at_end: bool) -> Step {
        let length = match self.framed(rest) {
            Framed::Whole(length) => length,
            Framed::Partly if is_at_end => return self.unfinished(rest, at),
            Framed::Unknown | Framed::Partly => return Step::More,
            Framed::Broken => return self.damage(rest, is_at_end),
        };
        self.block(&rest[..length - 4], at, length)
    }

    /// A block of which the file holds only the beginning; unless its length is damaged, and others stand behind.
    fn unfinished(&mut self, rest: &[u8], at: usize) -> Step {
        if let Some(skip) = self.next_whole(rest) {
            return Step::Damage(skip);
        }
        match self.block(rest, at, rest.len()) {
            Step::Packet(packet, length) => {
                Step::Packet(Packet { is_partial: true, ..packet }, length)
            }
            Step::Other(_) | Step::Damage(_) | Step::More => Step::More,
        }
    }

    fn next_whole(&self, rest: &[u8]) -> Option<usize> {
        (1..rest.len().saturating_sub(7)).find(|skip| {
            self.is_read(&rest[*skip..]) && matches!(self.framed(&rest[*skip..]), Framed::Whole(_))
        })
    }

    fn is_read(&self, here: &[u8]) -> bool {
        let kind = self.u32(here, 0);
        matches!(kind, Some(SECTION | INTERFACE | OLD_PACKET | SIMPLE_PACKET | ENHANCED_PACKET))
    }

    fn u32(&self, bytes: &[u8], at: usize) -> Option<u32> {
        let word = bytes.get(at..)?.first_chunk::<4>()?;
        Some(if self.is_big_endian { u32::from_be_bytes(*word) } else { u32::from_le_bytes(*word) })
    }

    fn u16(&self, bytes: &[u8], at: usize) -> Option<u16> {
        let word = bytes.get(at..)?.first_chunk::<2>()?;
        Some(if self.is_big_endian { u16::from_be_bytes(*word) } else { u16::from_le_bytes(*word) })
    }

    fn size(&self, bytes: &[u8], at: usize) -> Option<usize> {
        usize::try_from(self.u32(bytes, at)?).ok()
    }

    /// How long the block at the start of `rest` is.
    fn framed(&self, rest: &[u8]) -> Framed {
        let Some(kind) = self.u32(rest, 0) else {
            return Framed::Unknown;
        };
        let is_big_endian = match section_order(rest) {
            _ if kind != SECTION => self.is_big_endian,
            Order::Big => true,
            Order::Little => false,
            Order::Broken => return Framed::Broken,
            Order::Unknown => return Framed::Unknown,
        };
        let ordered = Self { is_big_endian, interfaces: Vec::new() };
        match ordered.size(rest, 4) {
            None => Framed::Unknown,
            Some(length) if !(SHORTEST_BLOCK..=longest(kind)).contains(&length) => Framed::Broken,
            Some(length) if length % 4 != 0 => Framed::Broken,
            Some(length) if rest.len() < length => Framed::Partly,
            Some(length) if ordered.size(rest, length - 4) != Some(length) => Framed::Broken,
            Some(length) => Framed::Whole(length),
        }
    }

    fn block(&mut self, block: &[u8], at: usize, length: usize) -> Step {
        let read = match self.u32(block, 0) {
            Some(SECTION) => {
                self.is_big_endian = section_order(block) == Order::Big;
                self.interfaces.clear();
                return Step::Other(length);
            }
            Some(INTERFACE) => {
                self.describe(block);
                return Step::Other(length);
            }
            Some(ENHANCED_PACKET) => self.packet(block, at, self.size(block, 8)),
            Some(OLD_PACKET) => self.packet(block, at, self.u16(block, 8).map(usize::from)),
            Some(SIMPLE_PACKET) => self.simple_packet(block, at),
            _ => return Step::Other(length),
        };
        read.map_or(Step::Damage(length), |packet| Step::Packet(packet, length))
    }

    fn describe(&mut self, block: &[u8]) {
        let mut interface = Interface {
            link: self.u16(block, 8).unwrap_or_default(),
            snaplen: self.size(block, 12).unwrap_or_default(),
            name: None,
            resolution: 1_000_000,
            offset: 0,
        };
        self.options(block, 16, |code, value| match (code, value) {
            (2, name) => interface.name = Some(String::from_utf8_lossy(name).into()),
            (9, [power]) => interface.resolution = resolution(*power).unwrap_or(1_000_000),
            (14, value) => {
                let bytes = value.first_chunk::<8>().copied().unwrap_or_default();
                interface.offset = if self.is_big_endian {
                    i64::from_be_bytes(bytes)
                } else {
                    i64::from_le_bytes(bytes)
                };
            }
            _ => {}
        });
        if self.interfaces.len() < MOST_INTERFACES {
            self.interfaces.push(interface);
        }
    }

    fn options(&self, block: &[u8], from: usize, mut take: impl FnMut(u16, &[u8])) {
        let mut at = from;
        while let (Some(code @ 1..), Some(length)) = (self.u16(block, at), self.u16(block, at + 2))
        {
            let length = usize::from(length);
            let Some(value) = block.get(at + 4..at + 4 + length) else { return };
            take(code, value);
            at += 4 + length.next_multiple_of(4);
        }
    }

    fn packet(&self, block: &[u8], at: usize, interface: Option<usize>) -> Option<Packet> {
        const DATA: usize = 28;
        let interface = self.interfaces.get(interface?)?;
        let ticks = u64::from(self.u32(block, 12)?) << 32 | u64::from(self.u32(block, 16)?);
        let (captured, original) = (self.size(block, 20)?, self.size(block, 24)?);
        let length = captured.min(block.len().saturating_sub(DATA));
        if captured > LONGEST_PACKET {
            return None;
        }
        let time = interface.time(ticks);
        let (link, interface) = (interface.link, interface.name.clone());
        Some(Packet { at: at + DATA, length, original, is_partial: false, link, time, interface })
    }

    fn simple_packet(&self, block: &[u8], at: usize) -> Option<Packet> {
        const DATA: usize = 12;
        let interface = self.interfaces.first()?;
        let original = self.size(block, 8)?;
        let snaplen = if interface.snaplen == 0 { usize::MAX } else { interface.snaplen };
        let length = original.min(snaplen).min(block.len().saturating_sub(DATA));
        let (link, interface) = (interface.link, interface.name.clone());
        let at = at + DATA;
        Some(Packet { at, length, original, is_partial: false, link, time: None, interface })
    }

    /// Searches for a block of a kind that is read, with the same length at both ends.
    fn damage(&self, rest: &[u8], is_at_end: bool) -> Step {
        for skip in 1..rest.len().saturating_sub(7) {
            let here = &rest[skip..];
            match self.is_read(here).then(|| self.framed(here)) {
                Some(Framed::Whole(_)) => return Step::Damage(skip),
                Some(Framed::Partly) if !is_at_end => {
                    return Step::Damage(skip);
                }
                _ => {}
            }
        }
        match rest.len().checked_sub(8) {
            _ if is_at_end => Step::Damage(rest.len()),
            Some(skip) if skip > 0 => Step::Damage(skip),
            _ => Step::More,
        }
    }
}

/// In which byte order a section is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Order {
    Big,
    Little,
    /// Its mark makes no sense.
    Broken,
    /// The mark did not come yet.
    Unknown,
}

fn section_order(rest: &[u8]) -> Order {
    match rest.get(8..).and_then(<[u8]>::first_chunk::<4>) {
        None => Order::Unknown,
        Some(mark) if *mark == ORDER.to_be_bytes() => Order::Big,
        Some(mark) if *mark == ORDER.to_le_bytes() => Order::Little,
        Some(_) => Order::Broken,
    }
}

/// How long a block of a kind may be.
const fn longest(kind: u32) -> usize {
    match kind {
        OLD_PACKET | SIMPLE_PACKET | ENHANCED_PACKET => 2 * LONGEST_PACKET,
        _ => LONGEST_BLOCK,
    }
}

/// Units in a second: 10 or, with the highest bit, 2 to this power.
fn resolution(power: u8) -> Option<u64> {
    let (base, power) = if power & 0x80 == 0 { (10_u64, power) } else { (2, power & 0x7f) };
    base.checked_pow(u32::from(power))
}

impl Interface {
    fn time(&self, ticks: u64) -> Option<Duration> {
        let (seconds, rest) = (ticks / self.resolution, ticks % self.resolution);
        let nanoseconds = u128::from(rest) * 1_000_000_000 / u128::from(self.resolution);
        let seconds = seconds.checked_add_signed(self.offset)?;
        Some(Duration::new(seconds, u32::try_from(nanoseconds).ok()?))
    }
}
