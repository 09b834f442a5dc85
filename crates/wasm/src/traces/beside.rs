//! Owns two texts beside each other, line by line, as a page shows them: with the pieces that differ marked.

use fingerpost_core::Span;
use serde::Serialize;
#[cfg(test)]
use ts_rs::TS;

/// Two lines beside each other.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(TS), ts(export_to = "types.ts"))]
pub struct Beside {
    /// What is compared: `start line`, a header's name, `body`; nothing where the lines are just lines.
    pub place: Option<String>,
    /// `same`, `spelling`, `noise`, `changed`, `added`, `removed`.
    pub difference: &'static str,
    /// Whether the line stands elsewhere among those that both have.
    pub is_moved: bool,
    /// The left line in pieces; none where only the right one has it.
    pub left: Option<Vec<Piece>>,
    /// The right one.
    pub right: Option<Vec<Piece>>,
}

/// A piece of a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(TS), ts(export_to = "types.ts"))]
pub struct Piece {
    /// What stands there; bytes that are not UTF-8 become U+FFFD.
    pub text: String,
    /// Whether it is what differs.
    pub is_marked: bool,
}

/// The bytes at `line`, those at `marks` marked; `marks` are in order and do not overlap.
pub(super) fn pieces(bytes: &[u8], line: Span, marks: impl Iterator<Item = Span>) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut at = line.start;
    for mark in marks {
        let (start, end) = (mark.start.clamp(at, line.end), mark.end.clamp(at, line.end));
        push(&mut pieces, bytes, Span::new(at, start), false);
        push(&mut pieces, bytes, Span::new(start, end), true);
        at = end;
    }
    push(&mut pieces, bytes, Span::new(at, line.end), false);
    pieces
}

fn push(pieces: &mut Vec<Piece>, bytes: &[u8], span: Span, is_marked: bool) {
    let text = String::from_utf8_lossy(span.slice(bytes).unwrap_or_default());
    if !text.is_empty() {
        pieces.push(Piece { text: text.into_owned(), is_marked });
    }
}

/// The lines of a text, without their ends.
pub(super) fn lines(bytes: &[u8]) -> Vec<Span> {
    let mut start = 0;
    let whole = bytes.split_inclusive(|byte| *byte == b'\n').map(|line| {
        let text = line.strip_suffix(b"\n").unwrap_or(line);
        let text = text.strip_suffix(b"\r").unwrap_or(text);
        let span = Span::new(start, start + text.len());
        start += line.len();
        span
    });
    whole.collect()
}
