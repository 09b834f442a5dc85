//! Owns one direction of a TCP connection (RFC 9293): its segments in the order of their numbers, whatever the order
//! in which they came, and the messages that core's framer cuts it into. Knows no address and no time.

use super::placed::{Placed, Run};
use super::sip;
use fingerpost_core::stream::{Frame, FrameError, Framer};
use std::collections::BTreeMap;

/// So much waits for a segment that is missing; then it is taken for lost.
const MOST_WAITING: usize = 1 << 18;
const MOST_SEGMENTS: usize = 256;

/// What a stream turns out to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Its beginning came, but too little of it.
    Unknown,
    /// Messages.
    Sip,
    /// Messages, but the place of the next one is lost.
    Lost,
    /// Something else.
    Other,
}

/// What comes out of a stream.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// A whole message, as long as this, at the start of what is kept.
    Message,
    /// A message that breaks off: bytes are missing behind it.
    CutOff,
    /// A message of unknown length.
    Unmeasured,
    /// Something else.
    Broken,
}

/// A message or a piece of something else.
#[derive(Debug)]
pub(super) struct Cut {
    pub(super) outcome: Outcome,
    pub(super) bytes: Vec<u8>,
    pub(super) runs: Vec<Run>,
}

#[derive(Debug)]
struct Segment {
    bytes: Vec<u8>,
    runs: Vec<Run>,
}

/// One direction of a connection.
#[derive(Debug)]
pub(super) struct Stream {
    kind: Kind,
    /// The number of the next byte.
    next: u32,
    framer: Framer,
    /// What the framer holds: all since the end of the last message.
    kept: Vec<u8>,
    runs: Vec<Run>,
    /// Segments that came too early, by how far they are behind the first number of this stream.
    waiting: BTreeMap<u64, Segment>,
    waiting_bytes: usize,
    /// How many bytes were delivered.
    delivered: u64,
    has_messages: bool,
}

impl Stream {
    /// A stream whose first byte will have this number.
    pub(super) fn opened(next: u32) -> Self {
        Self {
            kind: Kind::Unknown,
            next,
            framer: Framer::default(),
            kept: Vec::new(),
            runs: Vec::new(),
            waiting: BTreeMap::new(),
            waiting_bytes: 0,
            delivered: 0,
            has_messages: false,
        }
    }

    /// A stream that is seen from its middle on, where a message begins.
    pub(super) fn joined(next: u32) -> Self {
        Self { kind: Kind::Sip, ..Self::opened(next) }
    }

    /// How many bytes are held for it.
    pub(super) fn held(&self) -> usize {
        self.waiting_bytes + 2 * self.kept.len()
    }

    /// Takes a segment.
    pub(super) fn handle(&mut self, number: u32, payload: Placed<'_>, out: &mut Vec<Cut>) {
        let ahead = number.wrapping_sub(self.next).cast_signed();
        let behind = usize::try_from(-i64::from(ahead)).unwrap_or_default();
        if ahead > 0 && self.kind != Kind::Other {
            self.wait(u64::from(ahead.unsigned_abs()), payload);
            if self.waiting_bytes > MOST_WAITING || self.waiting.len() > MOST_SEGMENTS {
                self.skip_gap(out);
            }
        } else if let Some(fresh) = payload.skip(behind).filter(|fresh| !fresh.bytes.is_empty()) {
            self.deliver(fresh, out);
            self.deliver_waiting(out);
        }
    }

    /// No more will come.
    pub(super) fn finish(&mut self, out: &mut Vec<Cut>) {
        while !self.waiting.is_empty() {
            self.skip_gap(out);
        }
        if self.kind == Kind::Sip && self.framer.is_within_message() {
            self.cut_off(out);
        }
    }

    fn wait(&mut self, ahead: u64, payload: Placed<'_>) {
        let place = self.delivered + ahead;
        let known = self.waiting.get(&place).map_or(0, |segment| segment.bytes.len());
        if known >= payload.bytes.len() {
            return;
        }
        self.waiting_bytes += payload.bytes.len() - known;
        let segment = Segment { bytes: payload.bytes.to_vec(), runs: payload.runs().collect() };
        self.waiting.insert(place, segment);
    }

    fn deliver_waiting(&mut self, out: &mut Vec<Cut>) {
        while let Some(entry) = self.waiting.first_entry()
            && *entry.key() <= self.delivered
        {
            let (place, segment) = entry.remove_entry();
            self.waiting_bytes = self.waiting_bytes.saturating_sub(segment.bytes.len());
            let known = usize::try_from(self.delivered - place).unwrap_or(usize::MAX);
            let payload = Placed::new(&segment.bytes, &segment.runs);
            if let Some(fresh) = payload.skip(known).filter(|fresh| !fresh.bytes.is_empty()) {
                self.deliver(fresh, out);
            }
        }
    }

