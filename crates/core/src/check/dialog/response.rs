//! Owns the findings on a response beside its request (RFC 3261 §8.2.6.2, RFC 6665 §4.2.1).

use super::super::{Fix, judge::Judge, rules};
use super::whole::Whole;
use super::{Seen, place};
use crate::message::{HeaderName, StartLine};
use crate::span::Span;
use crate::text::Text;
use alloc::{format, vec::Vec};

pub(super) fn check<'a>(judge: &mut Judge<'_, '_>, this: &Seen<'_, 'a>, all: &Whole<'_, '_, 'a>) {
    let Some((request, is_by_branch)) = all.request_of(this) else { return };
    if is_by_branch {
        return cseq(judge, request);
    }
    copies(judge, this, request);
    received(judge, request);
    record_route(judge, request);
    let is_success = this.message.status().is_some_and(|status| (200..300).contains(&status));
    if request.is_request("SUBSCRIBE") && is_success {
        accepted(judge, request);
    }
}

fn cseq(judge: &mut Judge<'_, '_>, request: &Seen<'_, '_>) {
    let (Ok(Some(found)), Some(right)) = (judge.message.cseq(), request.value(HeaderName::CSeq))
    else {
        return;
    };
    let text = format!("CSeq is {} {}, the request's is {right}", found.number, found.method);
    let span = place(judge, HeaderName::CSeq);
    judge.find_with_fix(&rules::RESPONSE_CSEQ, span, text, Fix::new(span, right.to_str()));
}

fn copies(judge: &mut Judge<'_, '_>, this: &Seen<'_, '_>, request: &Seen<'_, '_>) {
    let right = request.value(HeaderName::From);
    if this.value(HeaderName::From) != right {
        let span = place(judge, HeaderName::From);
        let fix = right.map(|right| Fix::new(span, right.to_str()));
        let told = right.unwrap_or_default().unfolded().into_owned();
        let text = format!("From differs from the request's, which is {told}");
        judge.find_with_fix(&rules::RESPONSE_MISMATCH, span, text, fix);
    }
    let is_other = this.to.map(|to| to.uri.text()) != request.to.map(|to| to.uri.text());
    let has_own_tag = request.receiver_tag.is_some() && request.receiver_tag != this.receiver_tag;
    if is_other || has_own_tag {
        let span = place(judge, HeaderName::To);
        let right = request.value(HeaderName::To).unwrap_or_default();
        let text = format!("To differs from the request's, which is {}", right.unfolded());
        judge.find(&rules::RESPONSE_MISMATCH, span, text);
    }
    vias(judge, this, request);
}

fn vias(judge: &mut Judge<'_, '_>, this: &Seen<'_, '_>, request: &Seen<'_, '_>) {
    let span = place(judge, HeaderName::Via);
    if this.branch != request.branch {
        let right = request.branch.zip(this.branch);
        let fix = right.map(|(right, found)| Fix::new(judge.span(found), right.to_str()));
        let [found, right] =
            [this.branch, request.branch].map(|branch| branch.map_or("none".into(), Text::to_str));
        let text = format!("the branch in Via is {found}, the request's is {right}");
        judge.find_with_fix(&rules::RESPONSE_MISMATCH, span, text, fix);
    }
    let (found, sent) = (this.message.vias().count(), request.message.vias().count());
    if found != sent {
        let text = format!(
            "there are {found} Vias, the request has {sent}: the answer does not go the same way back"
        );
        judge.find(&rules::RESPONSE_MISMATCH, span, text);
    }
}

/// RFC 3261 §18.2.1: a name in Via says nothing of where the request came from.
fn received(judge: &mut Judge<'_, '_>, request: &Seen<'_, '_>) {
    let Ok(Some(via)) = judge.message.top_via() else { return };
    let is_name = via.sent_by.host.address.is_none() && request.message.vias().count() == 1;
    let is_told = ["received", "rport"].iter().any(|name| via.params.find(name).is_some());
    if is_name && !is_told {
        let text = format!(
            "Via names {}, and received does not say where the request came from",
            via.sent_by.host.text
        );
        judge.find(&rules::RESPONSE_RECEIVED, judge.span(via.sent_by.host.text), text);
    }
}

/// A response that makes a dialog gives the route back.
fn record_route(judge: &mut Judge<'_, '_>, request: &Seen<'_, '_>) {
    let makes_dialog = ["SUBSCRIBE", "INVITE"].iter().any(|method| request.is_request(method));
    let is_success = judge.message.status().is_some_and(|status| (200..300).contains(&status));
    let values = |message: &crate::Message<'_>| {
        let values = message.record_routes().filter_map(Result::ok);
        values.map(|route| route.uri.text().as_bytes().to_vec()).collect::<Vec<_>>()
    };
    if !makes_dialog || !is_success || values(request.message) == values(judge.message) {
        return;
    }
    let span = match judge.message.header(HeaderName::RecordRoute) {
        Some(header) => header.value_span(),
        None => judge.first_line(),
    };
    let missing = request.value(HeaderName::RecordRoute).filter(|_| span == judge.first_line());
    let fix = missing.map(|route| Fix::header(judge.message, &format!("Record-Route: {route}")));
    let text =
        "Record-Route is not what the request brought: what follows misses the proxies on the way";
    judge.find_with_fix(&rules::RESPONSE_RECORD_ROUTE, span, text, fix);
}

fn accepted(judge: &mut Judge<'_, '_>, request: &Seen<'_, '_>) {
    if let StartLine::Status(line) = judge.message.start_line() {
        if line.status() == Some(202) {
            let span = Span::new(judge.span(line.code).start, judge.span(line.line).end);
            let text =
                "202 is read as 200; RFC 6665 no longer sends it, Grandstream's UCM still does";
            judge.find_with_fix(&rules::RESPONSE_202, span, text, Fix::new(span, "200 OK"));
        }
    }
    expires(judge, request);
    let contact = |seen: &crate::Message<'_>| {
        let uri = seen.contact().ok().flatten()?.uri;
        Some(uri.as_sip()?.host_port.host.text.as_bytes().to_vec())
    };
    if contact(judge.message).is_some() && contact(judge.message) == contact(request.message) {
        let text = "Contact is the phone's own address, as the AudioCodes manual prints it";
        judge.find(&rules::RESPONSE_CONTACT, place(judge, HeaderName::Contact), text);
    }
}

fn expires(judge: &mut Judge<'_, '_>, request: &Seen<'_, '_>) {
    let asked = request.message.expires().ok().flatten().map(|expires| expires.value);
    match judge.message.expires() {
        Ok(None) => {
            let fix = asked.map(|asked| Fix::header(judge.message, &format!("Expires: {asked}")));
            let text = "Expires is missing from the answer to a SUBSCRIBE";
            judge.find_with_fix(
                &rules::RESPONSE_EXPIRES,
                place(judge, HeaderName::CSeq),
                text,
                fix,
            );
        }
        Ok(Some(given)) => {
            let Some(asked) = asked.filter(|asked| given.value > *asked) else { return };
            let text =
                format!("Expires {} is more than the {asked} that were asked for", given.value);
            let span = place(judge, HeaderName::Expires);
            judge.find_with_fix(
                &rules::RESPONSE_EXPIRES,
                span,
                text,
                Fix::new(span, format!("{asked}")),
            );
        }
        Err(_) => {}
    }
}
