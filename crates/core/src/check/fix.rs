//! Owns what a fix is: one change to the bytes of a message, and the few shapes that fixes have. Knows no rule.

use crate::message::{HeaderName, Message, StartLine};
use crate::span::Span;
use crate::typed::Number;
use alloc::format;
use alloc::string::String;

/// A change to the message: the bytes at `span` become `text`.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Fix {
    /// What is replaced; empty where something is put in.
    pub span: Span,
    /// What stands there afterwards.
    pub text: String,
}

impl Fix {
    /// Replaces the bytes at `span` with `text`.
    #[must_use]
    pub fn new(span: Span, text: impl Into<String>) -> Self {
        Self { span, text: text.into() }
    }

    /// The message with the change made.
    ///
    /// ```
    /// use fingerpost_core::{Span, check::Fix};
    /// assert_eq!(Fix::new(Span::new(0, 6), "vendor").apply(b"vender=x"), b"vendor=x");
    /// ```
    #[must_use]
    pub fn apply(&self, message: &[u8]) -> alloc::vec::Vec<u8> {
        let end = self.span.end.min(message.len());
        let start = self.span.start.min(end);
        [&message[..start], self.text.as_bytes(), &message[end..]].concat()
    }

    /// Puts a header line in behind the first line.
    pub(super) fn header(message: &Message<'_>, line: &str) -> Self {
        let first = match message.start_line() {
            StartLine::Request(line) => line.line,
            StartLine::Status(line) => line.line,
        };
        let end = message.span_of(first).unwrap_or_default().end;
        let at = message.headers().next().map_or(end, |header| header.span().start);
        if at > end {
            return Self::new(Span::at(at), format!("{line}\r\n"));
        }
        Self::new(Span::at(end), format!("\r\n{line}"))
    }

    /// Replaces a piece of the body, and counts the body anew: where Content-Length stands, the change reaches from
    /// there to the piece. `None` where what lies between is not text.
    pub(super) fn body(message: &Message<'_>, span: Span, text: &str) -> Option<Self> {
        let length = message.header(HeaderName::ContentLength);
        let Some(length) = length.filter(|h| Number::parse(h.value().as_bytes()).is_ok()) else {
            return Some(Self::new(span, text));
        };
        let count = message.body().len() - span.len() + text.len();
        Self::both(message, (length.value_span(), &format!("{count}")), (span, text))
    }

    /// Replaces a piece of the headers or of the body.
    pub(super) fn within(message: &Message<'_>, span: Span, text: &str) -> Option<Self> {
        let is_in_body = span.start >= message.body_span().start && message.is_complete();
        if is_in_body { Self::body(message, span, text) } else { Some(Self::new(span, text)) }
    }

    /// Replaces two pieces at once, the one before the other: what lies between is said again. `None` where that is
    /// not text.
    pub(super) fn both(
        message: &Message<'_>,
        first: (Span, &str),
        second: (Span, &str),
    ) -> Option<Self> {
        let between = Span::new(first.0.end, second.0.start).slice(message.as_bytes())?;
        let between = core::str::from_utf8(between).ok()?;
        let span = Span::new(first.0.start, second.0.end);
        Some(Self::new(span, format!("{}{between}{}", first.1, second.1)))
    }
}
