//! Owns the findings on a NOTIFY as a request of the dialog that its SUBSCRIBE made (RFC 3261 §12.2, RFC 6665 §4).
//! What it tells is `told`'s.

use super::super::{Fix, judge::Judge, rules};
use super::requests::names_addressee;
use super::{Seen, place, told};
use crate::message::HeaderName;
use crate::span::Span;
use crate::text::Text;
use alloc::format;

pub(super) fn check(
    judge: &mut Judge<'_, '_>,
    this: &Seen<'_, '_>,
    all: &[Seen<'_, '_>],
    index: usize,
) {
    foreign_via(judge, this);
    let subscribe = all.iter().find(|other| other.is_request("SUBSCRIBE") && other.is_with(this));
    tags(judge, this, subscribe);
    cseq(judge, this, &all[..index]);
    let Some(subscribe) = subscribe else { return call_id(judge, this, all) };
    target(judge, subscribe);
    contact(judge, subscribe);
    from_tag(judge, this, all, subscribe);
    route(judge, subscribe, all);
    told::check(judge, subscribe, all);
}

/// In the manual's form the Via of a NOTIFY names the phone itself, so its 200 goes nowhere.
fn foreign_via(judge: &mut Judge<'_, '_>, this: &Seen<'_, '_>) {
    let Some(via) = judge.message.top_via().ok().flatten().filter(|_| names_addressee(this)) else {
        return;
    };
    let host = via.sent_by.host.text;
    let text = format!(
        "Via names the addressee {host} itself, as the AudioCodes manual prints it: its 200 may never arrive"
    );
    judge.find(&rules::DIALOG_VIA, judge.span(host), text);
}

fn tags(judge: &mut Judge<'_, '_>, this: &Seen<'_, '_>, subscribe: Option<&Seen<'_, '_>>) {
    let Some(to) = this.to else { return };
    let phone = subscribe.and_then(|subscribe| subscribe.sender_tag);
    let span = place(judge, HeaderName::To);
    if phone.is_some() && this.sender_tag == phone {
        let text = "From and To stand as in the SUBSCRIBE, not swapped, as the AudioCodes manual prints it";
        return judge.find(&rules::DIALOG_NOT_SWAPPED, place(judge, HeaderName::From), text);
    }
    match (to.tag(), phone) {
        (None, _) => {
            // Only the SUBSCRIBE tells the tag: without it none can be invented.
            let fix = phone.map(|tag| Fix::new(Span::at(span.end), format!(";tag={tag}")));
            let text = "To has no tag: a strict phone answers 481";
            judge.find_with_fix(&rules::DIALOG_TO_TAG, span, text, fix);
        }
        (Some(found), Some(tag)) if found != tag => {
            let text = format!(
                "the tag in To is {found}, the phone's is {tag}: a strict phone answers 481"
            );
            let place = judge.span(found);
            judge.find_with_fix(
                &rules::DIALOG_TO_TAG_DIFFERS,
                place,
                text,
                Fix::new(place, tag.to_str()),
            );
        }
        (Some(_), _) => {}
    }
}

/// The notifier's tag is the one of the 200; a dialog of the phone's own form (not swapped) was told already.
fn from_tag(
    judge: &mut Judge<'_, '_>,
    this: &Seen<'_, '_>,
    all: &[Seen<'_, '_>],
    subscribe: &Seen<'_, '_>,
) {
    let given: alloc::vec::Vec<Text<'_>> =
        accepted(subscribe, all).filter_map(|answer| answer.receiver_tag).collect();
    let Some(found) = this.sender_tag.filter(|tag| Some(*tag) != subscribe.sender_tag) else {
        return;
    };
    let Some(first) = given.first().filter(|_| !given.contains(&found)) else { return };
    let text = format!("the tag in From is {found}, the 200 put {first} into To");
    let span = judge.span(found);
    judge.find_with_fix(&rules::DIALOG_FROM_TAG, span, text, Fix::new(span, first.to_str()));
}

/// The answers that accepted the subscription.
pub(super) fn accepted<'s, 'm, 'a>(
    subscribe: &'s Seen<'m, 'a>,
    all: &'s [Seen<'m, 'a>],
) -> impl Iterator<Item = &'s Seen<'m, 'a>> {
    all.iter().filter(move |other| {
        let is_success = other.message.status().is_some_and(|status| (200..300).contains(&status));
        is_success
            && other.is_with(subscribe)
            && other.cseq.is_some_and(|cseq| cseq.method == "SUBSCRIBE")
    })
}

