//! Owns the source that is a datagram, as files of captured messages are: it begins with a start line, the lines end
//! with CRLF, and not a byte of it is changed, whatever is wrong with it.

use crate::head::Head;
use crate::start;
use fingerpost_core::message::Header;
use fingerpost_core::typed::MediaType;
use fingerpost_core::{HeaderName, Message};

/// How much of `source` is one datagram; `None` where it is text. Behind it only other messages can follow.
pub(crate) fn extent(source: &[u8]) -> Option<usize> {
    let message = Message::parse(source).ok()?;
    let head = message.head_span();
    let first_line = &source[head.start..];
    let feed = memchr::memchr(b'\n', first_line)?;
    let is_wire = first_line[..feed].ends_with(b"\r");
    let inside = next_start(source, head.start + feed + 1);
    if !is_wire || inside.is_some_and(|next| next < head.end) || is_wrapped(source, head.start) {
        return None;
    }
    Some(inside.map_or(source.len(), |_| end(&message)))
}

/// Text that was wrapped has CRLF too, where it was saved so: there, headers are whole only with the lines behind them.
fn is_wrapped(source: &[u8], at: usize) -> bool {
    start::at(source, at).is_some_and(|start| Head::read(&start).0.has_certain_join)
}

/// The end of the message, where others follow it or stand in its body.
fn end(message: &Message<'_>) -> usize {
    let source = message.as_bytes();
    let body = message.body_span();
    let length = message.content_length().ok().flatten();
    let is_whole = length.is_some_and(|length| usize::try_from(length.value) == Ok(body.len()));
    let inside = next_start(source, body.start);
    if is_whole && (holds_messages(message) || inside.is_none_or(|next| body.end <= next)) {
        return body.end;
    }
    match inside {
        Some(next) if length.is_some() || !holds_messages(message) => next,
        _ => source.len(),
    }
}

fn holds_messages(message: &Message<'_>) -> bool {
    let kind = message.header(HeaderName::ContentType);
    let is_composite = |kind: MediaType<'_>| kind.kind.is("message") || kind.kind.is("multipart");
    kind.is_some_and(|header: Header<'_>| {
        MediaType::parse(header.value().as_bytes()).is_ok_and(is_composite)
    })
}

fn next_start(source: &[u8], from: usize) -> Option<usize> {
    start::next(source, from).map(|start| start.line.text.start - start.margin.len())
}
