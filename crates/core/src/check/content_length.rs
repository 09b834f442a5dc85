//! Owns the findings on Content-Length: whether there is one, and whether it fits what is there. How it is spelt is
//! `grammar`'s.

use super::{Fix, judge::Judge, rules};
use crate::message::{Header, HeaderName};
use crate::span::Span;
use alloc::{format, string::ToString};

pub(super) fn check(judge: &mut Judge<'_, '_>) {
    let message = judge.message;
    let mut headers = message.headers_named(HeaderName::ContentLength);
    let Some(first) = headers.next() else { return missing(judge) };
    if let Some(other) = headers.find(|other| other.value() != first.value()) {
        return conflict(judge, &first, &other);
    }
    match judge.kept.content_length {
        Some(stated) if message.is_complete() => fits(judge, &first, stated.value),
        Some(_) | None => {}
    }
}

/// The bytes behind the headers.
fn there(judge: &Judge<'_, '_>) -> usize {
    judge.message.as_bytes().len() - judge.message.head_span().end
}

fn missing(judge: &mut Judge<'_, '_>) {
    if !judge.message.is_complete() {
        return;
    }
    let there = there(judge);
    let text =
        format!("Content-Length is missing: the body is the rest of the datagram, {there} bytes");
    let fix = Fix::header(judge.message, &format!("Content-Length: {there}"));
    judge.find_with_fix(&rules::CONTENT_LENGTH_MISSING, judge.first_line(), text, fix);
}

/// The one that does not count what is there goes.
fn conflict(judge: &mut Judge<'_, '_>, first: &Header<'_>, other: &Header<'_>) {
    let there = there(judge).to_string();
    let wrong = if first.value() == there.as_str() { other } else { first };
    let is_one_right = [first, other].iter().any(|header| header.value() == there.as_str());
    let fix = is_one_right.then(|| Fix::new(wrong.line_span(), ""));
    let text = format!("Content-Length is {} here and {} above", other.value(), first.value());
    judge.find_with_fix(&rules::CONTENT_LENGTH_CONFLICT, other.span(), text, fix);
}

fn fits(judge: &mut Judge<'_, '_>, header: &Header<'_>, stated: u32) {
    let stated = usize::try_from(stated).unwrap_or(usize::MAX);
    let there = there(judge);
    if stated == there || judge.context.body_length_in_source == Some(stated) {
        return;
    }
    let span: Span = header.value_span();
    let fix = Fix::new(span, there.to_string());
    if stated > there {
        let text = format!("Content-Length says {stated} bytes, {there} are there");
        judge.find_with_fix(&rules::CONTENT_LENGTH_TOO_LARGE, span, text, fix);
    } else {
        let text = format!(
            "Content-Length says {stated} bytes, {there} are there: the last {} are ignored",
            there - stated
        );
        let trailing = judge.message.trailing_span();
        judge.find_with_fix(&rules::CONTENT_LENGTH_TOO_SMALL, trailing, text, fix);
    }
}
