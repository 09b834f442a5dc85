//! Owns [`Source`]: what was read and what was found in it, as the reports take it.

use fingerpost_core::Span;
use fingerpost_trace::{Examined, Note};

/// A source together with what there is to know about it.
#[derive(Debug, Clone, Copy)]
#[allow(clippy::exhaustive_structs, reason = "the caller writes it down field by field")]
pub struct Source<'a> {
    /// What it is called: a path, or `-`.
    pub name: &'a str,
    /// What the places of messages are in, where people can read it. `None` where that is no text, or is not at hand:
    /// lines are those of each message then, bytes those of the source.
    pub text: Option<&'a [u8]>,
    /// The messages, judged.
    pub messages: &'a [Examined],
    /// What was left out, and why.
    pub notes: &'a [Note],
}

impl Source<'_> {
    /// Where people find a place of a message: in the source, or in the message itself where that came in a packet.
    pub(crate) fn place(&self, message: &Examined, span: Span) -> Span {
        if self.text.is_some() { message.found.to_source(span) } else { span }
    }
}
