//! Owns the shallow reading: where the lines are, which are headers, where the body is. Lines and colons are found
//! before any grammar sees them.

use super::header::Slot;
use super::header_name::NameSet;
use super::{Header, HeaderName, Message, start_line};
use crate::limits::{Limits, ValueLimits};
use crate::span::Span;
use crate::typed::Number;
use smallvec::SmallVec;

/// Nothing usable came out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ParseError {
    /// No bytes, or only line ends: a keep-alive (RFC 5626 §4.4.1).
    #[error("no message: nothing but line ends")]
    Empty,
    /// The first line is neither a Request-Line nor a Status-Line (RFC 3261 §7.1, §7.2).
    #[error("no start line: the first line is neither METHOD URI SIP/2.0 nor SIP/2.0 CODE REASON")]
    NoStartLine {
        /// The first line.
        span: Span,
    },
    /// More bytes than [`Limits::message`].
    #[error("the message has {bytes} bytes, more than the limit of {limit}")]
    TooLarge {
        /// How many there are.
        bytes: usize,
        /// How many may be.
        limit: usize,
    },
    /// More header lines than [`Limits::headers`].
    #[error("more than {limit} header lines")]
    TooManyHeaders {
        /// How many may be.
        limit: usize,
        /// The first line beyond.
        span: Span,
    },
    /// A header line longer than [`Limits::header_bytes`].
    #[error("a header line of {} bytes, more than the limit of {limit}", span.len())]
    HeaderTooLong {
        /// How many bytes may be.
        limit: usize,
        /// The line.
        span: Span,
    },
    /// A header line continued by more lines than [`Limits::folds`].
    #[error("a header line that goes on over more than {limit} further lines")]
    TooManyFolds {
        /// How many may be.
        limit: usize,
        /// The line, up to the first fold beyond.
        span: Span,
    },
}

pub(super) fn parse<'a>(bytes: &'a [u8], limits: &Limits) -> Result<Message<'a>, ParseError> {
    let limit = limits.message.min(u32::MAX as usize);
    if bytes.len() > limit {
        return Err(ParseError::TooLarge { bytes: bytes.len(), limit });
    }
    // RFC 3261 §7.5: empty lines before the start line are skipped.
    let start = bytes.iter().position(|b| !matches!(b, b'\r' | b'\n')).ok_or(ParseError::Empty)?;
    let line = line_at(bytes, start);
    let start_line = start_line::read(&bytes[start..line.text_end])
        .ok_or(ParseError::NoStartLine { span: Span::new(start, line.text_end) })?;
    let (slots, end, is_complete) = header_lines(bytes, line.end, limits)?;
    let body = Span::new(end, end + body_length(bytes, &slots, end));
    let names = NameSet::of(&slots);
    let head = Span::new(start, end);
    let limits = *limits;
    Ok(Message { bytes, start_line, slots, names, head, body, is_complete, limits })
}

/// One physical line.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line {
    /// Before its line end.
    pub(super) text_end: usize,
    /// Behind its line end.
    pub(super) end: usize,
}

/// The line that begins at `start`: up to CR LF, bare LF, or the end.
pub(super) fn line_at(bytes: &[u8], start: usize) -> Line {
    match memchr::memchr(b'\n', &bytes[start..]) {
        Some(at) => {
            let feed = start + at;
            let has_return = at > 0 && bytes[feed - 1] == b'\r';
            Line { text_end: feed - usize::from(has_return), end: feed + 1 }
        }
        None => Line { text_end: bytes.len(), end: bytes.len() },
    }
}

pub(super) type HeaderLines = (SmallVec<[Slot; 32]>, usize, bool);

/// The header lines from `at` on, where they end, and whether an empty line ends them.
pub(super) fn header_lines(
    bytes: &[u8],
    mut at: usize,
    limits: &Limits,
) -> Result<HeaderLines, ParseError> {
    let mut slots = SmallVec::new();
    while at < bytes.len() {
        let line = line_at(bytes, at);
        if line.text_end == at {
            return Ok((slots, line.end, true));
        }
        let line = with_folds(bytes, at, line, limits.folds)?;
        let span = Span::new(at, line.text_end);
        if slots.len() >= limits.headers {
            return Err(ParseError::TooManyHeaders { limit: limits.headers, span });
        }
        if span.len() > limits.header_bytes {
            return Err(ParseError::HeaderTooLong { limit: limits.header_bytes, span });
        }
        slots.push(slot(bytes, at, line));
        at = line.end;
    }
    Ok((slots, bytes.len(), false))
}

/// The line together with the lines that continue it: those that begin with white space (RFC 3261 §7.3.1).
fn with_folds(
    bytes: &[u8],
    start: usize,
    mut line: Line,
    limit: usize,
) -> Result<Line, ParseError> {
    let mut folds = 0;
    while matches!(bytes.get(line.end), Some(b' ' | b'\t')) {
        if folds == limit {
            return Err(ParseError::TooManyFolds { limit, span: Span::new(start, line.text_end) });
        }
        folds += 1;
        line = line_at(bytes, line.end);
    }
    Ok(line)
}

#[allow(clippy::cast_possible_truncation, reason = "parse() refuses more than u32::MAX bytes")]
fn slot(bytes: &[u8], start: usize, line: Line) -> Slot {
    let text = &bytes[start..line.text_end];
    // A name is too short for memchr to be worth its call.
    let colon = text.iter().position(|byte| *byte == b':');
    let name = colon.map_or(&text[..0], |at| text[..at].trim_ascii_end());
    let raw_value = colon.map_or(text, |at| &text[at + 1..]);
    let value = raw_value.trim_ascii_start();
    // An empty value stands right behind the colon, not behind the white space that follows it.
    let value_start = if value.is_empty() { raw_value.len() } else { value.len() };
    let value_start = line.text_end - value_start;
    Slot {
        name: HeaderName::of(name),
        line_start: start as u32,
        name_end: (start + name.len()) as u32,
        value_start: value_start as u32,
        value_end: (value_start + value.trim_ascii_end().len()) as u32,
        line_end: line.end as u32,
    }
}

/// Content-Length as far as it can be followed, else everything that is there (RFC 3261 §18.3).
fn body_length(bytes: &[u8], slots: &[Slot], body_start: usize) -> usize {
    let there = bytes.len() - body_start;
    let length = slots.iter().find(|slot| slot.name == HeaderName::ContentLength);
    let stated = length.and_then(|slot| {
        let value = Header::new(bytes, *slot, ValueLimits::DEFAULT).value();
        Number::parse(value.as_bytes()).ok()
    });
    let stated = stated.and_then(|number| usize::try_from(number.value).ok());
    stated.map_or(there, |stated| stated.min(there))
}
