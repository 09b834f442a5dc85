//! Owns a message in the making: its lines as the pieces of a template come in, each held against its grammar with the
//! place that every byte came from.

use super::MessageTemplateError;
use crate::build::token;
use crate::message::{HeaderName, RequestLine, StartLine, read_start_line};
use crate::span::Span;
use crate::syntax::Expected;
use crate::typed::read;
use alloc::format;
use alloc::string::ToString;
use alloc::vec::Vec;

/// A message in the making, line by line.
#[derive(Default)]
pub(super) struct Draft {
    head: Vec<u8>,
    line: Line,
    body: Option<Vec<u8>>,
    has_start_line: bool,
    length_at: Option<usize>,
}

/// A header line with its folds, and what each stretch of it came from.
#[derive(Default)]
struct Line {
    bytes: Vec<u8>,
    /// Where each stretch begins, where it stands in the template, and whether it is a hole.
    sources: Vec<(usize, Span, bool)>,
    /// Whether its end was seen; a fold may still follow.
    is_ended: bool,
}

impl Draft {
    pub(super) fn literal(&mut self, text: &str, span: Span) -> Result<(), MessageTemplateError> {
        let mut start = span.start;
        for part in text.split_inclusive('\n') {
            match &mut self.body {
                Some(body) => body.extend_from_slice(part.as_bytes()),
                None => self.head_part(part, start)?,
            }
            start += part.len();
        }
        Ok(())
    }

    /// A line of the head, or as much of it as stands between two holes.
    fn head_part(&mut self, part: &str, start: usize) -> Result<(), MessageTemplateError> {
        let (text, is_ended) = match part.strip_suffix('\n') {
            Some(line) => (line.strip_suffix('\r').unwrap_or(line), true),
            None => (part, false),
        };
        let span = Span::new(start, start + text.len());
        if text.contains(['\r', '\0']) {
            return Err(MessageTemplateError::NotAHeader { span });
        }
        self.before(text.as_bytes().first().copied(), is_ended)?;
        if self.body.is_none() {
            self.line.add(text, span, false);
            self.line.is_ended = is_ended;
        }
        Ok(())
    }

    pub(super) fn hole(
        &mut self,
        name: &str,
        value: &str,
        span: Span,
    ) -> Result<(), MessageTemplateError> {
        if let Some(body) = &mut self.body {
            body.extend_from_slice(value.as_bytes());
            return Ok(());
        }
        if let Some(byte) = value.bytes().find(|byte| matches!(byte, b'\r' | b'\n' | 0)) {
            return Err(MessageTemplateError::ForbiddenByte { name: name.into(), byte, span });
        }
        // A value that begins with white space begins a line of its own, never a fold.
        self.before(Some(b'x'), false)?;
        self.line.add(value, span, true);
        Ok(())
    }

    /// What comes next begins with `first`: a fold goes on with the line, anything else ends it, and an empty line
    /// ends the head.
    fn before(&mut self, first: Option<u8>, ends: bool) -> Result<(), MessageTemplateError> {
        if !self.line.is_ended {
            return Ok(());
        }
        if matches!(first, Some(b' ' | b'\t')) && self.has_start_line {
            self.line.bytes.extend_from_slice(b"\r\n");
            self.line.is_ended = false;
            return Ok(());
        }
        self.end_line()?;
        if first.is_none() && ends {
            self.body = Some(Vec::new());
        }
        Ok(())
    }

    fn end_line(&mut self) -> Result<(), MessageTemplateError> {
        let line = core::mem::take(&mut self.line);
        if !self.has_start_line {
            line.check_start()?;
            self.has_start_line = true;
        } else if line.check_header()? == HeaderName::ContentLength {
            self.length_at.get_or_insert(self.head.len());
            return Ok(());
        }
        self.head.extend_from_slice(&line.bytes);
        self.head.extend_from_slice(b"\r\n");
        Ok(())
    }

    pub(super) fn finish(mut self) -> Result<Vec<u8>, MessageTemplateError> {
        if !self.line.bytes.is_empty() || !self.has_start_line {
            self.end_line()?;
        }
        let body = self.body.unwrap_or_default();
        let length = format!("Content-Length: {}\r\n", body.len());
        let at = self.length_at.unwrap_or(self.head.len());
        self.head.splice(at..at, length.into_bytes());
        self.head.extend_from_slice(b"\r\n");
        self.head.extend(body);
        Ok(self.head)
    }
}

impl Line {
    fn add(&mut self, text: &str, span: Span, is_hole: bool) {
        self.sources.push((self.bytes.len(), span, is_hole));
        self.bytes.extend_from_slice(text.as_bytes());
    }

    fn check_start(&self) -> Result<(), MessageTemplateError> {
        match read_start_line(&self.bytes) {
            Some(StartLine::Request(line)) if is_exact(&line) => {
                line.parsed_uri().map(|_| ()).map_err(|error| {
                    let start =
                        Span::of(&self.bytes, line.uri.as_bytes()).unwrap_or_default().start;
                    self.refused("Request-URI", error.expected, start + error.offset)
                })
            }
            Some(StartLine::Status(line)) if line.status().is_some() => Ok(()),
            _ => Err(MessageTemplateError::NotAStartLine { span: self.whole() }),
        }
    }

    fn check_header(&self) -> Result<HeaderName, MessageTemplateError> {
        let not_a_header = || MessageTemplateError::NotAHeader { span: self.whole() };
        let colon = memchr::memchr(b':', &self.bytes).ok_or_else(not_a_header)?;
        let written = core::str::from_utf8(self.bytes[..colon].trim_ascii_end());
        let written = written.ok().filter(|name| token(name).is_ok()).ok_or_else(not_a_header)?;
        let name = HeaderName::of(written.as_bytes());
        let value = self.bytes[colon + 1..].trim_ascii();
        let start = Span::of(&self.bytes, value).unwrap_or_default().start;
        match read(name, value, None) {
            Err(error) if name != HeaderName::ContentLength => {
                Err(self.refused(written, error.expected, start + error.offset))
            }
            Ok(_) | Err(_) => Ok(name),
        }
    }

    fn refused(&self, name: &str, expected: Expected, offset: usize) -> MessageTemplateError {
        MessageTemplateError::NotAValue {
            name: name.to_string(),
            expected,
            span: self.place(offset),
        }
    }

    /// Where the byte at `offset` came from: its hole, or its place in the text up to the end of the stretch.
    fn place(&self, offset: usize) -> Span {
        let source = self.sources.iter().rev().find(|(start, _, _)| *start <= offset);
        match source {
            None => Span::default(),
            Some((_, span, true)) => *span,
            Some((start, span, false)) => {
                Span::new((span.start + offset - start).min(span.end), span.end)
            }
        }
    }

    fn whole(&self) -> Span {
        let first = self.sources.first().map(|(_, span, _)| span.start);
        let last = self.sources.last().map(|(_, span, _)| span.end);
        Span::new(first.unwrap_or_default(), last.unwrap_or_default())
    }
}

/// A token, one space each between the three parts, nothing behind (RFC 3261 §7.1).
fn is_exact(line: &RequestLine<'_>) -> bool {
    let length = line.method.len() + line.uri.len() + line.version.len() + 2;
    line.line.len() == length && token(&line.method.to_str()).is_ok()
}
