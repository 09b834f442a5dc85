//! Owns the way from any source to its messages, piece by piece: unpacks it, tells what it is, and has it read so.

use crate::capture::{self, Capture};
use crate::gzip::{self, Gzip, Stop};
use crate::note::{Notes, Reason};
use crate::{Found, Note, find_messages};
use fingerpost_core::Span;
use std::collections::VecDeque;

/// What of a source is read at most.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Limits {
    /// Messages. Default 1,000,000.
    pub messages: usize,
    /// Bytes of a text; one is held as a whole. Default 256 MiB.
    pub text: usize,
    /// Bytes that a packed source unpacks to. Default 1 GiB.
    pub unpacked: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { messages: 1_000_000, text: 256 << 20, unpacked: 1 << 30 }
    }
}

impl Limits {
    /// The same limits with another number of messages.
    #[must_use]
    pub const fn with_messages(self, messages: usize) -> Self {
        Self { messages, ..self }
    }

    /// The same limits with another length of a text.
    #[must_use]
    pub const fn with_text(self, text: usize) -> Self {
        Self { text, ..self }
    }

    /// The same limits with another size of what is unpacked.
    #[must_use]
    pub const fn with_unpacked(self, unpacked: usize) -> Self {
        Self { unpacked, ..self }
    }
}

/// What a source is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Kind {
    /// Nothing came yet.
    #[default]
    Empty,
    /// A capture file: pcap or pcapng.
    Capture,
    /// Text, or one datagram.
    Text,
}

/// All that is known of a source.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Trace {
    /// What the source is.
    pub kind: Kind,
    /// Its messages, in the order in which they were whole.
    pub messages: Vec<Found>,
    /// What was left out, and why.
    pub notes: Vec<Note>,
    /// How many packets a capture file holds.
    pub frames: u64,
    /// The text that the places of the messages are in, where the source was packed.
    pub unpacked: Option<Vec<u8>>,
}

/// The messages in `source`, whatever it is: a capture file, a text, one datagram, each also packed with gzip.
///
/// ```
/// use fingerpost_trace::{Limits, open};
/// let trace = open(b"OPTIONS sip:a SIP/2.0\r\nCSeq: 1 OPTIONS\r\n\r\n", Limits::default());
/// assert_eq!(trace.messages.len(), 1);
/// ```
#[must_use]
pub fn open(source: &[u8], limits: Limits) -> Trace {
    let mut reader = Reader::new(limits);
    let mut messages = Vec::new();
    for piece in source.chunks(PIECE) {
        reader.handle_bytes(piece);
        messages.extend(std::iter::from_fn(|| reader.poll_message()));
    }
    reader.finish();
    messages.extend(std::iter::from_fn(|| reader.poll_message()));
    Trace {
        kind: reader.kind(),
        messages,
        notes: reader.notes(),
        frames: reader.frames(),
        unpacked: reader.into_unpacked_text(),
    }
}

/// Reads a source that comes in pieces. A capture file needs little memory, however long it is: its messages are to be
/// polled after each piece. A text is held until its end, and its messages come then.
///
/// ```
/// use fingerpost_trace::{Limits, Reader};
/// let mut reader = Reader::new(Limits::default());
/// reader.handle_bytes(b"OPTIONS sip:a SI");
/// reader.handle_bytes(b"P/2.0\r\nCSeq: 1 OPTIONS\r\n\r\n");
/// reader.finish();
/// assert!(reader.poll_message().is_some() && reader.poll_message().is_none());
/// ```
#[derive(Debug)]
pub struct Reader {
    gzip: Option<Gzip>,
    is_begun: bool,
    start: Vec<u8>,
    content: Content,
}

/// What a source unpacks to.
#[derive(Debug)]
struct Content {
    limits: Limits,
    source: Source,
    notes: Notes,
    found: VecDeque<Found>,
    count: usize,
    taken: usize,
}

#[derive(Debug)]
enum Source {
    Unknown(Vec<u8>),
    Capture(Box<Capture>),
    Text(Vec<u8>),
}

/// In such pieces a whole source is read.
const PIECE: usize = 1 << 20;
/// So many bytes say whether a source is packed, and so many what it is.
const MAGIC: usize = 4;

impl Reader {
    /// Nothing came yet.
    #[must_use]
    pub fn new(limits: Limits) -> Self {
        Self { gzip: None, is_begun: false, start: Vec::new(), content: Content::new(limits) }
    }

