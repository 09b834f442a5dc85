//! Owns the findings on what the headers of one message say together.

use super::{judge::Judge, rules};
use crate::message::{HeaderError, HeaderName, StartLine};
use crate::span::Span;
use crate::text::Text;
use crate::typed::{NameAddr, Via};
use alloc::{format, vec::Vec};

const MANDATORY: [HeaderName; 5] =
    [HeaderName::Via, HeaderName::From, HeaderName::To, HeaderName::CallId, HeaderName::CSeq];

pub(super) fn check(judge: &mut Judge<'_, '_>) {
    mandatory(judge);
    repeated(judge);
    cseq(judge);
    tags(judge);
    branch(judge);
    max_forwards(judge);
    require(judge);
    contact(judge);
}

fn is_request(judge: &Judge<'_, '_>) -> bool {
    matches!(judge.message.start_line(), StartLine::Request(_))
}

fn start(judge: &Judge<'_, '_>) -> Span {
    let line = match judge.message.start_line() {
        StartLine::Request(line) => line.line,
        StartLine::Status(line) => line.line,
    };
    judge.message.span_of(line).unwrap_or_default()
}

pub(super) fn method_is(judge: &Judge<'_, '_>, method: &str) -> bool {
    is_request(judge) && judge.message.method().is_some_and(|found| found == method)
}

fn mandatory(judge: &mut Judge<'_, '_>) {
    let span = start(judge);
    for name in MANDATORY {
        if judge.message.header(name).is_none() {
            let long = name.long().unwrap_or_default();
            judge.find(&rules::HEADER_MISSING, span, format!("{long} is missing"));
        }
    }
    if is_request(judge) && judge.message.header(HeaderName::MaxForwards).is_none() {
        judge.find(&rules::MAX_FORWARDS_MISSING, span, "Max-Forwards is missing");
    }
}

fn repeated(judge: &mut Judge<'_, '_>) {
    let mut seen: Vec<HeaderName> = Vec::new();
    for header in judge.message.headers().filter(|header| header.name().is_single()) {
        if seen.contains(&header.name()) {
            let text = format!("{} stands there more than once", header.canonical_name());
            judge.find(&rules::HEADER_REPEATED, header.span(), text);
        }
        seen.push(header.name());
    }
}

fn cseq(judge: &mut Judge<'_, '_>) {
    let Ok(Some(cseq)) = judge.message.cseq() else { return };
    let span = judge.message.span_of(cseq.method).unwrap_or_default();
    match judge.message.start_line() {
        StartLine::Request(line) if line.method != cseq.method => {
            let text = format!("CSeq names {}, the request is {}", cseq.method, line.method);
            judge.find(&rules::CSEQ_METHOD, span, text);
        }
        StartLine::Request(_) | StartLine::Status(_) => {}
    }
    if cseq.number >= 1 << 31 {
        judge.find(&rules::CSEQ_RANGE, span, format!("CSeq {} is not less than 2^31", cseq.number));
    }
}

fn tags(judge: &mut Judge<'_, '_>) {
    let is_untagged = |address: Result<Option<NameAddr<'_>>, HeaderError>| matches!(address, Ok(Some(address)) if address.tag().is_none());
    if is_untagged(judge.message.from()) {
        missing_tag(judge, HeaderName::From);
    }
    let is_final = judge.message.status().is_some_and(|status| status >= 200);
    if is_final && is_untagged(judge.message.to()) {
        missing_tag(judge, HeaderName::To);
    }
}

fn missing_tag(judge: &mut Judge<'_, '_>, name: HeaderName) {
    let span =
        judge.message.header(name).map_or_else(|| start(judge), |header| header.value_span());
    match name {
        HeaderName::From => judge.find(&rules::FROM_TAG_MISSING, span, "From has no tag"),
        _ => judge.find(
            &rules::TO_TAG_MISSING,
            span,
            "To has no tag, so this response makes no dialog",
        ),
    }
}

fn branch(judge: &mut Judge<'_, '_>) {
    let Ok(Some(via)) = judge.message.top_via() else { return };
    let span = via_span(judge, &via);
    match via.branch() {
        None => judge.find(
            &rules::BRANCH_MISSING,
            span,
            "the top Via has no branch: matched by the rules of RFC 2543",
        ),
        Some(branch) if via.transaction_branch().is_none() => {
            let span = judge.message.span_of(branch).unwrap_or(span);
            judge.find(&rules::BRANCH_COOKIE, span, format!("the branch \"{branch}\" is not z9hG4bK and more: matched by the rules of RFC 2543"));
        }
        Some(_) => {}
    }
}

fn via_span(judge: &Judge<'_, '_>, via: &Via<'_>) -> Span {
    let host: Text<'_> = via.sent_by.host.text;
    judge.message.span_of(host).unwrap_or_default()
}

fn max_forwards(judge: &mut Judge<'_, '_>) {
    let Ok(Some(hops)) = judge.message.max_forwards() else { return };
    let span = judge.message.span_of(hops.text).unwrap_or_default();
    match hops.value {
        0 => {
            judge.find(
                &rules::MAX_FORWARDS_ZERO,
                span,
                "Max-Forwards is 0: no proxy forwards this",
            );
        }
        1..=255 => {}
        hops => judge.find(
            &rules::MAX_FORWARDS_RANGE,
            span,
            format!("Max-Forwards {hops} is more than 255"),
        ),
    }
}

fn require(judge: &mut Judge<'_, '_>) {
    let tags: Vec<Text<'_>> =
        judge.message.require().filter_map(Result::ok).map(|tag| tag.text).collect();
    for tag in tags {
        let span = judge.message.span_of(tag).unwrap_or_default();
        judge.find(
            &rules::REQUIRE,
            span,
            format!("Require asks for \"{tag}\": a receiver without it answers 420"),
        );
    }
}

fn contact(judge: &mut Judge<'_, '_>) {
    let subscribes = method_is(judge, "SUBSCRIBE") || method_is(judge, "NOTIFY");
    let accepted = judge.message.status().is_some_and(|status| (200..300).contains(&status))
        && judge.message.method().is_some_and(|method| method == "SUBSCRIBE");
    if (subscribes || accepted) && judge.message.header(HeaderName::Contact).is_none() {
        let span = start(judge);
        judge.find(&rules::CONTACT_MISSING, span, "Contact is missing");
    }
}
