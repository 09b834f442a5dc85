//! The ladder of a conversation: who said what to whom, what answers what, and what should have come and did not.
//!
//! [`Ladder::of`] is the one call: messages in the order in which they were heard become [`Lane`]s, [`Row`]s and
//! [`Missing`] pieces. It is a view model: a page draws it as SVG, a console paints it, a terminal prints it
//! ([`text`]), a ticket holds it ([`mermaid`], [`svg`]). Knows no colour, no widget, no file and no clock.
//!
//! Where a capture gives addresses, lanes are addresses. A pasted text has none; then Via, Contact and the
//! Request-URI say who spoke, and [`Row::is_deduced`] says that it was read from the message.
//!
//! ```
//! use fingerpost_ladder::{Heard, Ladder};
//! let asked = b"OPTIONS sip:192.0.2.1 SIP/2.0\r\nVia: SIP/2.0/UDP 192.0.2.7;branch=z9hG4bK1\r\nCSeq: 1 OPTIONS\r\n\r\n";
//! let ladder = Ladder::of(&[Heard::text(asked)]);
//! assert_eq!(ladder.lanes[ladder.rows[0].from].name, "192.0.2.7");
//! assert_eq!(ladder.missing[0].what, "a response to OPTIONS");
//! ```
#![forbid(unsafe_code)]
#![deny(missing_docs)]

mod ends;
mod groups;
mod heard;
mod label;
mod lanes;
mod missing;
mod numbers;
mod pairing;
mod reading;
mod row;
mod rows;
mod small;
mod words;

pub mod mermaid;
pub mod svg;
pub mod text;

pub use heard::Heard;
pub use lanes::{Lane, Role};
pub use missing::Missing;
pub use row::{Row, RowKind};
pub use rows::Rows;

use missing::Known;
use reading::{Memory, Reading};
use small::Micros;

/// A conversation as lanes and rows.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "camelCase"))]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export_to = "types.ts"))]
#[non_exhaustive]
pub struct Ladder {
    /// Who took part, in the order in which each first spoke or was spoken to.
    pub lanes: Vec<Lane>,
    /// One a message, in the order in which they were heard.
    pub rows: Vec<Row>,
    /// What should have come next and did not, in the order of the rows that it should have followed.
    pub missing: Vec<Missing>,
    /// How many conversations there are: one a Call-ID. [`Row::call`] counts them.
    pub calls: usize,
    /// The row at which things first went wrong: a refusal, or the message that something missing should follow.
    pub first_failure: Option<usize>,
}

impl Ladder {
    /// The ladder of `heard`, in its order. Work grows with the number of messages, not with its square.
    #[must_use]
    pub fn of(heard: &[Heard<'_>]) -> Self {
        let mut listener = Listener::expecting(heard.len());
        for heard in heard {
            listener.hear(heard);
        }
        listener.ladder()
    }

    /// What should have come right after `row` and did not.
    pub fn missing_after(&self, row: usize) -> impl Iterator<Item = &Missing> {
        let begin = self.missing.partition_point(|missing| missing.after < row);
        self.missing[begin..].iter().take_while(move |missing| missing.after == row)
    }
}

/// Messages on their way to a ladder, in the order in which they were heard: each is read at once and need not be kept.
///
/// ```
/// use fingerpost_ladder::{Heard, Ladder, Listener};
/// let asked = b"OPTIONS sip:192.0.2.1 SIP/2.0\r\nCSeq: 1 OPTIONS\r\n\r\n";
/// let mut listener = Listener::expecting(1);
/// listener.hear(&Heard::text(asked));
/// assert_eq!(listener.ladder(), Ladder::of(&[Heard::text(asked)]));
/// ```
#[derive(Debug, Default)]
pub struct Listener {
    memory: Memory,
    readings: Vec<Reading>,
}

/// A ladder whose rows are made where somebody looks: of a very large trace all of them at once would take more memory
/// than its messages.
#[derive(Debug, Default)]
#[non_exhaustive]
pub struct Scroll {
    /// See [`Ladder::lanes`].
    pub lanes: Vec<Lane>,
    /// See [`Ladder::rows`].
    pub rows: Rows,
    /// See [`Ladder::missing`].
    pub missing: Vec<Missing>,
    /// See [`Ladder::calls`].
    pub calls: usize,
    /// See [`Ladder::first_failure`].
    pub first_failure: Option<usize>,
}

impl Listener {
    /// Nothing was heard yet; about so many messages will be.
    #[must_use]
    pub fn expecting(count: usize) -> Self {
        Self { memory: Memory::default(), readings: Vec::with_capacity(count) }
    }

    /// Hears the next message.
    pub fn hear(&mut self, heard: &Heard<'_>) {
        self.readings.push(Reading::of(heard, &mut self.memory));
    }

    /// The ladder of all that was heard.
    #[must_use]
    pub fn ladder(self) -> Ladder {
        let Scroll { lanes, rows, missing, calls, first_failure } = self.scroll();
        Ladder { lanes, rows: rows.iter().collect(), missing, calls, first_failure }
    }

    /// The same, its rows to be made one by one.
    #[must_use]
    pub fn scroll(self) -> Scroll {
        let Self { memory: Memory { mut words, calls, .. }, readings } = self;
        let calls = calls.len();
        let known = Known::of(&mut words);
        let mut pairs = pairing::pair(&readings, &mut words);
        words.close();
        let ends = ends::deduce(&readings, &pairs, &words);
        let (lanes, ways) = lanes::arrange(&readings, &ends, &words);
        let groups = groups::group(&readings, &pairs);
        let begin = readings.iter().filter_map(|reading| reading.time.get()).min();
        let rows = Rows {
            repeats: std::mem::take(&mut pairs.repeats),
            answers: std::mem::take(&mut pairs.answers),
            begin: Micros::of(begin),
            readings,
            words,
            ends,
            ways,
            groups,
        };
        let missing = missing::find(&rows, &pairs, known);
        let first_failure = missing::first_failure(&rows, &missing);
        Scroll { lanes, rows, missing, calls, first_failure }
    }
}