    /// Takes what came next.
    pub fn handle_bytes(&mut self, bytes: &[u8]) {
        if self.is_begun {
            return self.take(bytes);
        }
        self.start.extend_from_slice(bytes);
        if self.start.len() >= MAGIC {
            self.begin();
        }
    }

    /// No more will come: what waited is given out.
    pub fn finish(&mut self) {
        if !self.is_begun {
            self.begin();
        }
        let content = &mut self.content;
        let stop = self.gzip.as_mut().and_then(|gzip| gzip.finish(|bytes| content.take(bytes)));
        if let Some(stop) = stop {
            let reason = match stop {
                Stop::Damaged => Reason::PackedDamaged,
                Stop::TooMuch => Reason::PackedTooLarge,
            };
            content.notes.add(reason, Span::at(content.taken));
        }
        content.finish();
    }

    /// The next message.
    pub fn poll_message(&mut self) -> Option<Found> {
        self.content.poll()
    }

    /// What was left out so far, and why.
    #[must_use]
    pub fn notes(&self) -> Vec<Note> {
        self.content.notes.all()
    }

    /// What the source is.
    #[must_use]
    pub const fn kind(&self) -> Kind {
        match self.content.source {
            Source::Unknown(_) => Kind::Empty,
            Source::Capture(_) => Kind::Capture,
            Source::Text(_) => Kind::Text,
        }
    }

    /// How many packets were read so far.
    #[must_use]
    pub const fn frames(&self) -> u64 {
        match &self.content.source {
            Source::Capture(capture) => capture.frames(),
            _ => 0,
        }
    }

    /// The text that the places of the messages are in, where the source was packed.
    #[must_use]
    pub fn into_unpacked_text(self) -> Option<Vec<u8>> {
        match self.content.source {
            Source::Text(text) if self.gzip.is_some() => Some(text),
            _ => None,
        }
    }

    fn begin(&mut self) {
        self.is_begun = true;
        if gzip::is_packed(&self.start) {
            self.gzip = Some(Gzip::new(self.content.limits.unpacked));
            self.content.notes.add(Reason::Unpacked, Span::at(0));
        }
        let start = std::mem::take(&mut self.start);
        self.take(&start);
    }

    fn take(&mut self, bytes: &[u8]) {
        let content = &mut self.content;
        match &mut self.gzip {
            Some(gzip) => gzip.handle_bytes(bytes, |bytes| content.take(bytes)),
            None => content.take(bytes),
        }
    }
}

impl Content {
    const fn new(limits: Limits) -> Self {
        Self {
            limits,
            source: Source::Unknown(Vec::new()),
            notes: Notes::new(),
            found: VecDeque::new(),
            count: 0,
            taken: 0,
        }
    }

    fn take(&mut self, bytes: &[u8]) {
        self.taken += bytes.len();
        match &mut self.source {
            Source::Capture(capture) => capture.handle_bytes(bytes, &mut self.notes),
            Source::Text(text) => add_text(text, bytes, self.limits.text, &mut self.notes),
            Source::Unknown(start) => {
                start.extend_from_slice(bytes);
                if start.len() >= MAGIC {
                    self.recognise();
                }
            }
        }
    }

    fn recognise(&mut self) {
        let Source::Unknown(start) = &mut self.source else { return };
        let start = std::mem::take(start);
        if capture::is_capture(&start) == Some(true) {
            let mut capture = Box::new(Capture::new());
            capture.handle_bytes(&start, &mut self.notes);
            self.source = Source::Capture(capture);
        } else {
            let mut text = Vec::new();
            add_text(&mut text, &start, self.limits.text, &mut self.notes);
            self.source = Source::Text(text);
        }
    }

    fn finish(&mut self) {
        self.recognise();
        match &mut self.source {
            Source::Capture(capture) => capture.finish(&mut self.notes),
            Source::Text(text) => self.found = find_messages(text).into(),
            Source::Unknown(_) => {}
        }
    }

    fn poll(&mut self) -> Option<Found> {
        let found = match &mut self.source {
            Source::Capture(capture) => capture.poll(),
            _ => self.found.pop_front(),
        }?;
        if self.count == self.limits.messages {
            self.notes.add(Reason::TooManyMessages, found.source);
            return None;
        }
        self.count += 1;
        Some(found)
    }
}

fn add_text(text: &mut Vec<u8>, bytes: &[u8], limit: usize, notes: &mut Notes) {
    let fits = bytes.len().min(limit.saturating_sub(text.len()));
    text.extend_from_slice(&bytes[..fits]);
    if fits < bytes.len() {
        notes.add(Reason::TextTooLong, Span::at(text.len()));
    }
}
