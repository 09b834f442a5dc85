//! Owns the findings on the body: its type, and that an `application/url` one is one URL and nothing else. The URL
//! itself is `url`'s.

use super::{Fix, capabilities, judge::Judge, rules, url};
use crate::span::Span;

pub(super) fn check(judge: &mut Judge<'_, '_>) {
    capabilities::content_type(judge);
    let kind = judge.message.content_type();
    if matches!(kind, Ok(Some(kind)) if kind.is("application", "url")) {
        only_a_url(judge, judge.message.body_span());
    }
}

fn only_a_url(judge: &mut Judge<'_, '_>, body: Span) {
    let text = judge.message.body().as_bytes();
    let lead = text.len() - text.trim_ascii_start().len();
    let line = text.trim_ascii();
    if line.is_empty() {
        return judge.find(&rules::URL_EMPTY, body, "there is no URL in the body");
    }
    let end = lead + line.len();
    if end < text.len() || lead > 0 {
        let tail = Span::new(
            body.start + if lead > 0 { 0 } else { end },
            body.start + if lead > 0 { lead } else { text.len() },
        );
        let words = "white space or a line end stands round the URL";
        let fix = Fix::body(judge.message, tail, "");
        judge.find_with_fix(&rules::URL_LINE_END, tail, words, fix);
    }
    let start = body.start + lead;
    if let Some(at) = line.iter().position(|byte| matches!(byte, b'\r' | b'\n')) {
        let rest = Span::new(start + at, start + line.len());
        let fix = Fix::body(judge.message, rest, "");
        let words = "the body goes on behind the first line: one URL is read, and no list of them";
        judge.find_with_fix(&rules::URL_LINES, rest, words, fix);
        return url::check(judge, Span::new(start, start + at));
    }
    url::check(judge, Span::new(start, start + line.len()));
}
