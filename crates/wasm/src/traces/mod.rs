//! Owns a whole trace: its sources, its messages, and what can be asked of them. Made for a worker, which holds one.

mod view;

pub use view::{SearchError, TraceHead, TraceMessage, TraceNote, TraceSource};

use crate::Offsets;
use fingerpost_core::Span;
use fingerpost_core::check::{self, Context, Severity};
use fingerpost_ladder::{Heard, Ladder, Row, mermaid, svg, text};
use fingerpost_trace::query::{Query, Subject};
use fingerpost_trace::{Kind, Limits, Note, Origin, Reader, times};

/// A ladder as a file that other programs show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(clippy::exhaustive_enums, reason = "the page's contract")]
pub enum Drawing {
    /// Plain text, lanes as columns.
    Text,
    /// A Mermaid `sequenceDiagram`.
    Mermaid,
    /// One SVG file with real text.
    Svg,
}

impl Drawing {
    /// By its name in JavaScript; text where the name is unknown.
    pub fn named(name: &str) -> Self {
        match name {
            "mermaid" => Self::Mermaid,
            "svg" => Self::Svg,
            _ => Self::Text,
        }
    }
}

/// A trace: sources are read one after the other, each in pieces; then it is looked at.
#[derive(Debug, Default)]
pub struct Trace {
    reader: Option<Reader>,
    sources: Vec<TraceSource>,
    messages: Vec<Kept>,
    ladder: Ladder,
}

/// What is kept of each message; its map is made anew where somebody looks at it.
#[derive(Debug)]
struct Kept {
    bytes: Vec<u8>,
    origin: Origin,
    place: Span,
    source: usize,
}

/// A message, or any other text, without what opens a door: passwords, digests, keys and tokens in URLs.
#[must_use]
pub fn mask(text: &str) -> String {
    String::from_utf8_lossy(&fingerpost_trace::redact::mask(text.as_bytes())).into_owned()
}

impl Trace {
    /// Nothing was read yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes the next piece of the source that is being read.
    pub fn feed(&mut self, piece: &[u8]) {
        self.reader.get_or_insert_with(|| Reader::new(Limits::default())).handle_bytes(piece);
        self.take();
    }

    /// The source that was being read has ended; it is called `name`.
    pub fn end_source(&mut self, name: &str) {
        self.reader.get_or_insert_with(|| Reader::new(Limits::default())).finish();
        self.take();
        let Some(reader) = self.reader.take() else { return };
        let place = self.sources.len();
        let count = self.messages.iter().rev().take_while(|kept| kept.source == place).count();
        let notes = reader.notes().iter().map(note).collect();
        self.sources.push(TraceSource { name: name.to_owned(), kind: kind(&reader), count, notes });
    }

    /// All sources were read: several are put in the order of their times.
    pub fn finish(&mut self) {
        if self.sources.len() > 1 {
            self.messages.sort_by_key(|kept| kept.origin.time);
        }
        self.ladder = Ladder::of(&self.heard(0..self.messages.len()));
    }

    /// How many messages were found so far.
    #[must_use]
    pub fn count(&self) -> usize {
        self.messages.len()
    }

    /// All but the messages.
    #[must_use]
    pub fn head(&self) -> TraceHead {
        TraceHead {
            count: self.messages.len(),
            sources: self.sources.clone(),
            lanes: self.ladder.lanes.clone(),
            missing: self.ladder.missing.clone(),
            calls: self.ladder.calls,
            first_failure: self.ladder.first_failure,
        }
    }

    /// The rows from `from` up to, not including, `to`; fewer where there are no more.
    #[must_use]
    pub fn rows(&self, from: usize, to: usize) -> &[Row] {
        let end = to.min(self.ladder.rows.len());
        self.ladder.rows.get(from..end).unwrap_or_default()
    }

