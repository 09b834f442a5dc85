//! Owns the tape: tokens in reading order, groups before what they hold. The builder fills every gap itself, so that
//! the leaves tile the bytes by construction.

use super::{Token, TokenKind};
use crate::span::Span;
use crate::syntax::{Param, ParamList, Params, is_lws};
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
        if let Some(span) = self.span(text) {
            self.leaf_span(kind, span);
        }
    }

    fn leaf_span(&mut self, kind: TokenKind, span: Span) {
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
            self.write(Token { kind, span, depth: self.depth, is_group: true });
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

    /// Nearly all gaps are one byte, a line end, what parts name and value of a header, two separators, or the brackets
    /// round an address.
    fn gap(&mut self, end: usize) {
        match self.bytes.get(self.at..end) {
            Some(b": <") => {
                self.push(TokenKind::Separator, end - 2);
                self.push(TokenKind::Whitespace, end - 1);
                self.push(TokenKind::Separator, end);
            }
            Some(b">\r\n") => {
                self.push(TokenKind::Separator, end - 2);
                self.push(TokenKind::LineEnd, end);
            }
            Some([byte]) => self.push(gap_token(*byte, &[]).0, end),
            Some(b"\r\n") => self.push(TokenKind::LineEnd, end),
            Some(b": ") => {
                self.push(TokenKind::Separator, end - 1);
                self.push(TokenKind::Whitespace, end);
            }
            Some([first, second]) if !is_lws(*first) && !is_lws(*second) => {
                self.push(TokenKind::Separator, end);
            }
            _ => self.runs(end),
        }
    }

    #[inline(never)]
    fn runs(&mut self, end: usize) {
        let mut gap = self.bytes.get(self.at..end).unwrap_or_default();
        while let [first, rest @ ..] = gap {
            let (kind, length) = gap_token(*first, rest);
            self.push(kind, self.at + length);
            gap = gap.get(length..).unwrap_or_default();
        }
    }

    /// Every parameter as a group of name and value.
    pub(crate) fn params(&mut self, params: Params<'_>) {
        params.iter().for_each(|param| self.param(param));
    }

    /// The same, and gives them back taken apart.
    pub(crate) fn listed<'p>(&mut self, params: Params<'p>) -> ParamList<'p> {
        let list = ParamList::of(params);
        list.iter().for_each(|param| self.param(param));
        list
    }

    /// One parameter as a group of name and value, quotation marks included.
    pub(crate) fn param(&mut self, param: Param<'_>) {
        let Some(name) = self.span(param.name) else { return };
        let value = param.value.and_then(|value| self.span(value.text));
        let marks = usize::from(param.value.is_some_and(|value| value.quoted));
        let end = value.map_or(name.end, |value| value.end + marks);
        let node = self.open_span(TokenKind::Param, Span::new(name.start, end));
        self.leaf_span(TokenKind::ParamName, name);
        if let Some(value) = value {
            self.leaf_span(TokenKind::ParamValue, value);
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

    #[inline]
    fn push(&mut self, kind: TokenKind, end: usize) {
        let span = Span::new(self.at, end);
        self.at = end;
        self.write(Token { kind, span, depth: self.depth, is_group: false });
    }

    /// Growing stands apart and last, so that the way taken nearly always keeps no register for it.
    #[inline]
    fn write(&mut self, token: Token) {
        if self.tokens.len() == self.tokens.capacity() {
            return self.grow(token);
        }
        self.tokens.push(token);
    }

    #[cold]
    #[inline(never)]
    fn grow(&mut self, token: Token) {
        self.tokens.push(token);
    }
}

/// The kind and length of the first run in a gap, which begins with `first`.
#[inline]
fn gap_token(first: u8, rest: &[u8]) -> (TokenKind, usize) {
    match (first, rest) {
        (b'\r', [b'\n', ..]) => (TokenKind::LineEnd, 2),
        (b'\n', _) => (TokenKind::LineEnd, 1),
        _ => {
            let is_blank = is_lws(first);
            let goes_on = |byte: &u8| is_lws(*byte) == is_blank && *byte != b'\n';
            let kind = if is_blank { TokenKind::Whitespace } else { TokenKind::Separator };
            let mut length = 1;
            while rest.get(length - 1).is_some_and(goes_on) {
                length += 1;
            }
            (kind, length)
        }
    }
}
