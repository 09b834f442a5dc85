//! Owns the way through a source: from message to message, what stands between them left out.

use crate::line::Page;
use crate::log::{self, Chapter, announce};
use crate::{Found, datagram, pasted, start};
use fingerpost_core::Span;

/// No more messages are taken from one source.
pub const MAX_MESSAGES: usize = 100_000;

/// The messages in `source`, in order, whatever `source` is: a datagram, or text with messages in it.
///
/// A source that begins with a start line and CRLF is a datagram and comes out byte for byte, up to the next message.
/// In text, lines that were wrapped are joined, line ends become CRLF, and what stands between messages is left out.
/// In logs and dumps, prefixes are taken off, and escapes and hexadecimal numbers are read; times and addresses that
/// stand beside a message become its [`Origin`](crate::Origin).
/// The time it takes grows with the length of `source` and not faster.
///
/// ```
/// let found = fingerpost_trace::find_messages(b"no message here");
/// assert!(found.is_empty());
/// ```
#[must_use]
pub fn find_messages(source: &[u8]) -> Vec<Found> {
    let mut found = Vec::new();
    let mut at = byte_order_mark(source);
    if let Some(end) = datagram::extent(source) {
        found.push(as_a_datagram(source, end));
        at = end;
    }
    while found.len() < MAX_MESSAGES
        && let Some(line) = Page::new(source).line_at(at)
    {
        let start = if log::is_behind_prefix(source, line) { None } else { start::at(source, at) };
        at = match start {
            Some(start) => {
                let (message, end) = pasted::read(&start);
                let floor = found.last().map_or(0, |last: &Found| last.source.end);
                found.push(announced(source, message, floor));
                end.max(start.end())
            }
            None => match log::chapter(source, line) {
                Some(chapter) => {
                    let floor = found.last().map_or(0, |last: &Found| last.source.end);
                    found.extend(in_chapter(source, &chapter, floor));
                    chapter.end.max(at + 1)
                }
                None => line.line_end.end,
            },
        };
    }
    found.truncate(MAX_MESSAGES);
    found
}

/// The message with what the lines before it say of it.
fn announced(source: &[u8], message: Found, floor: usize) -> Found {
    let (origin, reading) = announce::of(source, &message, floor);
    Found {
        origin: announce::filled(message.origin, origin),
        reading: message.reading.or(reading),
        ..message
    }
}

/// The messages in a chapter, their places those of the source.
fn in_chapter(source: &[u8], chapter: &Chapter, mut floor: usize) -> Vec<Found> {
    let inner = plain_messages(&chapter.bytes);
    let placed = inner.into_iter().map(|message| {
        let map = message.map.through(&chapter.map);
        let origin = chapter.origin.clone();
        let message =
            Found { source: chapter.map.to_source(message.source), map, origin, ..message };
        let told = announced(source, message, floor);
        floor = told.source.end;
        let reading =
            told.reading.filter(|_| chapter.reading.is_general()).or(Some(chapter.reading));
        Found { reading, ..told }
    });
    placed.collect()
}

/// The messages in bytes that nothing stands around.
fn plain_messages(bytes: &[u8]) -> Vec<Found> {
    let mut found = Vec::new();
    let mut at = 0;
    if let Some(end) = datagram::extent(bytes) {
        found.push(as_a_datagram(bytes, end));
        at = end;
    }
    while let Some(start) = start::next(bytes, at) {
        let (message, end) = pasted::read(&start);
        at = end.max(start.end());
        found.push(message);
    }
    found
}

fn as_a_datagram(source: &[u8], end: usize) -> Found {
    let found = Found::verbatim(source, Span::new(0, end));
    let is_complete =
        fingerpost_core::Message::parse(&found.bytes).is_ok_and(|message| message.is_complete());
    Found { is_cut_off: !is_complete, ..found }
}

/// Editors put one before text; it belongs to no line.
fn byte_order_mark(source: &[u8]) -> usize {
    if source.starts_with(b"\xEF\xBB\xBF") { 3 } else { 0 }
}
