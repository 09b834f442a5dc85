//! Owns the findings on lines: where they end, and what they are made of.

use super::{Fix, judge::Judge, rules};
use crate::message::Header;
use crate::span::Span;
use crate::syntax::{is_token, run_length};
use alloc::{format, string::ToString};

pub(super) fn check(judge: &mut Judge<'_, '_>) {
    leading_line_ends(judge);
    unterminated(judge);
    let head = judge.message.head_span().slice(judge.message.as_bytes()).unwrap_or_default();
    if !is_plain(head) {
        bare_line_feeds(judge);
        odd_bytes(judge);
        utf8(judge);
    }
}

/// Whether all of it is printable ASCII in lines that end with CR LF: true of nearly every message, and seen in one
/// pass that becomes vector code.
fn is_plain(head: &[u8]) -> bool {
    let is_printed =
        |byte: u8| (b' '..0x7f).contains(&byte) | matches!(byte, b'\t' | b'\r' | b'\n');
    let pairs = head.iter().zip(head.get(1..).unwrap_or_default());
    let odd = pairs.fold(0, |odd, (byte, next)| {
        odd | u8::from(!is_printed(*byte)) | u8::from((*byte == b'\r') != (*next == b'\n'))
    });
    odd == 0 && head.last().is_none_or(|last| is_printed(*last) && *last != b'\r')
}

fn leading_line_ends(judge: &mut Judge<'_, '_>) {
    let before = Span::new(0, judge.message.head_span().start);
    if !before.is_empty() {
        let text = "empty lines stand before the message: they are skipped";
        judge.find_with_fix(&rules::LEADING_LINE_END, before, text, Fix::new(before, ""));
    }
}

fn unterminated(judge: &mut Judge<'_, '_>) {
    if judge.message.is_complete() {
        return;
    }
    let end = Span::at(judge.message.head_span().end);
    let is_line = judge.message.as_bytes().ends_with(b"\n");
    let fix = Fix::new(end, if is_line { "\r\n" } else { "\r\n\r\n" });
    judge.find_with_fix(
        &rules::HEADERS_UNTERMINATED,
        end,
        "the message is cut off before its headers end: the empty line is missing",
        fix,
    );
}

/// A line without a colon, or with something before it that is no name. Names that are known are tokens.
pub(super) fn header_name(judge: &mut Judge<'_, '_>, header: &Header<'_>) {
    let name = header.raw_name();
    if !header.is_header() {
        let text = format!("\"{}\" is no header: it has no name and colon", header.value());
        judge.find(&rules::LINE_WITHOUT_COLON, header.span(), text);
    } else if !name.as_bytes().iter().all(|byte| is_token(*byte)) {
        let text = format!("\"{name}\" is no header name: it is not a token");
        judge.find(&rules::HEADER_NAME, header.name_span(), text);
    }
}

/// One finding for all of them: a text without CR would bury everything else. The fix gives CR to every line.
fn bare_line_feeds(judge: &mut Judge<'_, '_>) {
    let place = judge.message.head_span();
    let head = place.slice(judge.message.as_bytes()).unwrap_or_default();
    let is_bare = |at: &usize| *at == 0 || head[at - 1] != b'\r';
    let mut bare = memchr::memchr_iter(b'\n', head).filter(is_bare);
    let Some(first) = bare.next() else { return };
    let (count, last) = bare.fold((1, first), |(count, _), at| (count + 1, at));
    let at = place.start + first;
    let text = match count {
        1 => "one line ends with LF alone, without CR".to_string(),
        count => format!("{count} lines end with LF alone, without CR"),
    };
    let between = core::str::from_utf8(&head[first..=last]).ok();
    let fix = between.map(|lines| {
        let mended = lines.replace("\r\n", "\n").replace('\n', "\r\n");
        Fix::new(Span::new(at, place.start + last + 1), mended)
    });
    judge.find_with_fix(&rules::BARE_LINE_FEED, Span::new(at, at + 1), text, fix);
}

/// The first control character of the headers that is neither part of a line end nor behind a backslash.
fn odd_bytes(judge: &mut Judge<'_, '_>) {
    let place = judge.message.head_span();
    let head = place.slice(judge.message.as_bytes()).unwrap_or_default();
    let is_odd = |at: &usize| match head[*at] {
        b'\r' => head.get(at + 1) != Some(&b'\n'),
        b'\n' | b'\t' => false,
        byte => byte.is_ascii_control() && (*at == 0 || head[at - 1] != b'\\'),
    };
    // Nearly all bytes are seen to be no control characters eight at a time.
    let is_suspect = |byte: u8| byte.is_ascii_control() && !matches!(byte, b'\n' | b'\t');
    let mut at = run_length(head, |byte| !is_suspect(byte));
    while at < head.len() && !is_odd(&at) {
        at += 1 + run_length(&head[at + 1..], |byte| !is_suspect(byte));
    }
    if at == head.len() {
        return;
    }
    let span = Span::new(place.start + at, place.start + at + 1);
    if head[at] == b'\r' {
        let text = "a CR stands in the headers without the LF that ends a line";
        judge.find_with_fix(&rules::BARE_CARRIAGE_RETURN, span, text, Fix::new(span, " "));
    } else {
        let text = format!("the control character 0x{:02x} stands in the headers", head[at]);
        judge.find_with_fix(&rules::CONTROL_CHARACTER, span, text, Fix::new(span, ""));
    }
}

fn utf8(judge: &mut Judge<'_, '_>) {
    let place = judge.message.head_span();
    let head = place.slice(judge.message.as_bytes()).unwrap_or_default();
    if let Err(error) = core::str::from_utf8(head) {
        let at = place.start + error.valid_up_to();
        let byte = judge.message.as_bytes()[at];
        let text = format!("the byte 0x{byte:02x} in the headers is not UTF-8");
        judge.find(&rules::NOT_UTF8, Span::new(at, at + 1), text);
    }
}
