//! Owns the TCP streams that are open at once. What is held for them is bounded: the one that was quiet longest is
//! given up first.

use super::placed::Placed;
use super::sighting::Sighting;
use super::sip;
use super::stream::{Cut, Stream};
use std::collections::BTreeMap;
use std::net::SocketAddr;

/// Streams and bytes held at most.
const MOST_STREAMS: usize = 16_384;
const MOST_HELD: usize = 16 << 20;

const FIN: u8 = 1;
const SYN: u8 = 2;
const RST: u8 = 4;

/// Where a segment goes from and to.
pub(super) type Way = (SocketAddr, SocketAddr);

/// A segment, its header read.
#[derive(Debug, Clone, Copy)]
pub(super) struct Segment<'a> {
    pub(super) way: Way,
    number: u32,
    flags: u8,
    payload: Placed<'a>,
}

impl<'a> Segment<'a> {
    /// Reads a segment between two hosts.
    pub(super) fn read(
        from: std::net::IpAddr,
        to: std::net::IpAddr,
        bytes: Placed<'a>,
    ) -> Option<Self> {
        let header = usize::from(bytes.u8(12)? >> 4) * 4;
        let way = (SocketAddr::new(from, bytes.u16(0)?), SocketAddr::new(to, bytes.u16(2)?));
        let (number, flags, payload) = (bytes.u32(4)?, bytes.u8(13)?, bytes.skip(header.max(20))?);
        Some(Self { way, number, flags, payload })
    }
}

/// A stream and when it was last heard of.
#[derive(Debug)]
struct Open {
    stream: Stream,
    heard: u64,
    seen: Sighting,
}

/// The streams.
#[derive(Debug, Default)]
pub(super) struct OpenStreams {
    streams: BTreeMap<Way, Open>,
    by_age: BTreeMap<u64, Way>,
    clock: u64,
    held: usize,
}

impl OpenStreams {
    /// Takes a segment.
    pub(super) fn handle(&mut self, segment: Segment<'_>, seen: &Sighting, out: &mut Vec<Cut>) {
        if segment.flags & SYN != 0 {
            self.close(segment.way, out);
            self.open(segment.way, Stream::opened(segment.number.wrapping_add(1)), seen);
        }
        if !segment.payload.bytes.is_empty() {
            self.deliver(segment, seen, out);
        }
        if segment.flags & (FIN | RST) != 0 && !self.is_waiting(segment) {
            self.close(segment.way, out);
        }
    }

    fn deliver(&mut self, segment: Segment<'_>, seen: &Sighting, out: &mut Vec<Cut>) {
        let (mut number, mut payload) = (segment.number, segment.payload);
        if segment.flags & SYN != 0 {
            number = number.wrapping_add(1);
        }
        if !self.streams.contains_key(&segment.way) {
            let Some(start) = sip::find(payload.bytes) else { return };
            let Some(found) = payload.skip(start) else { return };
            number = number.wrapping_add(u32::try_from(start).unwrap_or_default());
            payload = found;
            self.open(segment.way, Stream::joined(number), seen);
        }
        let clock = self.tick();
        let Some(open) = self.streams.get_mut(&segment.way) else { return };
        self.by_age.remove(&open.heard);
        open.heard = clock;
        open.seen = seen.clone();
        self.by_age.insert(clock, segment.way);
        let before = open.stream.held();
        open.stream.handle(number, payload, out);
        self.held = self.held.saturating_sub(before) + open.stream.held();
    }

    /// Whether the end of a stream came before all of its bytes: it is closed with them, or at the end of the file.
    fn is_waiting(&self, segment: Segment<'_>) -> bool {
        segment.flags & RST == 0
            && self.streams.get(&segment.way).is_some_and(|open| open.stream.held() > 0)
    }

    /// Gives up the stream that was quiet longest, where too many are open or too much is held.
    pub(super) fn overflow(&mut self, out: &mut Vec<Cut>) -> Option<(Way, Sighting)> {
        if self.streams.len() <= MOST_STREAMS && self.held <= MOST_HELD {
            return None;
        }
        self.oldest(out)
    }

    /// Closes the stream that was quiet longest.
    pub(super) fn oldest(&mut self, out: &mut Vec<Cut>) -> Option<(Way, Sighting)> {
        let way = *self.by_age.first_key_value()?.1;
        let seen = self.close(way, out)?;
        Some((way, seen))
    }

    fn open(&mut self, way: Way, stream: Stream, seen: &Sighting) {
        let heard = self.tick();
        self.by_age.insert(heard, way);
        self.streams.insert(way, Open { stream, heard, seen: seen.clone() });
    }

    fn close(&mut self, way: Way, out: &mut Vec<Cut>) -> Option<Sighting> {
        let mut open = self.streams.remove(&way)?;
        self.by_age.remove(&open.heard);
        self.held = self.held.saturating_sub(open.stream.held());
        open.stream.finish(out);
        Some(open.seen)
    }

    const fn tick(&mut self) -> u64 {
        self.clock += 1;
        self.clock
    }
}
