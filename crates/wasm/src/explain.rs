//! Owns what the page is told about the value under the caret. The words are core's.

use crate::Offsets;
use crate::place::Place;
use fingerpost_trace::{Found, find_messages};
use serde::Serialize;

/// What a value means, in plain words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export_to = "types.ts"))]
#[allow(clippy::exhaustive_structs, reason = "the page's contract")]
pub struct Explanation {
    /// What it is.
    pub title: String,
    /// What it means here.
    pub words: String,
    /// Where it is written down: `RFC 6080 §6.2`.
    pub reference: Option<String>,
    /// Where it begins.
    pub from: usize,
    /// Where it ends.
    pub to: usize,
}

/// What stands at `offset` of `text`, in the message of that number there.
pub fn explain(text: &str, message: usize, offset: usize) -> Option<Explanation> {
    let found = find_messages(text.as_bytes()).into_iter().nth(message)?;
    explanation(&found, &Offsets::new(text), offset)
}

/// What stands at `offset` of the text in which a message was found.
pub(crate) fn explanation(found: &Found, offsets: &Offsets, offset: usize) -> Option<Explanation> {
    let place = Place { found, offsets };
    let explanation = fingerpost_core::explain::explain(&found.message()?, place.byte_at(offset)?)?;
    let (from, to) = place.of(explanation.span);
    Some(Explanation {
        title: explanation.title,
        words: explanation.words,
        reference: explanation.reference.map(|reference| reference.to_string()),
        from,
        to,
    })
}