    /// Gives up the bytes that are missing before the first segment that waits.
    fn skip_gap(&mut self, out: &mut Vec<Cut>) {
        let Some((place, _)) = self.waiting.first_key_value() else { return };
        let missing = place - self.delivered;
        self.cut_off(out);
        self.next = self.next.wrapping_add(u32::try_from(missing).unwrap_or_default());
        self.delivered += missing;
        self.deliver_waiting(out);
    }

    /// A message that began ends here, for want of more; the next one must be searched for.
    fn cut_off(&mut self, out: &mut Vec<Cut>) {
        let is_inside = self.kind == Kind::Sip && self.framer.is_within_message();
        if is_inside {
            self.drop_line_ends();
            self.cut(self.kept.len(), Outcome::CutOff, out);
        }
        self.lose();
    }

    fn lose(&mut self) {
        let was_sip = self.has_messages || self.kind == Kind::Sip;
        self.kind = if was_sip || self.kind == Kind::Lost { Kind::Lost } else { Kind::Other };
        self.framer = Framer::default();
        self.kept.clear();
        self.runs.clear();
    }

    /// Takes bytes in order.
    fn deliver(&mut self, payload: Placed<'_>, out: &mut Vec<Cut>) {
        // Numbers count modulo 2^32, and so does this.
        self.next = self.next.wrapping_add(u32::try_from(payload.bytes.len()).unwrap_or_default());
        self.delivered += payload.bytes.len() as u64;
        match self.kind {
            Kind::Other => {}
            Kind::Lost => self.search(payload, out),
            Kind::Sip => self.frame(payload, out),
            Kind::Unknown => {
                self.keep(payload);
                self.decide(out);
            }
        }
    }

    fn decide(&mut self, out: &mut Vec<Cut>) {
        match sip::may_begin(&self.kept) {
            None => {}
            Some(false) => {
                self.kind = Kind::Other;
                self.kept = Vec::new();
                self.runs = Vec::new();
                self.waiting.clear();
                self.waiting_bytes = 0;
            }
            Some(true) => {
                self.kind = Kind::Sip;
                let (kept, runs) = (std::mem::take(&mut self.kept), std::mem::take(&mut self.runs));
                self.frame(Placed::new(&kept, &runs), out);
            }
        }
    }

    /// After a loss, a message begins where a start line stands.
    fn search(&mut self, payload: Placed<'_>, out: &mut Vec<Cut>) {
        if let Some(found) = sip::find(payload.bytes).and_then(|start| payload.skip(start)) {
            self.kind = Kind::Sip;
            self.frame(found, out);
        }
    }

    fn keep(&mut self, payload: Placed<'_>) {
        let before = self.kept.len();
        self.runs.extend(payload.runs().map(|run| Run { start: run.start + before, ..run }));
        self.kept.extend_from_slice(payload.bytes);
    }

    fn frame(&mut self, payload: Placed<'_>, out: &mut Vec<Cut>) {
        self.keep(payload);
        self.framer.handle_bytes(payload.bytes);
        while let Some(frame) = self.framer.poll_frame() {
            match frame {
                Ok(Frame::Message(bytes)) => {
                    self.drop_line_ends();
                    self.cut(bytes.len(), Outcome::Message, out);
                    self.has_messages = true;
                }
                // A keep-alive; its line ends go with those before the next message.
                Ok(_) => {}
                Err(error) => return self.failed(&error, out),
            }
        }
        if !self.framer.is_within_message() {
            self.kept.clear();
            self.runs.clear();
        }
    }

    /// The framer gave up: what it could not read ends where the next message begins, or with what is there.
    fn failed(&mut self, error: &FrameError, out: &mut Vec<Cut>) {
        self.drop_line_ends();
        let (outcome, least) = match error {
            FrameError::Length { head } => (Outcome::Unmeasured, head.len()),
            _ => (Outcome::Broken, 1),
        };
        let least = least.min(self.kept.len());
        let end = sip::find(&self.kept[least..]).map_or(self.kept.len(), |start| least + start);
        let rest = Placed::new(&self.kept, &self.runs).skip(end);
        let rest = rest.map(|rest| (rest.bytes.to_vec(), rest.runs().collect::<Vec<_>>()));
        self.has_messages |= outcome == Outcome::Unmeasured;
        self.cut(end, outcome, out);
        self.lose();
        if let Some((bytes, runs)) = rest.filter(|(bytes, _)| !bytes.is_empty()) {
            self.search(Placed::new(&bytes, &runs), out);
        }
    }

    fn drop_line_ends(&mut self) {
        let count = self.kept.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
        self.drop_first(count);
    }

    fn cut(&mut self, length: usize, outcome: Outcome, out: &mut Vec<Cut>) {
        let message = Placed::new(&self.kept, &self.runs).first(length);
        let (bytes, runs) = (message.bytes.to_vec(), message.runs().collect());
        out.push(Cut { outcome, bytes, runs });
        self.drop_first(length);
    }

    fn drop_first(&mut self, count: usize) {
        if let Some(rest) = Placed::new(&self.kept, &self.runs).skip(count) {
            self.runs = rest.runs().collect();
            self.kept.drain(..count);
        }
    }
}
