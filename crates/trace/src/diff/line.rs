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
        let mut param: &[u8] = &[];
        let mut fields = 0;
        let mut words = Vec::new();
        for token in inside {
            let text = token.span.slice(message).unwrap_or_default();
            match token.kind {
                TokenKind::Whitespace | TokenKind::LineEnd => continue,
                TokenKind::ParamName => param = text,
                TokenKind::SdpField => fields += 1,
                _ => {}
            }
            let is_origin = message.get(span.start..).is_some_and(|line| line.starts_with(b"o="));
            let is_noise = match token.kind {
                TokenKind::ParamValue => {
                    NOISE.iter().any(|name| param.eq_ignore_ascii_case(name.as_bytes()))
                }
                // The id and the version of a session.
                TokenKind::SdpField => is_origin && (fields == 2 || fields == 3),
                kind => header.is_some_and(|(name, _)| is_counter(name, kind)),
            };
            let text = match (token.kind, header) {
                (TokenKind::HeaderName, Some((_, name))) => name.as_bytes().to_vec(),
                _ => text.to_vec(),
            };
            words.push(Word { text, span: token.span, is_noise });
        }
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
