//! Owns how a message is put together: every byte that is added says where it came from, so the pieces of the map
//! tile the message by construction.

use crate::{Found, Map, Piece, PieceKind, Repair};
use fingerpost_core::Span;

#[derive(Debug)]
pub(crate) struct Assembly<'s> {
    source: &'s [u8],
    bytes: Vec<u8>,
    pieces: Vec<Piece>,
    repairs: Vec<Repair>,
    made_line_ends: usize,
    first_made_line_end: Span,
}

impl<'s> Assembly<'s> {
    pub(crate) fn new(source: &'s [u8]) -> Self {
        Self {
            source,
            bytes: Vec::new(),
            pieces: Vec::new(),
            repairs: Vec::new(),
            made_line_ends: 0,
            first_made_line_end: Span::default(),
        }
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    pub(crate) fn len(&self) -> usize {
        self.bytes.len()
    }

    pub(crate) fn repaired(&mut self, repair: Repair) {
        self.repairs.push(repair);
    }

    /// Adds what stands at `span`.
    pub(crate) fn copy(&mut self, span: Span) {
        self.add(span.slice(self.source).unwrap_or_default(), span, PieceKind::Copied);
    }

    /// Adds the line end at `span` as CRLF.
    pub(crate) fn line_end(&mut self, span: Span) {
        if span.slice(self.source) == Some(b"\r\n") {
            return self.copy(span);
        }
        if !span.is_empty() {
            let first = Span::new(self.len(), self.len() + 2);
            self.made_line_ends += 1;
            self.first_made_line_end =
                if self.made_line_ends == 1 { first } else { self.first_made_line_end };
        }
        self.add(b"\r\n", span, PieceKind::Decoded);
    }

    /// Adds bytes for which the source at `span` has another spelling.
    pub(crate) fn decode(&mut self, bytes: &[u8], span: Span) {
        self.add(bytes, span, PieceKind::Decoded);
    }

    /// Adds a blank, or nothing, for the line break at `span`.
    pub(crate) fn join(&mut self, span: Span, with_space: bool) {
        let glue: &[u8] = if with_space { b" " } else { b"" };
        self.add(glue, span, PieceKind::Joined);
    }

    /// Takes away the blanks at the end, which must have been copied.
    pub(crate) fn trim_end(&mut self) {
        let kept = self.bytes.trim_ascii_end().len();
        let blanks = self.bytes.len() - kept;
        if let Some(last) = self.pieces.last_mut()
            && last.kind == PieceKind::Copied
            && last.message.len() >= blanks
        {
            last.message.end -= blanks;
            last.source.end -= blanks;
            self.bytes.truncate(kept);
        }
    }

    /// Where in the source the next byte is expected.
    pub(crate) fn source_end(&self) -> usize {
        self.pieces.last().map_or(0, |piece| piece.source.end)
    }

    fn add(&mut self, bytes: &[u8], source: Span, kind: PieceKind) {
        let start = self.bytes.len();
        self.bytes.extend_from_slice(bytes);
        let message = Span::new(start, self.bytes.len());
        match self.pieces.last_mut() {
            _ if kind == PieceKind::Copied && source.is_empty() => {}
            Some(last) if continues(last, source, kind) => {
                last.message.end = message.end;
                last.source.end = source.end;
            }
            _ => self.pieces.push(Piece { message, source, kind }),
        }
    }

    pub(crate) fn finish(mut self) -> Found {
        if self.made_line_ends > 0 {
            let (count, first) = (self.made_line_ends, self.first_made_line_end);
            self.repairs.push(Repair::LineEnds { count, first });
        }
        let start = self.pieces.first().map_or(0, |piece| piece.source.start);
        Found {
            source: Span::new(start, self.source_end()),
            bytes: self.bytes,
            map: Map::new(self.pieces),
            repairs: self.repairs,
            ..Found::default()
        }
    }
}

fn continues(last: &Piece, source: Span, kind: PieceKind) -> bool {
    kind == PieceKind::Copied && last.kind == kind && last.source.end == source.start
}
