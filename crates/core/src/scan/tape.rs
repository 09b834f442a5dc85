//! Owns the tape: tokens in reading order, groups before what they hold. The builder fills every gap itself, so that
//! the leaves tile the bytes by construction.

use super::{Token, TokenKind};
use crate::span::Span;
use crate::syntax::{Param, Params};
use crate::text::Text;
use alloc::vec::Vec;

/// The tokens of a message, in order; a group stands before its parts.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Tape {
    tokens: Vec<Token>,
}

/// The tokens under one group, or under none.
#[derive(Debug, Clone, Copy)]
pub struct Node<'t> {
    tape: &'t Tape,
    index: usize,
}

impl Tape {
    /// Groups and leaves, in reading order.
    #[must_use]
    pub fn tokens(&self) -> &[Token] {
        &self.tokens
    }

    /// The leaves alone: they tile the input.
    pub fn leaves(&self) -> impl Iterator<Item = &Token> {
        self.tokens.iter().filter(|token| !token.is_group)
    }

    /// The outermost tokens.
    pub fn roots(&self) -> impl Iterator<Item = Node<'_>> {
        let top = |index: &usize| self.tokens[*index].depth == 0;
        (0..self.tokens.len()).filter(top).map(|index| Node { tape: self, index })
    }

    /// The leaf that holds the byte at `offset`.
    #[must_use]
    pub fn leaf_at(&self, offset: usize) -> Option<&Token> {
        self.leaves().find(|token| token.span.start <= offset && offset < token.span.end)
    }
}

impl<'t> Node<'t> {
    /// The token itself.
    #[must_use]
    pub fn token(self) -> &'t Token {
        &self.tape.tokens[self.index]
    }

    /// The tokens directly inside it.
    pub fn children(self) -> impl Iterator<Item = Node<'t>> {
        let depth = self.token().depth;
        let inside = self.tape.tokens[self.index + 1..].iter().take_while(move |t| t.depth > depth);
        inside
            .enumerate()
            .filter(move |(_, token)| token.depth == depth + 1)
            .map(move |(offset, _)| Node { tape: self.tape, index: self.index + 1 + offset })
    }
}

/// An open group.
#[must_use]
pub(crate) struct Open {
    end: usize,
}

/// Writes a tape.
pub(crate) struct TapeBuilder<'a> {
    bytes: &'a [u8],
    at: usize,
    depth: u8,
    tokens: Vec<Token>,
}

impl<'a> TapeBuilder<'a> {
    pub(crate) fn new(bytes: &'a [u8]) -> Self {
        Self::with_room(bytes, 0)
    }

    /// One that expects about so many tokens.
    pub(crate) fn with_room(bytes: &'a [u8], tokens: usize) -> Self {
        Self { bytes, at: 0, depth: 0, tokens: Vec::with_capacity(tokens) }
    }

    /// Writes a leaf; what lies between it and the last one becomes white space, line ends and separators.
    pub(crate) fn leaf(&mut self, kind: TokenKind, text: Text<'_>) {
        if let Some(span) = self.place(text) {
            self.fill(span.start);
            self.push(kind, span.end, false);
        }
    }

    /// Opens a group that covers `text`.
    pub(crate) fn open(&mut self, kind: TokenKind, text: Text<'_>) -> Open {
        let end = self.place(text).map_or(self.at, |span| {
            self.fill(span.start);
            self.tokens.push(Token { kind, span, depth: self.depth, is_group: true });
            span.end
        });
        self.depth = self.depth.saturating_add(1);
        Open { end }
    }

    /// Opens a group that reaches from the start of `first` to the end of `last`.
    pub(crate) fn open_between(
        &mut self,
        kind: TokenKind,
        first: Text<'_>,
        last: Text<'_>,
    ) -> Open {
        let spans = self.place(first).zip(self.place(last));
        let covered =
            spans.and_then(|(first, last)| Span::new(first.start, last.end).slice(self.bytes));
        self.open(kind, covered.map_or(first, Text::new))
    }

    /// Opens a group that covers `span`.
    pub(crate) fn open_span(&mut self, kind: TokenKind, span: Span) -> Open {
        self.open(kind, Text::new(span.slice(self.bytes).unwrap_or_default()))
    }

    /// Closes a group; what is left of it becomes separators.
    pub(crate) fn close(&mut self, Open { end }: Open) {
        self.fill(end);
        self.depth = self.depth.saturating_sub(1);
    }

    /// Writes what is left up to `end` as one leaf of `kind`, line ends and white space included.
    pub(crate) fn rest(&mut self, kind: TokenKind, end: usize) {
        if end > self.at {
            self.push(kind, end, false);
        }
    }

    /// Fills up to `end` with white space, line ends and separators.
    pub(crate) fn fill(&mut self, end: usize) {
        while self.at < end {
            let gap = &self.bytes[self.at..end];
            let (kind, length) = gap_token(gap);
            self.push(kind, self.at + length, false);
        }
    }

    /// Every parameter as a group of name and value.
    pub(crate) fn params(&mut self, params: Params<'_>) {
        params.iter().for_each(|param| self.param(param));
    }

    /// One parameter as a group of name and value, quotation marks included.
    pub(crate) fn param(&mut self, param: Param<'_>) {
        let last = param.value.map_or(param.name, |value| value.text);
        let marks = usize::from(param.value.is_some_and(|value| value.quoted));
        let Some((first, last)) = self.span(param.name).zip(self.span(last)) else { return };
        let node = self.open_span(TokenKind::Param, Span::new(first.start, last.end + marks));
        self.leaf(TokenKind::ParamName, param.name);
        if let Some(value) = param.value {
            self.leaf(TokenKind::ParamValue, value.text);
        }
        self.close(node);
    }

    /// What is left becomes `kind`.
    pub(crate) fn finish(mut self, kind: TokenKind) -> Tape {
        self.depth = 0;
        self.rest(kind, self.bytes.len());
        Tape { tokens: self.tokens }
    }

    fn span(&self, text: Text<'_>) -> Option<Span> {
        Span::of(self.bytes, text.as_bytes())
    }

    /// The place of `text`, where it lies ahead and is not empty: what lies behind was already written.
    fn place(&self, text: Text<'_>) -> Option<Span> {
        let span = Span::of(self.bytes, text.as_bytes())?;
        (span.start >= self.at && !span.is_empty()).then_some(span)
    }

    fn push(&mut self, kind: TokenKind, end: usize, is_group: bool) {
        let span = Span::new(self.at, end);
        self.tokens.push(Token { kind, span, depth: self.depth, is_group });
        self.at = end;
    }
}

/// The kind and length of the first run in a gap.
fn gap_token(gap: &[u8]) -> (TokenKind, usize) {
    match gap {
        [b'\r', b'\n', ..] => (TokenKind::LineEnd, 2),
        [b'\n', ..] => (TokenKind::LineEnd, 1),
        [b' ' | b'\t' | b'\r', rest @ ..] => (TokenKind::Whitespace, 1 + length(rest, is_blank)),
        [_, rest @ ..] => {
            (TokenKind::Separator, 1 + length(rest, |byte| !is_blank(byte) && byte != b'\n'))
        }
        [] => (TokenKind::Separator, 0),
    }
}

fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\r')
}

fn length(bytes: &[u8], is: impl Fn(u8) -> bool) -> usize {
    bytes.iter().position(|byte| !is(*byte)).unwrap_or(bytes.len())
}
