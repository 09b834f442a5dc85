//! Owns bytes that know where in the file they stand, so that what is cut out of them still does.

use crate::{Map, Piece, PieceKind};
use fingerpost_core::Span;

/// From `start` on, bytes stand in the file from `at` on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Run {
    pub(super) start: usize,
    pub(super) at: usize,
}

/// Bytes out of a file, in one run or several.
#[derive(Debug, Clone, Copy)]
pub(super) struct Placed<'a> {
    pub(super) bytes: &'a [u8],
    /// How much was cut off before them since `runs` were counted.
    cut: usize,
    runs: &'a [Run],
}

impl<'a> Placed<'a> {
    /// `runs` are in order, and the first begins at 0.
    pub(super) const fn new(bytes: &'a [u8], runs: &'a [Run]) -> Self {
        Self { bytes, cut: 0, runs }
    }

    /// Without the first `count` bytes; `None` where there are fewer.
    pub(super) fn skip(self, count: usize) -> Option<Self> {
        let bytes = self.bytes.get(count..)?;
        Some(Self { bytes, cut: self.cut + count, ..self })
    }

    /// The first `count` bytes, or fewer.
    pub(super) fn first(self, count: usize) -> Self {
        Self { bytes: &self.bytes[..count.min(self.bytes.len())], ..self }
    }

    pub(super) fn u8(self, at: usize) -> Option<u8> {
        self.bytes.get(at).copied()
    }

    /// In network byte order.
    pub(super) fn u16(self, at: usize) -> Option<u16> {
        Some(u16::from_be_bytes(self.array(at)?))
    }

    /// In network byte order.
    pub(super) fn u32(self, at: usize) -> Option<u32> {
        Some(u32::from_be_bytes(self.array(at)?))
    }

    pub(super) fn array<const N: usize>(self, at: usize) -> Option<[u8; N]> {
        self.bytes.get(at..)?.first_chunk().copied()
    }

    /// The runs that these bytes are in, counted from their first.
    pub(super) fn runs(self) -> impl Iterator<Item = Run> {
        let (start, end) = (self.cut, self.cut + self.bytes.len());
        let nexts = self.runs.iter().skip(1).map(|run| run.start).chain([usize::MAX]);
        let inside =
            self.runs.iter().zip(nexts).filter(move |(run, next)| run.start < end && start < *next);
        inside.map(move |(run, _)| {
            let hidden = start.saturating_sub(run.start);
            Run { start: run.start.max(start) - start, at: run.at + hidden }
        })
    }

    pub(super) fn map(self) -> Map {
        let runs: Vec<Run> = self.runs().collect();
        let kind = if runs.len() == 1 { PieceKind::Copied } else { PieceKind::Fragment };
        let ends = runs.iter().skip(1).map(|run| run.start).chain([self.bytes.len()]);
        let piece = |(run, end): (&Run, usize)| Piece {
            message: Span::new(run.start, end),
            source: Span::new(run.at, run.at + (end - run.start)),
            kind,
        };
        Map::new(runs.iter().zip(ends).map(piece).collect())
    }

    /// From the first to the last byte of the file that they stand in.
    pub(super) fn span(self) -> Span {
        let map = self.map();
        let spans = map.pieces().iter().map(|piece| piece.source);
        let all =
            spans.reduce(|all, span| Span::new(all.start.min(span.start), all.end.max(span.end)));
        all.unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_cut_out_knows_where_it_stands() {
        let runs = [Run { start: 0, at: 100 }, Run { start: 4, at: 50 }, Run { start: 8, at: 200 }];
        let placed = Placed::new(b"abcdefghij", &runs).skip(2).unwrap().first(4);
        assert_eq!(placed.bytes, b"cdef");
        let spans: Vec<_> = placed.map().pieces().iter().map(|p| (p.message, p.source)).collect();
        let span = |start, end| Span::new(start, end);
        assert_eq!(spans, [(span(0, 2), span(102, 104)), (span(2, 4), span(50, 52))]);
        assert_eq!(placed.span(), span(50, 104));
    }
}
