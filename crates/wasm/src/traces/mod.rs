//! Owns a whole trace: its sources, its messages, and what can be asked of them. Made for a worker, which holds one.

mod addresses;
mod beside;
mod chunks;
mod comparison;
mod export;
mod judging;
mod kept;
mod redaction;
mod rows;
mod store;
mod view;

pub use beside::{Beside, Piece};
pub use comparison::{Comparison, Other};
pub use export::{Exported, Form};
pub use judging::TraceFinding;
pub use redaction::{KindCount, Pseudonym, Redaction};
pub use rows::PackedRows;
pub use view::{SearchError, TraceHead, TraceMessage, TraceNote, TraceSource};

use crate::Offsets;
use chunks::Chunks;
use export::ReadSource;
use fingerpost_core::check::Policy;
use fingerpost_ladder::{Heard, Listener, Row, Scroll};
use fingerpost_trace::query::{Query, Subject};
use fingerpost_trace::redact::Redactor;
use fingerpost_trace::{Found, Kind, Limits, Note, Reader, on_one_clock};
use judging::Judged;
use kept::{Kept, Stock};

/// Of a text so much is kept, so that reports can tell lines in it.
const KEPT_TEXT: usize = 8 << 20;
const GZIP: &[u8] = &[0x1f, 0x8b];

/// A trace: sources are read one after the other, each in pieces; then it is looked at.
#[derive(Debug, Default)]
pub struct Trace {
    reader: Option<Reader>,
    sources: Vec<TraceSource>,
    /// The same sources, with what reports need of them.
    read: Vec<ReadSource>,
    /// The beginning of the source that is being read; none once it is longer than what is kept.
    text: Option<Vec<u8>>,
    messages: Chunks<Kept>,
    /// How many of them came before the source that is being read.
    before: usize,
    stock: Stock,
    ladder: Scroll,
    judged: Judged,
    /// Whose eyes messages are judged with.
    policy: Policy,
    redactor: Option<Redactor>,
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
        if self.reader.is_none() {
            self.text = Some(Vec::new());
        }
        match &mut self.text {
            Some(text) if text.len() + piece.len() <= KEPT_TEXT => text.extend_from_slice(piece),
            _ => self.text = None,
        }
        let reader = self.reader.get_or_insert_with(|| Reader::new(Limits::default()));
        reader.handle_bytes(piece);
        if reader.kind() == Kind::Capture {
            self.text = None;
        }
        self.take();
    }

    /// The source that was being read has ended; it is called `name`.
    pub fn end_source(&mut self, name: &str) {
        self.reader.get_or_insert_with(|| Reader::new(Limits::default())).finish();
        self.take();
        let Some(reader) = self.reader.take() else { return };
        let count = self.messages.len() - self.before;
        self.before = self.messages.len();
        let notes = reader.notes().iter().map(note).collect();
        self.sources.push(TraceSource { name: name.to_owned(), kind: kind(&reader), count, notes });
        let is_plain = |text: &Vec<u8>| reader.kind() == Kind::Text && !text.starts_with(GZIP);
        let text = self.text.take().filter(is_plain);
        self.read.push(ReadSource { notes: reader.notes(), text });
    }

    /// All sources were read: several are put in the order of their times.
    pub fn finish(&mut self) {
        if self.sources.len() > 1 {
            self.messages.sort_by_key(Kept::time);
        }
        self.ladder = self.heard();
        self.judged = Judged::nothing(&self.ladder.rows, self.ladder.calls);
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
    pub fn rows(&self, from: usize, to: usize) -> Vec<Row> {
        self.rows_between(from, to).collect()
    }

    /// The same rows as numbers.
    #[must_use]
    pub fn packed_rows(&self, from: usize, to: usize) -> PackedRows {
        PackedRows::of(self.rows_between(from, to))
    }

    fn rows_between(&self, from: usize, to: usize) -> impl Iterator<Item = Row> + '_ {
        let rows = &self.ladder.rows;
        (from..to.min(rows.len())).filter_map(|index| rows.get(index))
    }

    /// One message; none where there is no such.
    #[must_use]
    pub fn message(&self, index: usize) -> Option<TraceMessage> {
        let kept = self.messages.get(index)?;
        let origin = kept.origin(&self.stock);
        let text = String::from_utf8_lossy(&kept.bytes(&self.stock)).into_owned();
        Some(TraceMessage {
            together: Self::view_of(&self.beside_others(index), &text),
            text,
            source: self
                .sources
                .get(usize::try_from(kept.source).unwrap_or(usize::MAX))
                .map(|source| source.name.clone())
                .unwrap_or_default(),
            place: [kept.place().start, kept.place().end],
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
        let matches = |kept: &Kept| self.with_subject(kept, |subject| query.matches(subject));
        let found = self.messages.iter().zip(0..).filter(|(kept, _)| matches(kept));
        Ok(found.map(|(_, index)| index).collect())
    }

    /// What each message from `from` to `to` has of a field (`sip.Call-ID`, `ip.src`), several values joined.
    #[must_use]
    pub fn values(&self, field: &str, from: usize, to: usize) -> Vec<String> {
        let kept = (from..to).map_while(|index| self.messages.get(index));
        let joined = |subject: &Subject<'_>| subject.values(field).join(", ");
        kept.map(|kept| self.with_subject(kept, joined)).collect()
    }

    /// Which source is being read.
    fn place(&self) -> u32 {
        u32::try_from(self.sources.len()).unwrap_or(u32::MAX)
    }

    fn take(&mut self) {
        let source = self.place();
        while let Some(found) = self.reader.as_mut().and_then(Reader::poll_message) {
            self.messages.push(Kept::new(found, source, &mut self.stock));
        }
    }

    /// Messages are unpacked one after the other: all at once would take more memory than their file.
    fn heard(&self) -> Scroll {
        let times = on_one_clock(self.messages.iter().map(Kept::time));
        let mut listener = Listener::expecting(self.messages.len());
        for (kept, time) in self.messages.iter().zip(times) {
            let [source, destination] = kept.ends(&self.stock);
            let bytes = kept.bytes(&self.stock);
            listener.hear(&Heard { bytes: &bytes, time, source, destination });
        }
        listener.scroll()
    }

    fn with_subject<T>(&self, kept: &Kept, ask: impl FnOnce(&Subject<'_>) -> T) -> T {
        let bytes = kept.bytes(&self.stock);
        let [from, to] = kept.ends(&self.stock);
        ask(&Subject::of(&bytes).between(from, to))
    }

    /// A message as it was found, with pseudonyms where there is a `redactor`.
    fn shown(&self, index: usize, redactor: Option<&Redactor>) -> Option<Found> {
        let found = self.messages.get(index)?.found(&self.stock);
        Some(match redactor {
            Some(redactor) => redactor.redact_found(&found).0,
            None => found,
        })
    }
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
