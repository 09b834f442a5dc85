//! Owns what ngrep writes: a line with two addresses, then the payload, with a dot for every byte that is no text. Line
//! by line (`-W byline`) a CR is the dot at the end of a line. Else a line end is two dots, and lines end where the
//! screen does, or all of the payload is one line: behind the addresses (`-W single`) or below (`-W none`). With `-x` it
//! is a dump.

use super::chapter::Chapter;
use super::{Reading, announce, hex, plain_hex};
use crate::assembly::Assembly;
use crate::line::{Line, Page};
use fingerpost_core::Span;

/// `U 192.0.2.7:5060 -> 192.0.2.1:5060`, with a time where it was asked for.
pub(super) fn is_header(text: &[u8]) -> bool {
    let is_protocol = text.starts_with(b"U ") || text.starts_with(b"T ");
    let ends = &text[..text.len().min(announce::LONGEST)];
    is_protocol
        && memchr::memmem::find(ends, b" -> ").is_some()
        && announce::has_two_addresses(ends)
}

pub(super) fn read(page: Page<'_>, header: Line) -> Chapter {
    let origin = announce::origin(page.text(header.text));
    let start = header.line_end.end;
    if let Some(inside) = beside(page.text(header.text)) {
        let places = (header.text.start + inside..header.text.end).collect::<Vec<_>>();
        return Chapter::new(packed(page, &places), start, Reading::Ngrep).with_origin(origin);
    }
    let is_indented = |line: Line| page.text(line.text).starts_with(b"  ");
    let first = page.line_at(start);
    let has_margin = first.is_some_and(is_indented);
    let is_content = |line: &Line| {
        let text = page.text(line.text);
        let is_end = text.trim_ascii().is_empty() || text.starts_with(b"#") || is_header(text);
        !is_end && (!has_margin || is_indented(*line))
    };
    let lines: Vec<Line> = page.lines(start).take_while(is_content).collect();
    let end = lines.last().map_or(start, |line| line.line_end.end);
    let is_dump = has_margin && lines.first().is_some_and(|line| dump(page, *line).len() > 1);
    let is_packed = first.is_some_and(|line| is_packed(page.text(line.text)));
    let (out, reading) = match () {
        () if is_dump => {
            let bytes: Vec<_> = lines.iter().flat_map(|line| dump(page, *line)).collect();
            return hex::chapter(page, &bytes, end, Reading::Ngrep).with_ends(origin);
        }
        () if has_margin || is_packed => {
            let margin = if has_margin { 2 } else { 0 };
            let places = lines.iter().flat_map(|line| line.text.start + margin..line.text.end);
            (packed(page, &places.collect::<Vec<_>>()), Reading::Ngrep)
        }
        () => (by_line(page, &lines), Reading::NgrepByline),
    };
    Chapter::new(out, end, reading).with_origin(origin)
}

/// Where the payload begins that stands behind the addresses.
fn beside(text: &[u8]) -> Option<usize> {
    let arrow = memchr::memmem::find(text, b" -> ")? + 4;
    let blank = arrow + memchr::memchr(b' ', &text[arrow..])?;
    let line_end = blank + memchr::memmem::find(&text[blank..], b"..")?;
    let start = super::inside::find(&text[..line_end])?.start;
    (start > blank).then_some(start)
}

/// Whether line ends stand inside a line, as two dots behind the start line.
fn is_packed(text: &[u8]) -> bool {
    let end = memchr::memmem::find(text, b"..");
    end.is_some_and(|end| super::inside::find(&text[..end]).is_some_and(|inside| inside.start == 0))
}

/// The bytes of a row, and where they stand: two groups of eight, and behind the column where they end, text.
fn dump(page: Page<'_>, line: Line) -> Vec<(u8, usize)> {
    const COLUMNS: usize = 54;
    let text = page.text(line.text);
    let row = &text[..text.len().min(COLUMNS)];
    let bytes = plain_hex::row(row).unwrap_or_default();
    bytes.into_iter().map(|(byte, at)| (byte, line.text.start + at)).collect()
}

fn by_line<'s>(page: Page<'s>, lines: &[Line]) -> Assembly<'s> {
    let mut out = Assembly::new(page.source);
    for line in lines {
        let text = page.text(line.text);
        if text.last() == Some(&b'.') {
            let dot = line.text.end - 1;
            out.copy(Span::new(line.text.start, dot));
            out.decode(b"\r\n", Span::new(dot, line.line_end.end));
        } else {
            out.copy(line.text);
            out.copy(line.line_end);
        }
    }
    out
}

fn packed<'s>(page: Page<'s>, places: &[usize]) -> Assembly<'s> {
    // The last line is filled up with blanks.
    let filled = places.iter().rev().take_while(|at| page.source[**at] == b' ').count();
    let places = &places[..places.len() - filled];
    let is_dot = |index: usize| places.get(index).is_some_and(|at| page.source[*at] == b'.');
    let mut out = Assembly::new(page.source);
    let mut index = 0;
    while index < places.len() {
        let dots = (index..places.len()).take_while(|index| is_dot(*index)).count();
        // Of an odd number of dots, the first is one.
        if dots % 2 == 1 || dots == 0 {
            out.copy(Span::new(places[index], places[index] + 1));
            index += 1;
        }
        for _ in 0..dots / 2 {
            out.decode(b"\r\n", Span::new(places[index], places[index + 1] + 1));
            index += 2;
        }
    }
    out
}
