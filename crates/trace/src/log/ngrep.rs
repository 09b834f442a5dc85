//! Owns what ngrep writes: a line with two addresses, then the payload, with a dot for every byte that is no text. Line
//! by line (`-W byline`) a CR is the dot at the end of a line; else a line end is two dots, and lines end anywhere.

use super::Reading;
use super::announce;
use super::chapter::Chapter;
use crate::assembly::Assembly;
use crate::line::{Line, Page};
use fingerpost_core::Span;

/// `U 192.0.2.7:5060 -> 192.0.2.1:5060`, with a time where it was asked for.
pub(super) fn is_header(text: &[u8]) -> bool {
    let is_protocol = text.starts_with(b"U ") || text.starts_with(b"T ");
    is_protocol
        && memchr::memmem::find(text, b" -> ").is_some()
        && announce::has_two_addresses(text)
}

pub(super) fn read(page: Page<'_>, header: Line) -> Chapter {
    let origin = announce::origin(page.text(header.text));
    let start = header.line_end.end;
    let is_indented = |line: Line| page.text(line.text).starts_with(b"  ");
    let is_byline = !page.line_at(start).is_some_and(is_indented);
    let is_content = |line: &Line| {
        let text = page.text(line.text);
        let is_end = text.trim_ascii().is_empty() || text.starts_with(b"#") || is_header(text);
        !is_end && (is_byline || is_indented(*line))
    };
    let lines: Vec<Line> = page.lines(start).take_while(is_content).collect();
    let end = lines.last().map_or(start, |line| line.line_end.end);
    let (out, reading) = if is_byline {
        (by_line(page, &lines), Reading::NgrepByline)
    } else {
        (wrapped(page, &lines), Reading::Ngrep)
    };
    Chapter::new(out, end, reading).with_origin(origin)
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

fn wrapped<'s>(page: Page<'s>, lines: &[Line]) -> Assembly<'s> {
    let places: Vec<usize> =
        lines.iter().flat_map(|line| line.text.start + 2..line.text.end).collect();
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