    /// One message; none where there is no such.
    #[must_use]
    pub fn message(&self, index: usize) -> Option<TraceMessage> {
        let kept = self.messages.get(index)?;
        let origin = &kept.origin;
        Some(TraceMessage {
            text: String::from_utf8_lossy(&kept.bytes).into_owned(),
            source: self
                .sources
                .get(kept.source)
                .map(|source| source.name.clone())
                .unwrap_or_default(),
            place: [kept.place.start, kept.place.end],
            time: origin.time.map(|time| time.to_string()),
            from: origin.from.map(|from| from.to_string()),
            to: origin.to.map(|to| to.to_string()),
            transport: origin.transport.map(|transport| transport.name().to_owned()),
            interface: origin.interface.as_deref().map(ToOwned::to_owned),
            frame: origin.frame.and_then(|frame| u32::try_from(frame).ok()),
        })
    }

    /// The messages that what was typed finds, by their places.
    pub fn search(&self, typed: &str) -> Result<Vec<u32>, SearchError> {
        let query = Query::parse(typed).map_err(|error| {
            let offsets = Offsets::new(typed);
            let (from, to) =
                (offsets.to_utf16(error.span.start), offsets.end_to_utf16(error.span.end));
            SearchError { message: error.message, from, to }
        })?;
        let found =
            self.messages.iter().zip(0..).filter(|(kept, _)| query.matches(&kept.subject()));
        Ok(found.map(|(_, index)| index).collect())
    }

    /// How bad each message from `from` to `to` is by itself: 0 nothing, 1 note, 2 warning, 3 error.
    #[must_use]
    pub fn severities(&self, from: usize, to: usize) -> Vec<u8> {
        let kept = self.messages.get(from..to.min(self.messages.len())).unwrap_or_default();
        kept.iter().map(|kept| weight(&kept.bytes)).collect()
    }

    /// What each message from `from` to `to` has of a field (`sip.Call-ID`, `ip.src`), several values joined.
    #[must_use]
    pub fn values(&self, field: &str, from: usize, to: usize) -> Vec<String> {
        let kept = self.messages.get(from..to.min(self.messages.len())).unwrap_or_default();
        kept.iter().map(|kept| kept.subject().values(field).join(", ")).collect()
    }

    /// The ladder of some messages as a file for others; of all where `only` is empty.
    #[must_use]
    pub fn draw(&self, drawing: Drawing, only: &[u32]) -> String {
        let picked = only.iter().filter_map(|&index| usize::try_from(index).ok());
        let ladder =
            if only.is_empty() { self.ladder.clone() } else { Ladder::of(&self.heard(picked)) };
        match drawing {
            Drawing::Text => text::draw(&ladder),
            Drawing::Mermaid => mermaid::write(&ladder),
            Drawing::Svg => svg::draw(&ladder),
        }
    }

    fn take(&mut self) {
        let source = self.sources.len();
        while let Some(found) = self.reader.as_mut().and_then(Reader::poll_message) {
            let place = found.source;
            self.messages.push(Kept { bytes: found.bytes, origin: found.origin, place, source });
        }
    }

    fn heard(&self, picked: impl Iterator<Item = usize>) -> Vec<Heard<'_>> {
        let kept: Vec<&Kept> = picked.filter_map(|index| self.messages.get(index)).collect();
        let times = times(kept.iter().map(|kept| &kept.origin));
        let heard = kept.iter().zip(times).map(|(kept, time)| {
            let (source, destination) = (kept.origin.from, kept.origin.to);
            Heard { bytes: &kept.bytes, time, source, destination }
        });
        heard.collect()
    }
}

impl Kept {
    fn subject(&self) -> Subject<'_> {
        Subject::of(&self.bytes).between(self.origin.from, self.origin.to)
    }
}

fn weight(bytes: &[u8]) -> u8 {
    let Ok(message) = fingerpost_core::Message::parse(bytes) else { return 3 };
    let weights = check::check(&message, &Context::default()).into_iter().map(|finding| {
        match finding.severity {
            Severity::Error => 3,
            Severity::Warning => 2,
            Severity::Note => 1,
        }
    });
    weights.max().unwrap_or(0)
}

fn note(note: &Note) -> TraceNote {
    TraceNote {
        message: note.reason.to_string(),
        count: note.count,
        place: note.place.start,
        is_loss: note.reason.is_loss(),
    }
}

fn kind(reader: &Reader) -> String {
    match reader.kind() {
        Kind::Capture => format!("capture file, {} packets", reader.frames()),
        Kind::Text => "text".to_owned(),
        _ => "empty".to_owned(),
    }
}
