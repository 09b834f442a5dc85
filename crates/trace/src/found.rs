//! Owns what the search hands back: a message, its map and its repairs.

use crate::assembly::Assembly;
use crate::{Map, Origin, Piece, PieceKind, Reading, Repair};
use fingerpost_core::Span;

/// A message that was found in a source.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Found {
    /// The message as it was put together, with CRLF line ends; a datagram as it stood.
    pub bytes: Vec<u8>,
    /// From the first to the last byte of the source that it was made of.
    pub source: Span,
    /// Where every byte of it came from.
    pub map: Map,
    /// What was changed, in no particular order.
    pub repairs: Vec<Repair>,
    /// Whether the source ends, or goes on with something else, before the headers end. No empty line was put in.
    pub is_cut_off: bool,
    /// How many bytes the body had in the source, where its line ends were changed.
    pub body_length_in_source: Option<usize>,
    /// What the text around it was read as, where that is more than text.
    pub reading: Option<Reading>,
    /// When and where it crossed the wire, as far as the source tells.
    pub origin: Origin,
}

impl Found {
    /// The bytes at `span` of `source`, as they stand.
    pub(crate) fn verbatim(source: &[u8], span: Span) -> Self {
        let mut assembly = Assembly::new(source);
        assembly.copy(span);
        Self { source: span, ..assembly.finish() }
    }

    /// `message` as somebody writes it: byte for byte, nothing repaired, the source being the message itself.
    ///
    /// ```
    /// let found = fingerpost_trace::Found::as_written(b"OPTIONS sip:a SIP/2.0\n\n");
    /// assert_eq!(found.bytes, b"OPTIONS sip:a SIP/2.0\n\n");
    /// ```
    #[must_use]
    pub fn as_written(message: &[u8]) -> Self {
        Self::verbatim(message, Span::new(0, message.len()))
    }

    /// `message` as it stands at `source`, byte for byte.
    #[must_use]
    pub fn standing_at(message: Vec<u8>, source: Span) -> Self {
        let piece = Piece { message: Span::new(0, message.len()), source, kind: PieceKind::Copied };
        Self { bytes: message, source, map: Map::new(vec![piece]), ..Self::default() }
    }

    /// Whether [`Found::standing_at`] makes it anew, but for its origin: who keeps very many need not keep the rest.
    #[must_use]
    pub fn is_as_it_stood(&self) -> bool {
        let whole = Span::new(0, self.bytes.len());
        let is_whole = |piece: &Piece| {
            (piece.message, piece.source, piece.kind) == (whole, self.source, PieceKind::Copied)
        };
        matches!(self.map.pieces(), [piece] if is_whole(piece))
            && self.repairs.is_empty()
            && !self.is_cut_off
            && self.body_length_in_source.is_none()
            && self.reading.is_none()
    }

    /// See [`Map::to_source`].
    #[must_use]
    pub fn to_source(&self, message: Span) -> Span {
        self.map.to_source(message)
    }

    /// See [`Map::to_message`].
    #[must_use]
    pub fn to_message(&self, source: usize) -> Option<usize> {
        self.map.to_message(source)
    }
}
