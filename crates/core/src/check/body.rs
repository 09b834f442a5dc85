//! Owns the findings on the body: its type, and that an `application/url` one is one URL and nothing else. The URL
//! itself is `url`'s.

use super::{Fix, capabilities, judge::Judge, rules, url};
use crate::span::Span;

pub(super) fn check(judge: &mut Judge<'_, '_>) {
    capabilities::content_type(judge);
    if judge.kept.content_type.is_some_and(|kind| kind.is("application", "url")) {
        only_a_url(judge, judge.message.body_span());
    }
}

fn only_a_url(judge: &mut Judge<'_, '_>, body: Span) {
    let text = judge.message.body().as_bytes();
    let line = text.trim_ascii();
    if line.is_empty() {
        return judge.find(&rules::URL_EMPTY, body, "there is no URL in the body");
    }
    let start = body.end - text.trim_ascii_start().len();
    let whole = Span::new(start, start + line.len());
    let margins = [Span::new(body.start, whole.start), Span::new(whole.end, body.end)];
    if let Some(margin) = margins.into_iter().find(|margin| !margin.is_empty()) {
        let words = "white space or a line end stands round the URL";
        let fix = Fix::body(judge.message, margin, "");
        judge.find_with_fix(&rules::URL_LINE_END, margin, words, fix);
    }
    let end = line.iter().position(|byte| matches!(byte, b'\r' | b'\n'));
    let first = Span::new(start, start + end.unwrap_or(line.len()));
    if first != whole {
        let rest = Span::new(first.end, whole.end);
        let fix = Fix::body(judge.message, rest, "");
        let words = "the body goes on behind the first line: one URL is read, and no list of them";
        judge.find_with_fix(&rules::URL_LINES, rest, words, fix);
    }
    url::check(judge, first);
}
