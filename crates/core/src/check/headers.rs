//! Owns the findings on what the headers of one message say together: which are there, how often, and the numbers
//! that RFC 3261 counts by.

use super::{Fix, judge::Judge, rules};
use crate::message::{Header, HeaderName};
use crate::span::Span;
use crate::syntax::is_token;
use crate::text::Text;
use alloc::format;

const MANDATORY: [HeaderName; 5] =
    [HeaderName::Via, HeaderName::From, HeaderName::To, HeaderName::CallId, HeaderName::CSeq];

pub(super) fn check(judge: &mut Judge<'_, '_>) {
    mandatory(judge);
    cseq(judge);
    max_forwards(judge);
    refusal(judge);
}

fn mandatory(judge: &mut Judge<'_, '_>) {
    let span = judge.first_line();
    for name in MANDATORY {
        if !judge.kept.has_met(name) {
            let long = name.long().unwrap_or_default();
            judge.find(&rules::HEADER_MISSING, span, format!("{long} is missing"));
        }
    }
    let is_missing = !judge.kept.has_met(HeaderName::MaxForwards);
    if judge.request().is_some() && is_missing {
        let fix = Fix::header(judge.message, "Max-Forwards: 70");
        judge.find_with_fix(&rules::MAX_FORWARDS_MISSING, span, "Max-Forwards is missing", fix);
    }
}

/// Where both say the same, the second can go. Two lengths are `content_length`'s.
#[inline(never)]
pub(super) fn repeated(judge: &mut Judge<'_, '_>, header: &Header<'_>) {
    let first = judge.message.header(header.name());
    let is_copy = first.is_some_and(|first| first.value() == header.value());
    if header.name() == HeaderName::ContentLength && !is_copy {
        return;
    }
    let text = format!("{} stands there more than once", header.canonical_name());
    let fix = is_copy.then(|| Fix::new(header.line_span(), ""));
    judge.find_with_fix(&rules::HEADER_REPEATED, header.span(), text, fix);
}

/// A header that nobody knows and that is one slip away from one that everybody knows.
pub(super) fn misspelt(judge: &mut Judge<'_, '_>, header: &Header<'_>) {
    let name = header.raw_name().as_bytes();
    let near = |known: &HeaderName| known.long().is_some_and(|long| is_slip(name, long.as_bytes()));
    if let Some(meant) = HeaderName::all().find(near).and_then(HeaderName::long) {
        let span = header.name_span();
        let text = format!("no header is called {}: is it {meant}?", header.raw_name());
        judge.find_with_fix(&rules::HEADER_MISSPELT, span, text, Fix::new(span, meant));
    }
}

/// Whether one letter was left out, put in, or changed, or two were swapped, in a name of five letters or more.
fn is_slip(written: &[u8], meant: &[u8]) -> bool {
    if written.len() < 5 || written.len().abs_diff(meant.len()) > 1 {
        return false;
    }
    let same = |(a, b): &(&u8, &u8)| a.eq_ignore_ascii_case(b);
    let front = written.iter().zip(meant).take_while(same).count();
    let (a, b) = (&written[front..], &meant[front..]);
    let ends = |a: &[u8], b: &[u8]| a.eq_ignore_ascii_case(b);
    match (a, b) {
        ([_, a @ ..], [_, b @ ..]) if ends(a, b) => true,
        ([a1, a2, a @ ..], [b1, b2, b @ ..]) if ends(&[*a2, *a1], &[*b1, *b2]) => ends(a, b),
        ([_, rest @ ..], b) if ends(rest, b) => true,
        (a, [_, rest @ ..]) => ends(a, rest),
        _ => false,
    }
}

/// What is no token is found in the first line.
fn is_method(method: Text<'_>) -> bool {
    method.as_bytes().iter().all(|byte| is_token(*byte))
}

fn cseq(judge: &mut Judge<'_, '_>) {
    let Some(cseq) = judge.kept.cseq else { return };
    let span = judge.span(cseq.method);
    match judge.request() {
        Some(method) if method != cseq.method && is_method(method) => {
            let text = format!("CSeq names {}, the request is {method}", cseq.method);
            let fix = Fix::new(span, method.to_str());
            judge.find_with_fix(&rules::CSEQ_METHOD, span, text, fix);
        }
        Some(_) | None => {}
    }
    if cseq.number >= 1 << 31 {
        judge.find(&rules::CSEQ_RANGE, span, format!("CSeq {} is not less than 2^31", cseq.number));
    }
}

fn max_forwards(judge: &mut Judge<'_, '_>) {
    let Some(hops) = judge.kept.max_forwards else { return };
    let span = judge.span(hops.text);
    match hops.value {
        0 => {
            judge.find(
                &rules::MAX_FORWARDS_ZERO,
                span,
                "Max-Forwards is 0: no proxy forwards this",
            );
        }
        1..=255 => {}
        hops => {
            let text = format!("Max-Forwards {hops} is more than 255");
            judge.find_with_fix(&rules::MAX_FORWARDS_RANGE, span, text, Fix::new(span, "70"));
        }
    }
}

/// Status, and the header that it must come with (RFC 3261 §21.4, RFC 6665 §8.3.2).
const REFUSALS: [(u16, HeaderName, &str); 6] = [
    (401, HeaderName::WwwAuthenticate, "which login is asked for"),
    (405, HeaderName::Allow, "which methods are taken"),
    (407, HeaderName::ProxyAuthenticate, "which login is asked for"),
    (420, HeaderName::Unsupported, "which extensions are not understood"),
    (423, HeaderName::MinExpires, "how long is long enough"),
    (489, HeaderName::AllowEvents, "which packages are served"),
];

fn refusal(judge: &mut Judge<'_, '_>) {
    let Some(status) = judge.message.status() else { return };
    let Some((_, name, what)) = REFUSALS.iter().find(|(known, ..)| *known == status) else {
        return;
    };
    if judge.message.header(*name).is_none() {
        let span: Span = judge.first_line();
        let long = name.long().unwrap_or_default();
        let text = format!("this {status} does not say {what}: {long} is missing");
        judge.find(&rules::RESPONSE_HEADER_MISSING, span, text);
    }
}
