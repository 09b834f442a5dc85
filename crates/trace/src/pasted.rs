//! Owns how a message in pasted text is put together from its head and its body, and when it is cut off.

use crate::body::{Extent, Place};
use crate::head::{End, Head};
use crate::line::Line;
use crate::start::Start;
use crate::{Found, Repair};
use fingerpost_core::Span;

/// Reads the message that begins with `start`; the second is where the source goes on behind it.
pub(crate) fn read(start: &Start<'_>) -> (Found, usize) {
    let (mut head, end) = Head::read(start);
    if !start.margin.is_empty() {
        let source = Span::new(start.line.text.start - start.margin.len(), start.line.text.start);
        head.out.repaired(Repair::Margin { source });
    }
    match end {
        End::EmptyLine(line) if !head.seen.is_a_beginning() => with_body(head, start, line),
        End::Text | End::Message if head.seen.has_all() => without_empty_line(head),
        End::Source if head.seen.has_all() && head.seen.length == Some(0) => {
            without_empty_line(head)
        }
        _ => cut_off(head),
    }
}

/// A message as it should be: an empty line and perhaps a body.
fn with_body(mut head: Head<'_>, start: &Start<'_>, empty: Line) -> (Found, usize) {
    head.out.line_end(head.line_end);
    head.out.line_end(empty.line_end);
    let at = empty.line_end.end;
    let line_end = start.line.line_end.slice(head.page.source);
    let is_wire = line_end == Some(b"\r\n") && head.joins == 0 && start.margin.is_empty();
    let place = Place { page: head.page, at, is_wire };
    let extent = place.after_empty_line(&head.seen);
    finish(head, at, extent)
}

/// The headers are all there, but the empty line behind them is not.
fn without_empty_line(mut head: Head<'_>) -> (Found, usize) {
    head.out.line_end(head.line_end);
    let empty = Span::new(head.out.len(), head.out.len() + 2);
    head.out.line_end(Span::at(head.line_end.end));
    head.out.repaired(Repair::NoEmptyLine { at: empty });
    let place = Place { page: head.page, at: head.at, is_wire: false };
    let extent = place.without_empty_line(&head.seen);
    let at = head.at;
    finish(head, at, extent)
}

/// The source goes on with something else before the headers end.
fn cut_off(mut head: Head<'_>) -> (Found, usize) {
    if !head.line_end.is_empty() {
        head.out.line_end(head.line_end);
    }
    (Found { is_cut_off: true, ..head.out.finish() }, head.at)
}

fn finish(mut head: Head<'_>, at: usize, extent: Option<Extent>) -> (Found, usize) {
    let Some(extent) = extent else {
        return (head.out.finish(), at);
    };
    let before = head.out.len();
    let length = copy_body(&mut head, at, extent);
    let is_changed = length != head.out.len() - before;
    let body_length_in_source = is_changed.then_some(length);
    (Found { body_length_in_source, ..head.out.finish() }, extent.end)
}

/// Copies the body line by line, without the margin; how many bytes it has in the source.
fn copy_body(head: &mut Head<'_>, at: usize, extent: Extent) -> usize {
    let mut length = 0;
    let within = |span: Span| Span::new(span.start.min(extent.end), span.end.min(extent.end));
    for line in head.page.lines(at).take_while(|line| line.text.start < extent.end) {
        let (text, line_end) = (within(line.text), within(line.line_end));
        length += text.len() + line_end.len();
        head.out.copy(text);
        match line_end.is_empty() {
            true => {}
            false if extent.as_it_stands => head.out.copy(line_end),
            false => head.out.line_end(line_end),
        }
    }
    length
}
