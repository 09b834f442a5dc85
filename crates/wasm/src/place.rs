//! Owns the way from a place in a message to the place in the pasted text, and back.

use crate::Offsets;
use fingerpost_core::Span;
use fingerpost_trace::Found;

/// A message that was found, in the text in which it was found.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place<'a> {
    pub(crate) found: &'a Found,
    pub(crate) offsets: &'a Offsets,
}

impl Place<'_> {
    /// `span` of the message, in UTF-16 units of the pasted text.
    pub(crate) fn of(&self, span: Span) -> (usize, usize) {
        self.of_source(self.found.to_source(span))
    }

    /// All of the message.
    pub(crate) fn whole(&self) -> (usize, usize) {
        self.of_source(self.found.source)
    }

    /// Where a caret at `unit` of the pasted text stands in the message; it may stand behind its last byte.
    pub(crate) fn byte_at(&self, unit: usize) -> Option<usize> {
        let byte = self.offsets.to_byte(unit);
        let behind = || Some(self.found.to_message(byte.checked_sub(1)?)? + 1);
        self.found.to_message(byte).or_else(behind)
    }

    fn of_source(&self, span: Span) -> (usize, usize) {
        let from = self.offsets.to_utf16(span.start);
        let to = if span.is_empty() { from } else { self.offsets.end_to_utf16(span.end) };
        (from, to)
    }
}
