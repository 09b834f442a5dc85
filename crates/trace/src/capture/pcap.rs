//! Owns the classic capture format (draft-ietf-opsawg-pcap): a file header, then packets each behind a header of
//! their own. Both byte orders, microseconds and nanoseconds.

use super::file::{LONGEST_PACKET, Packet, Step};
use std::time::Duration;

const FILE_HEADER: usize = 24;
const PACKET_HEADER: usize = 16;
/// Behind damage, a packet is believed only when its time is within a day of the last one.
const NEAR: u32 = 86_400;

/// How numbers stand in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Format {
    is_big_endian: bool,
    has_nanoseconds: bool,
}

impl Format {
    pub(super) const fn of_magic(magic: [u8; 4]) -> Option<Self> {
        let (is_big_endian, has_nanoseconds) = match magic {
            [0xa1, 0xb2, 0xc3, 0xd4] => (true, false),
            [0xd4, 0xc3, 0xb2, 0xa1] => (false, false),
            [0xa1, 0xb2, 0x3c, 0x4d] => (true, true),
            [0x4d, 0x3c, 0xb2, 0xa1] => (false, true),
            _ => return None,
        };
        Some(Self { is_big_endian, has_nanoseconds })
    }

    fn u32(self, bytes: &[u8], at: usize) -> Option<u32> {
        let word = bytes.get(at..)?.first_chunk::<4>()?;
        Some(if self.is_big_endian { u32::from_be_bytes(*word) } else { u32::from_le_bytes(*word) })
    }

    const fn fractions(self) -> u32 {
        if self.has_nanoseconds { 1_000_000_000 } else { 1_000_000 }
    }
}

/// A file that is being read.
#[derive(Debug)]
pub(super) struct Pcap {
    format: Format,
    link: Option<u16>,
    last: Option<u32>,
}

/// What stands before a packet.
#[derive(Debug, Clone, Copy)]
struct Header {
    seconds: u32,
    fraction: u32,
    length: usize,
    original: usize,
}

impl Pcap {
    pub(super) const fn new(format: Format) -> Self {
        Self { format, link: None, last: None }
    }

    pub(super) fn step(&mut self, rest: &[u8], at: usize, is_at_end: bool) -> Step {
        let Some(link) = self.link else {
            return self.begin(rest);
        };
        let Some(header) = self.header(rest, 0) else {
            return Step::More;
        };
        if !self.is_possible(header) {
            return self.damage(rest, is_at_end);
        }
        let there = rest.len() - PACKET_HEADER;
        if there < header.length && !(is_at_end && there > 0) {
            return Step::More;
        }
        let length = header.length.min(there);
        self.last = Some(header.seconds);
        let time = Some(self.time(header));
        let (at, original) = (at + PACKET_HEADER, header.original);
        let is_partial = there < header.length;
        let packet = Packet { at, length, original, is_partial, link, time, interface: None };
        Step::Packet(packet, PACKET_HEADER + length)
    }

    fn begin(&mut self, rest: &[u8]) -> Step {
        let Some(link) = self.format.u32(rest, 20) else {
            return Step::More;
        };
        // Above the link type stand how many bytes of checksum are at the end of a frame.
        self.link = u16::try_from(link & 0xffff).ok();
        Step::Other(FILE_HEADER)
    }

    fn header(&self, rest: &[u8], at: usize) -> Option<Header> {
        let word = |index: usize| self.format.u32(rest, at + index * 4);
        let size = |index: usize| usize::try_from(word(index)?).ok();
        Some(Header { seconds: word(0)?, fraction: word(1)?, length: size(2)?, original: size(3)? })
    }

    const fn is_possible(&self, header: Header) -> bool {
        let fits = header.length <= LONGEST_PACKET && header.length <= header.original;
        fits && header.fraction < self.format.fractions()
    }

    /// More than possible: as a packet next to the last one would be.
    fn is_likely(&self, header: Header) -> bool {
        let is_near = self.last.is_none_or(|last| last.abs_diff(header.seconds) <= NEAR);
        is_near && header.length > 0 && self.is_possible(header)
    }

    /// Searches for a likely packet behind which another one, or the end of the file, stands.
    fn damage(&self, rest: &[u8], is_at_end: bool) -> Step {
        for skip in 1..rest.len() {
            let Some(header) = self.header(rest, skip) else { break };
            if !self.is_likely(header) {
                continue;
            }
            let next = skip + PACKET_HEADER + header.length;
            match self.header(rest, next) {
                Some(next) if self.is_likely(next) => return Step::Damage(skip),
                Some(_) => {}
                None if is_at_end && next == rest.len() => return Step::Damage(skip),
                None if is_at_end => {}
                None => return Step::Damage(skip),
            }
        }
        match rest.len().checked_sub(PACKET_HEADER) {
            _ if is_at_end => Step::Damage(rest.len()),
            Some(skip) if skip > 0 => Step::Damage(skip),
            _ => Step::More,
        }
    }

    fn time(&self, header: Header) -> Duration {
        let a_fraction = 1_000_000_000 / self.format.fractions();
        Duration::new(u64::from(header.seconds), header.fraction * a_fraction)
    }
}
