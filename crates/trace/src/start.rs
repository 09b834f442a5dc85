//! Owns where a message begins: a line, or two that were one, that core reads as a start line.

use crate::grammar::is_token;
use crate::join::joined;
use crate::line::{Line, Page};
use crate::shape::Shape;
use fingerpost_core::Message;
use fingerpost_core::message::StartLine;

/// The longest start line that is looked for in two parts.
const LONGEST_WRAPPED: usize = 1024;

/// The beginning of a message.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Start<'s> {
    /// The source, behind the margin of this message.
    pub(crate) page: Page<'s>,
    /// The indentation or quotation mark before the start line.
    pub(crate) margin: &'s [u8],
    /// The start line.
    pub(crate) line: Line,
    /// Its second half, and whether a blank stands between the two.
    pub(crate) rest: Option<(Line, bool)>,
}

impl Start<'_> {
    /// Where the line after the start line begins.
    pub(crate) fn end(&self) -> usize {
        self.rest.map_or(self.line, |(line, _)| line).line_end.end
    }
}

/// The first message that begins at `from` or at a line after it.
pub(crate) fn next(source: &[u8], from: usize) -> Option<Start<'_>> {
    Page::new(source).lines(from).find_map(|line| at(source, line.text.start))
}

/// The message that begins at `offset`, where one does.
pub(crate) fn at(source: &[u8], offset: usize) -> Option<Start<'_>> {
    let bare = Page::new(source);
    let text = bare.text(bare.line_at(offset)?.text);
    let inset = text.iter().take_while(|byte| matches!(byte, b' ' | b'\t' | b'>')).count();
    let margin = &text[..inset];
    let page = bare.with_margin(margin);
    let line = page.line_at(offset).filter(|line| !line.text.is_empty())?;
    if is_whole(page, line) {
        return Some(Start { page, margin, line, rest: None });
    }
    let rest = wrapped(page, line)?;
    Some(Start { page, margin, line, rest: Some(rest) })
}

/// Whether core reads the line as a start line, and it is no sentence that ends in `SIP/2.0`.
fn is_whole(page: Page<'_>, line: Line) -> bool {
    let Ok(message) = Message::parse(page.text(line.text)) else {
        return false;
    };
    match message.start_line() {
        StartLine::Request(request) => {
            let is_method = is_token(request.method.as_bytes());
            is_method && (request.parsed_uri().is_ok() || header_follows(page, line))
        }
        StartLine::Status(_) => header_follows(page, line) || ends_here(page, line),
    }
}

fn header_follows(page: Page<'_>, line: Line) -> bool {
    let shape = |line: Line| Shape::of(page.text(line.text));
    let mut after = page.lines(line.line_end.end).map(shape);
    match after.next() {
        // A reason phrase that was wrapped.
        Some(Shape::Plain) => matches!(after.next(), Some(Shape::Known(_))),
        Some(next) => next.is_header(),
        None => false,
    }
}

fn ends_here(page: Page<'_>, line: Line) -> bool {
    page.line_at(line.line_end.end).is_none_or(|next| page.is_blank(next))
}

/// The second half of a Request-Line that was wrapped, as `SUBSCRIBE sip:…` and `SIP/2.0`.
fn wrapped(page: Page<'_>, line: Line) -> Option<(Line, bool)> {
    let left = page.text(line.text).trim_ascii();
    if !may_be_first_half(left) {
        return None;
    }
    let next = page.line_at(line.line_end.end)?;
    let right = page.text(next.text).trim_ascii();
    if right.is_empty() || left.len() + right.len() > LONGEST_WRAPPED || is_whole(page, next) {
        return None;
    }
    let makes_one = |space: &bool| is_request(&joined(left, right, *space));
    [false, true].into_iter().find(makes_one).map(|with_space| (next, with_space))
}

/// One or two words, the first in capitals: anything else is a sentence.
fn may_be_first_half(text: &[u8]) -> bool {
    let mut words = text.split(|byte| *byte == b' ');
    let method = words.next().unwrap_or_default();
    !method.is_empty() && method.iter().all(u8::is_ascii_uppercase) && words.count() <= 1
}

fn is_request(line: &[u8]) -> bool {
    let Ok(message) = Message::parse(line) else {
        return false;
    };
    matches!(message.start_line(), StartLine::Request(request) if request.parsed_uri().is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How the start line at the start of `text` stands there.
    fn starts(text: &str) -> &'static str {
        match at(text.as_bytes(), 0).map(|start| start.rest.map(|(_, with_space)| with_space)) {
            None => "no",
            Some(None) => "whole",
            Some(Some(true)) => "wrapped",
            Some(Some(false)) => "torn",
        }
    }

    #[test]
    fn start_lines_are_what_core_says() {
        assert_eq!(starts("NOTIFY sip:192.0.2.1 SIP/2.0\nVia: x"), "whole");
        assert_eq!(starts("> NOTIFY sip:192.0.2.1 SIP/2.0\n"), "whole");
        assert_eq!(starts("SIP/2.0 200 OK\nVia: x"), "whole");
        assert_eq!(starts("INVITE <sip:a@b> SIP/2.0\r\nTo: x"), "whole");
    }

    #[test]
    fn sentences_about_sip_are_not_start_lines() {
        assert_eq!(starts("The phone speaks SIP/2.0\nand nothing else."), "no");
        assert_eq!(starts("SIP/2.0 200 OK is what the server says\nto every phone."), "no");
        assert_eq!(starts("NOTIFY\nSIP/2.0 200 OK\nVia: x"), "no");
        assert_eq!(starts("INFO\nNOTIFY sip:a@b SIP/2.0\n"), "no");
    }

    #[test]
    fn a_wrapped_start_line_is_read_with_its_second_half() {
        assert_eq!(starts("SUBSCRIBE sip:224.0.1.75:5060\nSIP/2.0\n"), "wrapped");
        assert_eq!(starts("SUBSCRIBE\nsip:224.0.1.75:5060 SIP/2.0\n"), "wrapped");
        assert_eq!(starts("SUBSCRIBE sip:MAC%3a00\n1122@224.0.1.75 SIP/2.0\n"), "torn");
    }
}
