//! Owns the findings on lines and on Content-Length.

use super::{Fix, judge::Judge, rules};
use crate::message::{Header, HeaderName};
use crate::span::Span;
use crate::typed::Number;
use alloc::{format, string::ToString, vec::Vec};

pub(super) fn check(judge: &mut Judge<'_, '_>) {
    unterminated(judge);
    header_names(judge);
    bare_line_feeds(judge);
    content_length(judge);
}

fn unterminated(judge: &mut Judge<'_, '_>) {
    if !judge.message.is_complete() {
        let end = Span::at(judge.message.head_span().end);
        judge.find(
            &rules::HEADERS_UNTERMINATED,
            end,
            "the message is cut off before its headers end: the empty line is missing",
        );
    }
}

fn header_names(judge: &mut Judge<'_, '_>) {
    for header in judge.message.headers() {
        let name = header.raw_name();
        if !header.is_header() {
            judge.find(
                &rules::LINE_WITHOUT_COLON,
                header.span(),
                format!("\"{}\" is no header: it has no name and colon", header.value()),
            );
        } else if !name.as_bytes().iter().all(|byte| crate::syntax::is_token(*byte)) {
            judge.find(
                &rules::HEADER_NAME,
                header.name_span(),
                format!("\"{name}\" is no header name: it is not a token"),
            );
        }
    }
}

/// One finding for all of them: a text without CR would bury everything else.
fn bare_line_feeds(judge: &mut Judge<'_, '_>) {
    let head = judge.message.head_span().slice(judge.message.as_bytes()).unwrap_or_default();
    let is_bare = |at: &usize| *at == 0 || head[at - 1] != b'\r';
    let bare: Vec<usize> = memchr::memchr_iter(b'\n', head).filter(is_bare).collect();
    if let Some(first) = bare.first() {
        let at = judge.message.head_span().start + first;
        let text = match bare.len() {
            1 => "one line ends with LF alone, without CR".to_string(),
            count => format!("{count} lines end with LF alone, without CR"),
        };
        judge.find(&rules::BARE_LINE_FEED, Span::new(at, at + 1), text);
    }
}

fn content_length(judge: &mut Judge<'_, '_>) {
    let message = judge.message;
    let headers: Vec<Header<'_>> = message.headers_named(HeaderName::ContentLength).collect();
    let Some(first) = headers.first() else { return };
    if let Some(other) = headers.iter().find(|other| other.value() != first.value()) {
        judge.find(
            &rules::CONTENT_LENGTH_CONFLICT,
            other.span(),
            format!("Content-Length is {} here and {} above", other.value(), first.value()),
        );
        return;
    }
    match Number::parse(first.value().as_bytes()) {
        Ok(stated) if message.is_complete() => length_fits(judge, first, stated.value),
        Ok(_) | Err(_) => {}
    }
}

fn length_fits(judge: &mut Judge<'_, '_>, header: &Header<'_>, stated: u32) {
    let stated = usize::try_from(stated).unwrap_or(usize::MAX);
    let there = judge.message.as_bytes().len() - judge.message.head_span().end;
    if stated == there || judge.context.body_length_in_source == Some(stated) {
        return;
    }
    let span = header.value_span();
    let fix = Fix::new(span, there.to_string());
    if stated > there {
        let text = format!("Content-Length says {stated} bytes, {there} are there");
        judge.find_with_fix(&rules::CONTENT_LENGTH_TOO_LARGE, span, text, fix);
    } else {
        let text = format!(
            "Content-Length says {stated} bytes, {there} are there: the last {} are ignored",
            there - stated
        );
        judge.find_with_fix(
            &rules::CONTENT_LENGTH_TOO_SMALL,
            judge.message.trailing_span(),
            text,
            fix,
        );
    }
}
