//! Owns one header line: its name, its value and their places.

use super::HeaderName;
use crate::limits::ValueLimits;
use crate::span::Span;
use crate::syntax::{ValueError, bounded};
use crate::text::Text;
use alloc::borrow::Cow;

/// Where the parts of a header line stand. 32-bit offsets: a message is far smaller (`Limits`).
#[derive(Debug, Clone, Copy)]
pub(super) struct Slot {
    pub(super) name: HeaderName,
    pub(super) line_start: u32,
    /// Equal to `line_start` where the line has no colon.
    pub(super) name_end: u32,
    pub(super) value_start: u32,
    pub(super) value_end: u32,
    pub(super) line_end: u32,
}

/// A header line as it stood in the message.
#[derive(Debug, Clone, Copy)]
pub struct Header<'a> {
    bytes: &'a [u8],
    slot: Slot,
    limits: ValueLimits,
}

impl<'a> Header<'a> {
    pub(super) const fn new(bytes: &'a [u8], slot: Slot, limits: ValueLimits) -> Self {
        Self { bytes, slot, limits }
    }

    /// Which header it is.
    #[must_use]
    pub const fn name(&self) -> HeaderName {
        self.slot.name
    }

    /// The name as it stood there; empty where the line is no header because it has no colon.
    #[must_use]
    pub fn raw_name(&self) -> Text<'a> {
        self.slice(self.name_span())
    }

    /// The canonical long form; of an unknown header what stood there.
    #[must_use]
    pub fn canonical_name(&self) -> Cow<'a, str> {
        self.name().long().map_or_else(|| self.raw_name().to_str(), Cow::Borrowed)
    }

    /// The value without white space at its ends, folds inside kept.
    #[must_use]
    pub fn value(&self) -> Text<'a> {
        self.slice(self.value_span())
    }

    /// Where the name stands.
    #[must_use]
    pub fn name_span(&self) -> Span {
        span(self.slot.line_start, self.slot.name_end)
    }

    /// Where the value stands.
    #[must_use]
    pub fn value_span(&self) -> Span {
        span(self.slot.value_start, self.slot.value_end)
    }

    /// Where name, colon and value stand: the line without its line end.
    #[must_use]
    pub fn span(&self) -> Span {
        span(self.slot.line_start, self.slot.value_end.max(self.slot.name_end))
    }

    /// The whole line, folds and line end included.
    #[must_use]
    pub fn line_span(&self) -> Span {
        span(self.slot.line_start, self.slot.line_end)
    }

    /// Whether the line has a colon and before it a name.
    #[must_use]
    pub const fn is_header(&self) -> bool {
        self.slot.name_end > self.slot.line_start
    }

    pub(crate) const fn limits(&self) -> ValueLimits {
        self.limits
    }

    /// The value for its grammar: an error where it exceeds the limits.
    pub(crate) fn bounded(&self) -> Result<&'a [u8], ValueError> {
        let value = self.value().as_bytes();
        bounded(value, self.limits).map(|()| value)
    }

    fn slice(&self, span: Span) -> Text<'a> {
        Text::new(span.slice(self.bytes).unwrap_or_default())
    }
}

fn span(start: u32, end: u32) -> Span {
    Span::new(wide(start), wide(end))
}

pub(super) fn wide(offset: u32) -> usize {
    usize::try_from(offset).unwrap_or(usize::MAX)
}
