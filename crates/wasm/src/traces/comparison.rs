//! Owns two messages of a trace, or one of it and a pasted one, beside each other. What differs is trace's to say.

use super::Trace;
use super::beside::{Beside, pieces};
use fingerpost_core::{Message, Span};
use fingerpost_report::comparison::{Counts, text};
use fingerpost_trace::diff::{Place, Row, diff};
use fingerpost_trace::{Found, find_messages};
use serde::Serialize;
#[cfg(test)]
use ts_rs::TS;

/// What differs between two messages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(TS), ts(export_to = "types.ts"))]
pub struct Comparison {
    /// The lines, in the order of the left message.
    pub rows: Vec<Beside>,
    /// How many lines say different things.
    pub real: usize,
    /// How many differ in what differs from message to message anyway.
    pub noise: usize,
    /// How many differ in spelling.
    pub spelling: usize,
    /// How many stand elsewhere.
    pub moved: usize,
    /// The same as text, all lines.
    pub text: String,
}

/// What a message is compared with.
#[derive(Debug, Clone, Copy)]
#[allow(clippy::exhaustive_enums, reason = "the page's contract")]
pub enum Other<'a> {
    /// Another message of the trace.
    Message(usize),
    /// The first message of a pasted text.
    Text(&'a str),
}

impl Trace {
    /// The message at `left` beside another; words where there is nothing to compare.
    pub fn compare(&self, left: usize, other: Other<'_>) -> Result<Comparison, String> {
        let left = self.found(left).ok_or("the first message is no longer there")?;
        let right = match other {
            Other::Message(index) => {
                self.found(index).ok_or("the second message is no longer there")?
            }
            Other::Text(text) => find_messages(text.as_bytes()).into_iter().next().ok_or(
                "no SIP message was found in the pasted text: it begins with a line such as \"SUBSCRIBE sip:… SIP/2.0\" or \"SIP/2.0 200 OK\"",
            )?,
        };
        let unreadable = |which| format!("the {which} message is over the limits of a reader");
        let one = left.message().ok_or_else(|| unreadable("first"))?;
        let two = right.message().ok_or_else(|| unreadable("second"))?;
        Ok(comparison(&one, &two))
    }

    fn found(&self, index: usize) -> Option<Found> {
        self.shown(index, None)
    }
}

fn comparison(left: &Message<'_>, right: &Message<'_>) -> Comparison {
    let rows = diff(left, right);
    let Counts { real, noise, spelling, moved } = Counts::of(&rows);
    let text = text(&rows, left, right, true);
    let rows = rows.iter().map(|row| beside(row, left, right)).collect();
    Comparison { rows, real, noise, spelling, moved, text }
}

fn beside(row: &Row, left: &Message<'_>, right: &Message<'_>) -> Beside {
    let place = match &row.place {
        Place::Header(name) => name.clone(),
        Place::Body => "body".to_owned(),
        _ => "start line".to_owned(),
    };
    let side = |message: &Message<'_>, line: Option<Span>, marks: Vec<Span>| {
        line.map(|line| pieces(message.as_bytes(), line, marks.into_iter()))
    };
    Beside {
        place: Some(place),
        difference: row.difference.name(),
        is_moved: row.is_moved,
        left: side(left, row.left, row.parts.iter().map(|(left, _)| *left).collect()),
        right: side(right, row.right, row.parts.iter().map(|(_, right)| *right).collect()),
    }
}
