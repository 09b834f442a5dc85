//! Owns how a whole message becomes tokens: start line, header lines by their grammar, body.

use super::{Tape, TapeBuilder, TokenKind};
use crate::message::{Header, Message, StartLine};
use crate::text::Text;
use crate::typed::{Reading, read};

/// What an ordinary header line comes to, rounded up: a tape rarely grows.
const TOKENS_A_LINE: usize = 16;

impl Message<'_> {
    /// The message's tokens, which tile [`Message::as_bytes`].
    #[must_use]
    pub fn tape(&self) -> Tape {
        let room = (self.headers().len() + 1) * TOKENS_A_LINE;
        let mut tape = TapeBuilder::with_room(self.as_bytes(), room);
        start_line(self.start_line(), &mut tape);
        for header in self.headers() {
            header_line(&header, &mut tape);
        }
        tape.fill(self.head_span().end);
        tape.rest(TokenKind::Body, self.body_span().end);
        tape.finish(TokenKind::Trailing)
    }
}

fn start_line<'a>(line: &StartLine<'a>, tape: &mut TapeBuilder<'a>) {
    match line {
        StartLine::Request(request) => {
            let node = tape.open(TokenKind::StartLine, request.line);
            tape.leaf(TokenKind::Method, request.method);
            match request.parsed_uri() {
                Ok(uri) => uri.describe(tape),
                Err(_) => tape.leaf(TokenKind::Malformed, request.uri),
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

fn header_line<'a>(header: &Header<'a>, tape: &mut TapeBuilder<'a>) {
    tape.fill(header.line_span().start);
    let node = tape.open_span(TokenKind::Header, header.line_span());
    if header.is_header() {
        tape.leaf(TokenKind::HeaderName, header.raw_name());
        value(header, tape);
    } else {
        tape.rest(TokenKind::Malformed, header.span().end);
    }
    tape.close(node);
}

fn value<'a>(header: &Header<'a>, tape: &mut TapeBuilder<'a>) {
    let end = header.value_span().end;
    let text: Text<'a> = header.value();
    match read(header.name(), text.as_bytes(), Some(tape)) {
        Ok(Reading::Structured) => {}
        Ok(Reading::Opaque) => tape.leaf(TokenKind::HeaderValue, text),
        Err(_) => {
            tape.fill(header.value_span().start);
            tape.rest(TokenKind::Malformed, end);
        }
    }
}
