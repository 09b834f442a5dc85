//! Owns [`Span`]: where in a message something stands. Knows nothing of what stands there.

use core::ops::Range;

/// A half-open range of byte offsets, `start..end`, into the message it was read from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(from = "(usize, usize)", into = "(usize, usize)"))]
#[allow(clippy::exhaustive_structs, reason = "a span is its two ends and nothing else")]
pub struct Span {
    /// Offset of the first byte.
    pub start: usize,
    /// Offset after the last byte.
    pub end: usize,
}

impl Span {
    /// The span from `start` up to, not including, `end`.
    #[must_use]
    pub const fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }

    /// An empty span at `offset`: a place where something is missing.
    #[must_use]
    pub const fn at(offset: usize) -> Self {
        Self { start: offset, end: offset }
    }

    /// Where `part` stands in `whole`, when `part` is a sub-slice of `whole` (by address, not by content).
    #[must_use]
    pub fn of(whole: &[u8], part: &[u8]) -> Option<Self> {
        let start = (part.as_ptr() as usize).checked_sub(whole.as_ptr() as usize)?;
        let end = start.checked_add(part.len())?;
        (end <= whole.len()).then_some(Self { start, end })
    }

    /// Number of bytes.
    #[must_use]
    pub const fn len(self) -> usize {
        self.end - self.start
    }

    /// Whether nothing lies between the two ends.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The same span, `offset` bytes further on.
    #[must_use]
    pub const fn shifted(self, offset: usize) -> Self {
        Self { start: self.start + offset, end: self.end + offset }
    }

    /// The bytes of `whole` that the span covers; `None` where it reaches beyond.
    #[must_use]
    pub fn slice(self, whole: &[u8]) -> Option<&[u8]> {
        whole.get(self.start..self.end)
    }
}

impl From<Range<usize>> for Span {
    fn from(range: Range<usize>) -> Self {
        Self::new(range.start, range.end)
    }
}

impl From<(usize, usize)> for Span {
    fn from((start, end): (usize, usize)) -> Self {
        Self::new(start, end)
    }
}

impl From<Span> for (usize, usize) {
    fn from(span: Span) -> Self {
        (span.start, span.end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_a_part_by_address_and_not_by_content() {
        let whole = b"abcabc";
        assert_eq!(Span::of(whole, &whole[3..5]), Some(Span::new(3, 5)));
        assert_eq!(Span::of(&whole[..2], &whole[3..5]), None);
        assert_eq!(Span::of(&whole[4..], &whole[..2]), None);
    }
}
