//! Owns the findings on a NOTIFY as a request of the dialog that its SUBSCRIBE made (RFC 3261 §12.2, RFC 6665 §4).
//! What it tells is `told`'s.

use super::super::{Fix, judge::Judge, rules};
use super::before::Before;
use super::requests::names_addressee;
use super::whole::{Call, Whole};
use super::{Seen, place, told};
use crate::message::HeaderName;
use crate::span::Span;
use alloc::format;

pub(super) fn check<'a>(
    judge: &mut Judge<'_, '_>,
    this: &Seen<'_, 'a>,
    all: &Whole<'_, '_, 'a>,
    before: &Before<'a>,
) {
    foreign_via(judge, this);
    let subscribe = all.subscribe(this);
    tags(judge, this, subscribe);
    cseq(judge, this, before);
    let (Some(subscribe), Some(call)) = (subscribe, all.call(this)) else {
        return call_id(judge, this, all);
    };
    target(judge, subscribe);
    contact(judge, subscribe);
    from_tag(judge, this, all, subscribe);
    route(judge, subscribe, call);
    told::check(judge, subscribe, call);
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
fn from_tag<'a>(
    judge: &mut Judge<'_, '_>,
    this: &Seen<'_, 'a>,
    all: &Whole<'_, '_, 'a>,
    subscribe: &Seen<'_, 'a>,
) {
    let Some(found) = this.sender_tag.filter(|tag| Some(*tag) != subscribe.sender_tag) else {
        return;
    };
    let given = all.call(this).and_then(|call| call.tag);
    let Some(first) = given.filter(|_| !all.is_given(this, found)) else { return };
    let text = format!("the tag in From is {found}, the 200 put {first} into To");
    let span = judge.span(found);
    judge.find_with_fix(&rules::DIALOG_FROM_TAG, span, text, Fix::new(span, first.to_str()));
}

/// A NOTIFY that goes to a phone that asked, but under another Call-ID.
fn call_id<'a>(judge: &mut Judge<'_, '_>, this: &Seen<'_, 'a>, all: &Whole<'_, '_, 'a>) {
    let uri = this.message.request_uri();
    let Some(phone) = uri.as_ref().and_then(|uri| uri.as_sip()) else { return };
    let asked = all.subscribe_from(phone.host_port.host.text);
    let Some(right) = asked.and_then(|asked| asked.call_id) else { return };
    let text = format!(
        "Call-ID is not the {right} of the SUBSCRIBE: only Fanvil and some Grandstream phones take it"
    );
    let span = place(judge, HeaderName::CallId);
    judge.find_with_fix(&rules::DIALOG_CALL_ID, span, text, Fix::new(span, right.to_str()));
}

/// A later NOTIFY of the same sender counts on; a repeat is the same request again.
fn cseq<'a>(judge: &mut Judge<'_, '_>, this: &Seen<'_, 'a>, before: &Before<'a>) {
    let Some(cseq) = this.cseq else { return };
    let highest = before.highest_notify(this);
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
fn route(judge: &mut Judge<'_, '_>, subscribe: &Seen<'_, '_>, call: &Call<'_>) {
    let recorded = subscribe.value(HeaderName::RecordRoute);
    let Some(route) = recorded.or(call.record_route) else { return };
    if judge.message.header(HeaderName::Route).is_none() {
        let text = format!("Route is missing: the proxy {route} wants to see what follows");
        let fix = Fix::header(judge.message, &format!("Route: {route}"));
        judge.find_with_fix(&rules::DIALOG_ROUTE, judge.first_line(), text, fix);
    }
}
