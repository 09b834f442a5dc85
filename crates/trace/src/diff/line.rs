//! Owns one line of a message as far as comparing goes: its tokens without blanks, and which of them are noise.

use super::Difference;
use super::align::Same;
use fingerpost_core::scan::{Token, TokenKind};
use fingerpost_core::{HeaderName, Span};

/// Parameters that are made anew for each message, transaction or dialog, or that say how it travelled.
const NOISE: [&str; 12] = [
    "branch",
    "tag",
    "received",
    "rport",
    "nonce",
    "cnonce",
    "response",
    "opaque",
    "nc",
    "from-tag",
    "to-tag",
    "nextnonce",
];

/// A token that counts.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Word {
    text: Vec<u8>,
    span: Span,
    is_noise: bool,
}

/// A line.
#[derive(Debug, Clone)]
pub(super) struct Line {
    /// Without its end.
    pub(super) span: Span,
    bytes: Vec<u8>,
    words: Vec<Word>,
}

impl Line {
    /// The line at `span`; of a header, with its name.
    pub(super) fn new(
        message: &[u8],
        leaves: &[Token],
        span: Span,
        header: Option<(HeaderName, &str)>,
    ) -> Self {
        let text = span.slice(message).unwrap_or_default();
        let end = text.iter().rev().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
        let span = Span::new(span.start, span.end - end);
        let first = leaves.partition_point(|token| token.span.end <= span.start);
        let inside = leaves[first..].iter().take_while(|token| token.span.start < span.end);
        let mut words = Words { header, is_origin: text.starts_with(b"o="), param: &[], fields: 0 };
        let words = inside.filter_map(|token| words.word(message, token)).collect();
        Self { span, bytes: span.slice(message).unwrap_or_default().to_vec(), words }
    }

    /// How this line differs from `other`, and where.
    pub(super) fn compare(&self, other: &Self) -> (Difference, Vec<(Span, Span)>) {
        let texts =
            |line: &Self| line.words.iter().map(|word| word.text.clone()).collect::<Vec<_>>();
        if self.bytes == other.bytes {
            return (Difference::Same, Vec::new());
        }
        if texts(self) == texts(other) && !self.words.is_empty() {
            return (Difference::Spelling, Vec::new());
        }
        let is_noise = self.is_same(other);
        let difference = if is_noise { Difference::Noise } else { Difference::Changed };
        (difference, self.parts(other, is_noise))
    }

    fn parts(&self, other: &Self, with_noise: bool) -> Vec<(Span, Span)> {
        let pairs = super::align::align(&self.words, &other.words);
        let mut parts: Vec<(Span, Span)> = Vec::new();
        let (mut left_end, mut right_end) = (self.span.start, other.span.start);
        let mut is_open = false;
        for pair in pairs {
            let (left, right) =
                (pair.left.map(|at| &self.words[at]), pair.right.map(|at| &other.words[at]));
            let is_same = match (left, right) {
                (Some(left), Some(right)) => {
                    left.text == right.text || (!with_noise && left.is_noise && right.is_noise)
                }
                _ => false,
            };
            let here = (
                left.map_or(Span::at(left_end), |word| word.span),
                right.map_or(Span::at(right_end), |word| word.span),
            );
            match parts.last_mut().filter(|_| is_open) {
                _ if is_same => {}
                Some((one, two)) => {
                    one.end = one.end.max(here.0.end);
                    two.end = two.end.max(here.1.end);
                }
                None => parts.push(here),
            }
            is_open = !is_same;
            (left_end, right_end) = (here.0.end, here.1.end);
        }
        parts
    }
}

/// What was read of a line so far, as far as it tells what the next token is.
struct Words<'a> {
    header: Option<(HeaderName, &'a str)>,
    /// Whether it is the line of a session description that names the session.
    is_origin: bool,
    param: &'a [u8],
    fields: usize,
}

impl<'a> Words<'a> {
    /// The token as a word; none where it is blank.
    fn word(&mut self, message: &'a [u8], token: &Token) -> Option<Word> {
        let text = token.span.slice(message).unwrap_or_default();
        match token.kind {
            TokenKind::Whitespace | TokenKind::LineEnd => return None,
            TokenKind::ParamName => self.param = text,
            TokenKind::SdpField => self.fields += 1,
            _ => {}
        }
        let name = self.header.filter(|_| token.kind == TokenKind::HeaderName);
        let text = name.map_or(text, |(_, name)| name.as_bytes()).to_vec();
        Some(Word { text, span: token.span, is_noise: self.is_noise(token.kind) })
    }

    fn is_noise(&self, kind: TokenKind) -> bool {
        match kind {
            TokenKind::ParamValue => {
                NOISE.iter().any(|name| self.param.eq_ignore_ascii_case(name.as_bytes()))
            }
            // The id and the version of a session.
            TokenKind::SdpField => self.is_origin && (self.fields == 2 || self.fields == 3),
            kind => self.header.is_some_and(|(name, _)| is_counter(name, kind)),
        }
    }
}

/// A value that counts or that is made up for each call.
const fn is_counter(name: HeaderName, kind: TokenKind) -> bool {
    match name {
        HeaderName::CallId | HeaderName::Date | HeaderName::Timestamp => {
            !matches!(kind, TokenKind::HeaderName)
        }
        HeaderName::CSeq | HeaderName::ContentLength => matches!(kind, TokenKind::Number),
        _ => false,
    }
}

impl Same for Line {
    fn is_same(&self, other: &Self) -> bool {
        let is_same = |(one, two): (&Word, &Word)| one.is_same(two);
        self.words.len() == other.words.len()
            && self.words.iter().zip(&other.words).all(is_same)
            && (!self.words.is_empty() || self.bytes == other.bytes)
    }
}

impl Same for Word {
    fn is_same(&self, other: &Self) -> bool {
        self.text == other.text || (self.is_noise && other.is_noise)
    }
}

/// The lines of a body.
pub(super) fn lines_of_body(message: &[u8], leaves: &[Token], body: Span) -> Vec<Line> {
    let text = body.slice(message).unwrap_or_default();
    let mut at = body.start;
    let lines = text.split_inclusive(|byte| *byte == b'\n').map(|line| {
        let span = Span::new(at, at + line.len());
        at = span.end;
        let mut line = Line::new(message, leaves, span, None);
        // A leaf can be the whole body.
        let is_beyond =
            line.words.iter().any(|word| word.span.start < span.start || word.span.end > span.end);
        if is_beyond {
            line.words = vec![Word { text: line.bytes.clone(), span: line.span, is_noise: false }];
        }
        line
    });
    lines.collect()
}