/// A NOTIFY that goes to a phone that asked, but under another Call-ID.
fn call_id(judge: &mut Judge<'_, '_>, this: &Seen<'_, '_>, all: &[Seen<'_, '_>]) {
    let host = |uri: Option<crate::typed::Uri<'_>>| {
        uri?.as_sip().map(|uri| uri.host_port.host.text.as_bytes().to_vec())
    };
    let Some(phone) = host(this.message.request_uri()) else { return };
    let asked = all.iter().filter(|other| other.is_request("SUBSCRIBE")).find(|other| {
        let contact = other.message.contact().ok().flatten().map(|contact| contact.uri);
        host(contact).is_some_and(|host| host == phone)
    });
    let Some(right) = asked.and_then(|asked| asked.call_id) else { return };
    let text = format!(
        "Call-ID is not the {right} of the SUBSCRIBE: only Fanvil and some Grandstream phones take it"
    );
    let span = place(judge, HeaderName::CallId);
    judge.find_with_fix(&rules::DIALOG_CALL_ID, span, text, Fix::new(span, right.to_str()));
}

/// A later NOTIFY of the same sender counts on; a repeat is the same request again.
fn cseq(judge: &mut Judge<'_, '_>, this: &Seen<'_, '_>, before: &[Seen<'_, '_>]) {
    let Some(cseq) = this.cseq else { return };
    let is_earlier = |other: &&Seen<'_, '_>| {
        other.is_request("NOTIFY")
            && other.is_with(this)
            && other.sender_tag == this.sender_tag
            && other.branch != this.branch
    };
    let highest =
        before.iter().filter(is_earlier).filter_map(|other| other.cseq).map(|c| c.number).max();
    if let Some(highest) = highest.filter(|highest| cseq.number <= *highest) {
        let header = place(judge, HeaderName::CSeq);
        let text = format!("CSeq {} does not count on from {highest}", cseq.number);
        let fixed = Fix::new(header, format!("{} {}", highest.saturating_add(1), cseq.method));
        judge.find_with_fix(&rules::DIALOG_CSEQ, header, text, fixed);
    }
}

fn target(judge: &mut Judge<'_, '_>, subscribe: &Seen<'_, '_>) {
    let Ok(Some(contact)) = subscribe.message.contact() else { return };
    let right = contact.uri.text();
    let Some(found) = judge.message.request_uri().map(|uri| uri.text()) else { return };
    let span = judge.span(found);
    if found != right && judge.message.header(HeaderName::Route).is_none() {
        let text = format!("the Request-URI is {found}, the phone's Contact is {right}");
        judge.find_with_fix(&rules::DIALOG_TARGET, span, text, Fix::new(span, right.to_str()));
    }
}

/// In the manual's form the Contact is the phone's, too.
fn contact(judge: &mut Judge<'_, '_>, subscribe: &Seen<'_, '_>) {
    let host = |message: &crate::Message<'_>| {
        let uri = message.contact().ok().flatten()?.uri;
        let place = uri.as_sip()?.host_port;
        Some((place.host.text.as_bytes().to_vec(), place.port))
    };
    let own = host(judge.message);
    if own.is_some() && own == host(subscribe.message) {
        let text =
            "Contact is the phone's own address: it cannot ask the server anything in this dialog";
        judge.find(&rules::DIALOG_CONTACT, place(judge, HeaderName::Contact), text);
    }
}

/// The notifier's route set is the SUBSCRIBE's Record-Route, in its order.
fn route(judge: &mut Judge<'_, '_>, subscribe: &Seen<'_, '_>, all: &[Seen<'_, '_>]) {
    let recorded = subscribe.value(HeaderName::RecordRoute);
    let in_answer =
        || accepted(subscribe, all).find_map(|answer| answer.value(HeaderName::RecordRoute));
    let Some(route) = recorded.or_else(in_answer) else { return };
    if judge.message.header(HeaderName::Route).is_none() {
        let text = format!("Route is missing: the proxy {route} wants to see what follows");
        let fix = Fix::header(judge.message, &format!("Route: {route}"));
        judge.find_with_fix(&rules::DIALOG_ROUTE, judge.first_line(), text, fix);
    }
}
