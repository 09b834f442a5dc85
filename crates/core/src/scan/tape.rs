//! Owns the tape: tokens in reading order, groups before what they hold. The builder fills every gap itself, so that
//! the leaves tile the bytes by construction.

use super::{Token, TokenKind};
use crate::span::Span;
use crate::syntax::{Param, Params, is_lws};
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
        let Some(span) = self.span(text) else { return };
        // What lies behind was already written.
        if span.start >= self.at && !span.is_empty() {
            self.fill(span.start);
            self.push(kind, span.end);
        }
    }

    /// Opens a group that covers `text`.
    pub(crate) fn open(&mut self, kind: TokenKind, text: Text<'_>) -> Open {
        self.open_span(kind, self.span(text).unwrap_or_default())
    }

    /// Opens a group that reaches from the start of `first` to the end of `last`.
    pub(crate) fn open_between(
        &mut self,
        kind: TokenKind,
        first: Text<'_>,
        last: Text<'_>,
    ) -> Open {
        let spans = self.span(first).zip(self.span(last));
        let covered = spans.map(|(first, last)| Span::new(first.start, last.end));
        self.open_span(kind, covered.unwrap_or_default())
    }

    /// Opens a group that covers `span`, as far as that lies ahead.
    pub(crate) fn open_span(&mut self, kind: TokenKind, span: Span) -> Open {
        self.fill(span.start);
        let end = if span.start >= self.at && !span.is_empty() {
            self.tokens.push(Token { kind, span, depth: self.depth, is_group: true });
            span.end
        } else {
            self.at
        };
        self.depth = self.depth.saturating_add(1);
        Open { end }
    }

    /// Closes a group; what is left of it becomes separators.
    pub(crate) fn close(&mut self, Open { end }: Open) {
        self.fill(end);
        self.depth = self.depth.saturating_sub(1);
    }

    /// Writes what is left up to `end` as one leaf of `kind`, line ends and white space included.
    pub(crate) fn rest(&mut self, kind: TokenKind, end: usize) {
        if end > self.at {
            self.push(kind, end);
        }
    }

    /// Fills up to `end` with white space, line ends and separators.
    #[inline]
    pub(crate) fn fill(&mut self, end: usize) {
        if self.at < end {
            self.gap(end);
        }
    }

    fn gap(&mut self, end: usize) {
        let mut gap = self.bytes.get(self.at..end).unwrap_or_default();
        while !gap.is_empty() {
            let (kind, length) = gap_token(gap);
            self.push(kind, self.at + length);
            gap = gap.get(length..).unwrap_or_default();
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

    fn push(&mut self, kind: TokenKind, end: usize) {
        let span = Span::new(self.at, end);
        self.tokens.push(Token { kind, span, depth: self.depth, is_group: false });
        self.at = end;
    }
}

/// The kind and length of the first run in a gap.
fn gap_token(gap: &[u8]) -> (TokenKind, usize) {
    match gap {
        [b'\r', b'\n', ..] => (TokenKind::LineEnd, 2),
        [b'\n', ..] => (TokenKind::LineEnd, 1),
        [first, rest @ ..] => {
            let is_blank = is_lws(*first);
            let goes_on = |byte: &&u8| is_lws(**byte) == is_blank && **byte != b'\n';
            let length = 1 + rest.iter().take_while(goes_on).count();
            (if is_blank { TokenKind::Whitespace } else { TokenKind::Separator }, length)
        }
        [] => (TokenKind::Separator, 0),
    }
}
