//! Owns the way from the bytes of a message back to the bytes of its source, and forth. Knows neither.

use fingerpost_core::Span;

/// How a piece of a message came from its source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum PieceKind {
    /// Byte for byte.
    Copied,
    /// The place where two wrapped lines were put together; the source is the line break between them.
    Joined,
    /// The source says it in another spelling: CRLF for a bare LF, or for a line end that is not there at all.
    Decoded,
    /// A part of a message that came in parts.
    Fragment,
}

impl PieceKind {
    /// The word for it in machine output.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Copied => "copied",
            Self::Joined => "joined",
            Self::Decoded => "decoded",
            Self::Fragment => "fragment",
        }
    }

    /// Whether the bytes are the same on both sides, so that an offset inside one is an offset inside the other.
    const fn is_exact(self) -> bool {
        matches!(self, Self::Copied | Self::Fragment)
    }
}

/// A run of bytes of a message and where it came from. Either span may be empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Piece {
    /// Where it stands in the message.
    pub message: Span,
    /// Where it stands in the source.
    pub source: Span,
    /// How the one became the other.
    pub kind: PieceKind,
}

/// The pieces of a message, in order: together they are all of it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Map {
    pieces: Vec<Piece>,
}

impl Map {
    pub(crate) const fn new(pieces: Vec<Piece>) -> Self {
        Self { pieces }
    }

    /// The pieces, in the order of the message.
    #[must_use]
    pub fn pieces(&self) -> &[Piece] {
        &self.pieces
    }

    /// The smallest stretch of the source that `message` came from. An empty span leads to one place.
    #[must_use]
    pub fn to_source(&self, message: Span) -> Span {
        let start = self.source_of_byte(message.start).map_or(self.source_end(), |span| span.start);
        if message.is_empty() {
            return Span::at(start);
        }
        let end = self.source_of_byte(message.end - 1).map_or(self.source_end(), |span| span.end);
        Span::new(start.min(end), end.max(start))
    }

    /// Where the byte at `source` went; `None` where it is in no piece of the message.
    #[must_use]
    pub fn to_message(&self, source: usize) -> Option<usize> {
        let holds = |piece: &&Piece| piece.source.start <= source && source < piece.source.end;
        let piece = self.pieces.iter().find(holds)?;
        let inside = if piece.kind.is_exact() { source - piece.source.start } else { 0 };
        Some(piece.message.start + inside)
    }

    /// The way on from a source that is itself made of another, by `outer`.
    pub(crate) fn through(&self, outer: &Self) -> Self {
        Self::new(self.pieces.iter().flat_map(|piece| outer.cut(piece)).collect())
    }

    /// What `inner`, a piece whose source is the message of this map, is made of.
    fn cut(&self, inner: &Piece) -> Vec<Piece> {
        if !inner.kind.is_exact() || inner.message.is_empty() {
            return vec![Piece { source: self.to_source(inner.source), ..*inner }];
        }
        let after = self.pieces.partition_point(|piece| piece.message.end <= inner.source.start);
        let inside =
            self.pieces[after..].iter().take_while(|piece| piece.message.start < inner.source.end);
        inside.filter(|piece| !piece.message.is_empty()).map(|piece| part(piece, inner)).collect()
    }

    /// Where the byte at `offset` of the message came from.
    fn source_of_byte(&self, offset: usize) -> Option<Span> {
        let after = self.pieces.partition_point(|piece| piece.message.end <= offset);
        let piece = self.pieces.get(after).filter(|piece| piece.message.start <= offset)?;
        let byte = piece.source.start + (offset - piece.message.start);
        Some(if piece.kind.is_exact() { Span::new(byte, byte + 1) } else { piece.source })
    }

    fn source_end(&self) -> usize {
        self.pieces.last().map_or(0, |piece| piece.source.end)
    }
}

/// As much of `outer` as `inner` takes of it, as it stands in the message of `inner`.
fn part(outer: &Piece, inner: &Piece) -> Piece {
    let start = outer.message.start.max(inner.source.start);
    let end = outer.message.end.min(inner.source.end);
    let place = |at: usize| inner.message.start + (at - inner.source.start);
    let source = if outer.kind.is_exact() {
        let place = |at: usize| outer.source.start + (at - outer.message.start);
        Span::new(place(start), place(end))
    } else {
        outer.source
    };
    Piece { message: Span::new(place(start), place(end)), source, kind: outer.kind }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn piece(message: (usize, usize), source: (usize, usize), kind: PieceKind) -> Piece {
        Piece { message: message.into(), source: source.into(), kind }
    }

    fn map() -> Map {
        Map::new(vec![
            piece((0, 4), (10, 14), PieceKind::Copied),
            piece((4, 4), (14, 15), PieceKind::Joined),
            piece((4, 8), (15, 19), PieceKind::Copied),
            piece((8, 10), (19, 20), PieceKind::Decoded),
        ])
    }

    #[test]
    fn a_span_across_a_join_leads_to_both_lines() {
        assert_eq!(map().to_source(Span::new(3, 5)), Span::new(13, 16));
        assert_eq!(map().to_source(Span::new(4, 5)), Span::new(15, 16));
        assert_eq!(map().to_source(Span::new(9, 10)), Span::new(19, 20));
        assert_eq!(map().to_source(Span::at(10)), Span::at(20));
    }

    #[test]
    fn a_byte_of_the_source_leads_to_its_place_in_the_message() {
        assert_eq!(map().to_message(12), Some(2));
        assert_eq!(map().to_message(14), Some(4));
        assert_eq!(map().to_message(19), Some(8));
        assert_eq!((map().to_message(9), map().to_message(20)), (None, None));
    }
}
