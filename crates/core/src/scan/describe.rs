//! Owns how a whole message becomes tokens: start line, header lines by their grammar, body.

use super::{Tape, TapeBuilder, TokenKind};
use crate::message::{Header, Message, Multipart, Part, StartLine};
use crate::sdp::Sdp;
use crate::span::Span;
use crate::syntax::ValueError;
use crate::typed::{Reading, Uri, read_within};

/// Bytes that an ordinary token of the headers takes, rounded down: a tape rarely grows.
const BYTES_A_TOKEN: usize = 2;

/// Room for more than that is not taken beforehand.
const MOST_ROOM: usize = 4096;

impl<'a> Message<'a> {
    /// The message's tokens, which tile [`Message::as_bytes`].
    #[must_use]
    pub fn tape(&self) -> Tape {
        self.tape_by(self.request_uri().as_ref(), read)
    }

    /// The same where the Request-URI was read before, and with another's way of reading a header's value.
    pub(crate) fn tape_by(
        &self,
        uri: Option<&Uri<'a>>,
        mut read: impl FnMut(&Header<'a>, &mut TapeBuilder<'a>) -> Result<Reading, ValueError>,
    ) -> Tape {
        let room = (self.head_span().len() / BYTES_A_TOKEN).min(MOST_ROOM);
        let mut tape = TapeBuilder::with_room(self.as_bytes(), room);
        start_line(self.start_line(), uri, &mut tape);
        for header in self.headers() {
            header_line(&header, &mut tape, &mut read);
        }
        tape.fill(self.head_span().end);
        if !self.body_span().is_empty() {
            let content = Content::of(self.multipart(), self.sdp());
            body(content, self.body_span(), self.limits().nesting.min(DEEPEST), &mut tape);
        }
        tape.finish(TokenKind::Trailing)
    }
}

/// Multipart bodies are taken apart no deeper than this, whatever the limits allow.
pub(crate) const DEEPEST: usize = 8;

/// What a body is made of.
#[derive(Clone, Copy)]
enum Content<'a> {
    Parts(Multipart<'a>),
    Session(Sdp<'a>),
    Opaque,
}

impl<'a> Content<'a> {
    fn of(parts: Option<Multipart<'a>>, session: Option<Sdp<'a>>) -> Self {
        let parts = parts.map(Self::Parts);
        parts.or(session.map(Self::Session)).unwrap_or(Self::Opaque)
    }
}

fn body<'a>(content: Content<'a>, span: Span, depth: usize, tape: &mut TapeBuilder<'a>) {
    match content {
        Content::Parts(parts) if depth > 0 && !span.is_empty() => {
            let node = tape.open_span(TokenKind::Body, span);
            multipart(parts, span, depth - 1, tape);
            tape.close(node);
        }
        Content::Session(session) if !span.is_empty() => {
            let node = tape.open_span(TokenKind::Body, span);
            session.describe(tape);
            tape.close(node);
        }
        Content::Parts(_) | Content::Session(_) | Content::Opaque => {
            tape.rest(TokenKind::Body, span.end);
        }
    }
}

fn multipart<'a>(parts: Multipart<'a>, span: Span, depth: usize, tape: &mut TapeBuilder<'a>) {
    let mut next = parts.delimiter(span.start);
    let mut bodies = parts.parts();
    tape.rest(TokenKind::Body, next.map_or(span.end, |first| first.before));
    while let Some(delimiter) = next.take() {
        tape.fill(delimiter.dashes.start);
        tape.rest(TokenKind::Boundary, delimiter.dashes.end);
        tape.fill(delimiter.end);
        if !delimiter.is_last {
            next = parts.delimiter(delimiter.end);
            let end = next.map_or(span.end, |next| next.before);
            match bodies.next() {
                Some(Ok(body)) => part(&body, depth, tape),
                Some(Err(_)) | None => tape.rest(TokenKind::Malformed, end),
            }
        }
    }
    tape.rest(TokenKind::Body, span.end);
}

fn part<'a>(part: &Part<'a>, depth: usize, tape: &mut TapeBuilder<'a>) {
    let node = tape.open_span(TokenKind::BodyPart, part.span());
    for header in part.headers() {
        header_line(&header, tape, read);
    }
    tape.fill(part.body_span().start);
    body(Content::of(part.multipart(), part.sdp()), part.body_span(), depth, tape);
    tape.close(node);
}

fn start_line<'a>(line: &StartLine<'a>, uri: Option<&Uri<'a>>, tape: &mut TapeBuilder<'a>) {
    match line {
        StartLine::Request(request) => {
            let node = tape.open(TokenKind::StartLine, request.line);
            tape.leaf(TokenKind::Method, request.method);
            match uri {
                Some(uri) => uri.describe(tape),
                None => tape.leaf(TokenKind::Malformed, request.uri),
            }
            tape.leaf(TokenKind::Version, request.version);
            tape.close(node);
        }
        StartLine::Status(status) => {
            let node = tape.open(TokenKind::StartLine, status.line);
            tape.leaf(TokenKind::Version, status.version);
            tape.leaf(TokenKind::StatusCode, status.code);
            tape.leaf(TokenKind::Reason, status.reason);
            tape.close(node);
        }
    }
}

fn read<'a>(header: &Header<'a>, tape: &mut TapeBuilder<'a>) -> Result<Reading, ValueError> {
    read_within(header.name(), header.value().as_bytes(), header.limits(), Some(tape))
}

fn header_line<'a>(
    header: &Header<'a>,
    tape: &mut TapeBuilder<'a>,
    mut read: impl FnMut(&Header<'a>, &mut TapeBuilder<'a>) -> Result<Reading, ValueError>,
) {
    tape.fill(header.line_span().start);
    let node = tape.open_span(TokenKind::Header, header.line_span());
    tape.leaf(TokenKind::HeaderName, header.raw_name());
    match read(header, tape) {
        Ok(Reading::Structured) => {}
        Ok(Reading::Opaque) if header.is_header() => {
            tape.leaf(TokenKind::HeaderValue, header.value());
        }
        Ok(Reading::Opaque) => tape.rest(TokenKind::Malformed, header.span().end),
        Err(_) => {
            tape.fill(header.value_span().start);
            tape.rest(TokenKind::Malformed, header.value_span().end);
        }
    }
    tape.close(node);
}
