//! Owns logs in which something stands before the first line of a message, or before each of its lines. Prefixes of
//! one log have one shape: the same words and signs, other numbers.

use super::Reading;
use super::chapter::Chapter;
use super::inside::Inside;
use crate::assembly::Assembly;
use crate::line::{Line, Page};
use crate::shape::Shape;
use fingerpost_core::Span;

pub(super) fn read(page: Page<'_>, line: Line, inside: Inside) -> Option<Chapter> {
    let prefix = &page.text(line.text)[..inside.start];
    let next = page.line_at(line.line_end.end)?;
    let next_text = page.text(next.text);
    let is_header = |text: &[u8]| Shape::of(text).is_header();
    if !prefix.is_empty()
        && same_shape(prefix, next_text).is_some_and(|length| is_header(&next_text[length..]))
    {
        return Some(every_line(page, line, prefix));
    }
    is_header(next_text).then(|| first_line(page, line, inside.start))
}

/// Every line has the prefix, up to the first that has not.
fn every_line(page: Page<'_>, first: Line, prefix: &[u8]) -> Chapter {
    let mut out = Assembly::new(page.source);
    let mut end = first.text.start;
    for line in page.lines(first.text.start) {
        let Some(length) = same_shape(prefix, page.text(line.text)) else { break };
        out.copy(Span::new(line.text.start + length, line.text.end));
        out.copy(line.line_end);
        end = line.line_end.end;
    }
    Chapter::new(out, end, Reading::Prefixed)
}

/// Only the start line has one: the message goes on as it stands, to where another log line begins.
fn first_line(page: Page<'_>, first: Line, length: usize) -> Chapter {
    let prefix = &page.text(first.text)[..length];
    let mut out = Assembly::new(page.source);
    out.copy(Span::new(first.text.start + length, first.text.end));
    out.copy(first.line_end);
    let mut end = first.line_end.end;
    for line in page.lines(end) {
        let text = page.text(line.text);
        if begins_alike(prefix, text) || super::inside::find(text).is_some() {
            break;
        }
        out.copy(line.text);
        out.copy(line.line_end);
        end = line.line_end.end;
    }
    Chapter::new(out, end, Reading::FirstPrefixed)
}

/// Whether a line begins with a time of the same shape as the prefix does: another entry of the log.
fn begins_alike(prefix: &[u8], text: &[u8]) -> bool {
    let head = &prefix[..prefix.len().min(20)];
    let has_numbers = head.iter().filter(|byte| byte.is_ascii_digit()).count() >= 4;
    has_numbers && same_shape(head, text).is_some()
}

/// How much of `text` has the shape of `prefix`; all of it where it ends with the prefix, its blanks trimmed.
fn same_shape(prefix: &[u8], text: &[u8]) -> Option<usize> {
    let (mut left, mut right) = (0, 0);
    while left < prefix.len() {
        let (word, other) = (run(prefix, left), run(text, right));
        if other.is_empty() {
            return prefix[left..].trim_ascii().is_empty().then_some(text.len());
        }
        let is_last = left + word.len() == prefix.len();
        right += match word[0] {
            b' ' | b'\t' if is_last => blanks(word, other)?,
            b' ' | b'\t' if matches!(other[0], b' ' | b'\t') => other.len(),
            byte if byte.is_ascii_alphanumeric() && is_alike(word, other) => other.len(),
            _ if word == other => other.len(),
            _ => return None,
        };
        left += word.len();
    }
    Some(right)
}

/// The blanks before the text itself: no more than stand there in the first line, for a fold begins with blanks.
fn blanks(word: &[u8], other: &[u8]) -> Option<usize> {
    matches!(other[0], b' ' | b'\t').then(|| word.len().min(other.len()))
}

/// The word, the number, the blanks or the sign at `at`.
fn run(text: &[u8], at: usize) -> &[u8] {
    let rest = text.get(at..).unwrap_or_default();
    let Some(first) = rest.first() else { return rest };
    let is_blank = |byte: &u8| matches!(byte, b' ' | b'\t');
    let length = match first {
        byte if byte.is_ascii_alphanumeric() => {
            rest.iter().take_while(|byte| byte.is_ascii_alphanumeric()).count()
        }
        byte if is_blank(byte) => rest.iter().take_while(|byte| is_blank(byte)).count(),
        _ => 1,
    };
    &rest[..length]
}

/// The same word, or both numbers, be they decimal or not.
fn is_alike(word: &[u8], other: &[u8]) -> bool {
    let has_digit = |text: &[u8]| text.iter().any(u8::is_ascii_digit);
    word == other || (has_digit(word) && has_digit(other))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shape(prefix: &str, text: &'static str) -> Option<&'static str> {
        same_shape(prefix.as_bytes(), text.as_bytes()).map(|length| &text[length..])
    }

    #[test]
    fn prefixes_of_one_log_differ_in_their_numbers_only() {
        let prefix = "Mar  1 10:00:00 phone sua[812]: 7f3c ";
        assert_eq!(shape(prefix, "Mar 12 10:00:01 phone sua[9]: 7f3d Via: x"), Some("Via: x"));
        assert_eq!(shape(prefix, "Mar 12 10:00:01 phone sua[9]: 7f3d  fold"), Some(" fold"));
        assert_eq!(shape(prefix, "Mar 12 10:00:01 phone sua[9]: 7f3d"), Some(""));
        assert_eq!(shape(prefix, "Mar 12 10:00:01 phone other[9]: 7f3d Via: x"), None);
        assert_eq!(shape(prefix, "Via: x"), None);
    }
}
