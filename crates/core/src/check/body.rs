//! Owns the findings on the body: its type, and the URL in an `application/url` one.

use super::{Fix, judge::Judge, rules};
use crate::message::HeaderName;
use crate::span::Span;
use alloc::format;

/// Schemes that phones fetch their configuration by (phones' manuals: tftp, http, https, ftp, ftps).
const FETCHED: [&str; 5] = ["tftp", "http", "https", "ftp", "ftps"];

pub(super) fn check(judge: &mut Judge<'_, '_>) {
    let body = judge.message.body_span();
    let has_type = judge.message.header(HeaderName::ContentType).is_some();
    if !body.is_empty() && !has_type && judge.message.is_complete() {
        judge.find(
            &rules::CONTENT_TYPE_MISSING,
            body,
            "there is a body, but no Content-Type says what it is",
        );
    }
    let kind = judge.message.content_type();
    if matches!(kind, Ok(Some(kind)) if kind.is("application", "url")) {
        url(judge, body);
    }
}

fn url(judge: &mut Judge<'_, '_>, body: Span) {
    let text = judge.message.body().as_bytes();
    let url = text.trim_ascii_end();
    if url.is_empty() {
        judge.find(&rules::URL_EMPTY, body, "there is no URL in the body");
        return;
    }
    if url.len() < text.len() {
        let tail = Span::new(body.start + url.len(), body.end);
        judge.find_with_fix(
            &rules::URL_LINE_END,
            tail,
            "white space or a line end follows the URL",
            Fix::new(tail, ""),
        );
    }
    if let Some(at) = url.iter().position(u8::is_ascii_whitespace) {
        let span = Span::new(body.start + at, body.start + at + 1);
        judge.find(&rules::URL_SPACE, span, "there is white space inside the URL");
    }
    scheme(judge, url, body);
}

fn scheme(judge: &mut Judge<'_, '_>, url: &[u8], body: Span) {
    let end = memchr::memchr(b':', url).unwrap_or(0);
    let scheme = alloc::string::String::from_utf8_lossy(&url[..end]);
    if !FETCHED.iter().any(|known| known.eq_ignore_ascii_case(&scheme)) {
        let span = Span::new(body.start, body.start + end.max(1));
        let text = if end == 0 {
            "the URL has no scheme".into()
        } else {
            format!("phones fetch by tftp, http, https or ftp, not by {scheme}")
        };
        judge.find(&rules::URL_SCHEME, span, text);
    }
}
