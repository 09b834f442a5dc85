//! Owns the difference of two messages as somebody who knows SIP sees it: headers are compared by name, wherever they
//! stand and however they are folded or shortened; what differs from message to message anyway (branches, tags,
//! Call-IDs, numbers that count) is told apart from what was changed.
//!
//! ```
//! use fingerpost_core::Message;
//! use fingerpost_trace::diff::{Difference, diff};
//! let left = Message::parse(b"OPTIONS sip:a SIP/2.0\r\nTo: <sip:a>\r\nCSeq: 1 OPTIONS\r\n\r\n").unwrap();
//! let right = Message::parse(b"OPTIONS sip:a SIP/2.0\r\nCSeq: 2 OPTIONS\r\nt: <sip:b>\r\n\r\n").unwrap();
//! let rows = diff(&left, &right);
//! let found: Vec<_> = rows.iter().map(|row| row.difference).collect();
//! assert_eq!(found, [Difference::Same, Difference::Changed, Difference::Noise]);
//! ```

mod align;
mod line;

use align::{Pair, align, rising};
use fingerpost_core::scan::Tape;
use fingerpost_core::{HeaderName, Message, Span};
use line::{Line, lines_of_body};
use std::collections::BTreeSet;

/// What a row compares.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Place {
    /// The first line.
    StartLine,
    /// A header line, by its canonical name.
    Header(String),
    /// A line of the body.
    Body,
}

/// How the two sides of a row differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Difference {
    /// Not at all.
    Same,
    /// In blanks, folding, or the spelling of the header's name.
    Spelling,
    /// In values that differ from message to message: branch, tag, Call-ID, counters, times, digests.
    Noise,
    /// In what they say.
    Changed,
    /// Only the right message has it.
    Added,
    /// Only the left message has it.
    Removed,
}

impl Difference {
    /// The word for it in machine output.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Spelling => "spelling",
            Self::Noise => "noise",
            Self::Changed => "changed",
            Self::Added => "added",
            Self::Removed => "removed",
        }
    }

    /// Whether the messages say different things.
    #[must_use]
    pub const fn is_real(self) -> bool {
        matches!(self, Self::Changed | Self::Added | Self::Removed)
    }
}

/// Two lines beside each other.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Row {
    /// What is compared.
    pub place: Place,
    /// How they differ.
    pub difference: Difference,
    /// The line in the left message, without its end.
    pub left: Option<Span>,
    /// The line in the right message.
    pub right: Option<Span>,
    /// Whether the line stands elsewhere among those that both have.
    pub is_moved: bool,
    /// Where the two lines differ: what stands left and right; noise is not among it where more than noise differs.
    pub parts: Vec<(Span, Span)>,
}

/// The rows of two messages, in the order of the left one.
#[must_use]
pub fn diff(left: &Message<'_>, right: &Message<'_>) -> Vec<Row> {
    let (left, right) = (Side::new(left), Side::new(right));
    let mut rows =
        vec![Row { place: Place::StartLine, ..row(Some(&left.start), Some(&right.start)) }];
    rows.extend(headers(&left.headers, &right.headers));
    rows.extend(align(&left.body, &right.body).into_iter().map(|pair| {
        let (one, two) = (pair.left.map(|at| &left.body[at]), pair.right.map(|at| &right.body[at]));
        Row { place: Place::Body, ..row(one, two) }
    }));
    rows
}

/// A message, its lines ready to be compared.
struct Side {
    start: Line,
    headers: Vec<(HeaderName, String, Line)>,
    body: Vec<Line>,
}

impl Side {
    fn new(message: &Message<'_>) -> Self {
        let tape: Tape = message.tape();
        let leaves: Vec<_> = tape.leaves().copied().collect();
        let bytes = message.as_bytes();
        let first = message
            .headers()
            .next()
            .map_or(message.head_span().end, |header| header.line_span().start);
        let headers = message.headers().map(|header| {
            let name = header.canonical_name().into_owned();
            let line = Line::new(bytes, &leaves, header.line_span(), Some((header.name(), &name)));
            (header.name(), name, line)
        });
        Self {
            start: Line::new(bytes, &leaves, Span::new(message.head_span().start, first), None),
            headers: headers.collect(),
            body: lines_of_body(bytes, &leaves, message.body_span()),
        }
    }
}

type Header = (HeaderName, String, Line);

/// Header lines of one name are compared with each other; their order among others is noted, and nothing more.
fn headers(left: &[Header], right: &[Header]) -> Vec<Row> {
    let mut pairs = Vec::new();
    let names: BTreeSet<&str> =
        left.iter().chain(right).map(|(_, name, _)| name.as_str()).collect();
    for name in names {
        let of = |side: &[Header]| -> Vec<usize> {
            (0..side.len()).filter(|at| side[*at].1.eq_ignore_ascii_case(name)).collect()
        };
        let (ours, theirs) = (of(left), of(right));
        let lines = |side: &[Header], places: &[usize]| -> Vec<Line> {
            places.iter().map(|at| side[*at].2.clone()).collect()
        };
        let aligned = align(&lines(left, &ours), &lines(right, &theirs));
        pairs.extend(aligned.into_iter().map(|pair| Pair {
            left: pair.left.map(|at| ours[at]),
            right: pair.right.map(|at| theirs[at]),
        }));
    }
    let pairs = in_order(pairs);
    let kept = rising(&pairs);
    let rows = pairs.iter().enumerate().map(|(index, pair)| {
        let (one, two) = (pair.left.map(|at| &left[at]), pair.right.map(|at| &right[at]));
        let name = one.or(two).map(|(_, name, _)| name.clone()).unwrap_or_default();
        Row {
            place: Place::Header(name),
            is_moved: pair.left.is_some() && pair.right.is_some() && !kept.contains(&index),
            ..row(one.map(|(.., line)| line), two.map(|(.., line)| line))
        }
    });
    rows.collect()
}

/// In the order of the left side; what only the right has goes behind what stands before it there.
fn in_order(mut pairs: Vec<Pair>) -> Vec<Pair> {
    pairs.sort_by_key(|pair| (pair.left.is_none(), pair.left, pair.right));
    let alone = pairs.partition_point(|pair| pair.left.is_some());
    let added = pairs.split_off(alone);
    for pair in added {
        let before = |other: &Pair| other.right.is_some() && other.right < pair.right;
        let at = pairs.iter().rposition(before).map_or(0, |at| at + 1);
        pairs.insert(at, pair);
    }
    pairs
}

fn row(left: Option<&Line>, right: Option<&Line>) -> Row {
    let (difference, parts) = match (left, right) {
        (Some(left), Some(right)) => left.compare(right),
        (Some(_), None) => (Difference::Removed, Vec::new()),
        (None, _) => (Difference::Added, Vec::new()),
    };
    Row {
        place: Place::Body,
        difference,
        left: left.map(|line| line.span),
        right: right.map(|line| line.span),
        is_moved: false,
        parts,
    }
}
