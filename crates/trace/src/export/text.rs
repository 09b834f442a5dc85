//! Owns messages as text, byte for byte, each under a line that says when and between whom; `open` reads it back.

use super::summary;
use crate::Found;

/// The messages as text.
///
/// ```
/// let found = fingerpost_trace::find_messages(b"OPTIONS sip:a SIP/2.0\r\nContent-Length: 0\r\n\r\n");
/// let text = fingerpost_trace::export::text(&found);
/// assert_eq!(fingerpost_trace::find_messages(&text)[0].bytes, found[0].bytes);
/// ```
#[must_use]
pub fn text(messages: &[Found]) -> Vec<u8> {
    let mut out = Vec::new();
    for (index, message) in messages.iter().enumerate() {
        let is_first_and_bare = index == 0 && line(message).is_empty();
        if !is_first_and_bare {
            out.extend_from_slice(line(message).as_bytes());
            out.push(b'\n');
        }
        out.extend_from_slice(&message.bytes);
        out.extend_from_slice(b"\n\n");
    }
    out
}

/// `2026-03-01T10:00:00.250Z udp 192.0.2.7:5060 -> 192.0.2.1:5060`; one end alone as `from …` or `to …`.
fn line(message: &Found) -> String {
    let origin = &message.origin;
    let (from, to) = (summary::end(origin.from), summary::end(origin.to));
    let name =
        origin.transport.map(|transport| format!("{}:", transport.name())).unwrap_or_default();
    let ends = match (from.is_empty(), to.is_empty()) {
        (false, false) => format!("{name}{from} -> {to}"),
        (false, true) => format!("from {name}{from}"),
        (true, false) => format!("to {name}{to}"),
        (true, true) => String::new(),
    };
    format!("{} {ends}", summary::time(message)).trim().to_owned()
}
