//! Owns the way through a source: from message to message, what stands between them left out.

use crate::{Found, datagram, pasted, start};
use fingerpost_core::Span;

/// No more messages are taken from one source.
pub const MAX_MESSAGES: usize = 100_000;

/// The messages in `source`, in order, whatever `source` is: a datagram, or text with messages in it.
///
/// A source that begins with a start line and CRLF is a datagram and comes out byte for byte, up to the next message.
/// In text, lines that were wrapped are joined, line ends become CRLF, and what stands between messages is left out.
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
        && let Some(start) = start::next(source, at)
    {
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
