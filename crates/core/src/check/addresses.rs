//! Owns the findings on From, To and Contact: their tags, their URIs, and how many there are.

use super::vendor::sent_by;
use super::{Fix, judge::Judge, rules};
use crate::message::{HeaderName, StartLine};
use crate::span::Span;
use crate::syntax::{Param, ParamList};
use crate::text::Text;
use crate::typed::{Contact, NameAddr};
use alloc::format;
use smallvec::SmallVec;

pub(super) fn check(judge: &mut Judge<'_, '_>) {
    tags(judge);
    contact(judge);
    if let Some(from) = judge.kept.from {
        address(judge, "From", &from);
    }
    if let Some(to) = judge.kept.to {
        address(judge, "To", &to);
    }
    for index in 0..judge.kept.contacts.len() {
        if let Contact::Address(read) = judge.kept.contacts[index] {
            address(judge, "Contact", &read);
        }
    }
    let (via, event) = (repeated(&judge.kept.via_params), repeated(&judge.kept.event_params));
    repetitions(judge, "Via", &via);
    repetitions(judge, "Event", &event);
}

fn address(judge: &mut Judge<'_, '_>, name: &'static str, address: &NameAddr<'_>) {
    uri(judge, name, address);
    // One parameter is not there twice, and most addresses have none.
    let params = address.params.text().as_bytes();
    if !params.is_empty() && memchr::memchr(b';', &params[1..]).is_some() {
        repetitions(judge, name, &repeated(&ParamList::of(address.params)));
    }
}

fn tags(judge: &mut Judge<'_, '_>) {
    if judge.kept.from.as_ref().is_some_and(|from| from.tag().is_none()) {
        let is_planet = judge.request().is_some() && sent_by(judge, "planet");
        let (rule, text) = if is_planet {
            (&rules::PLANET_FROM_TAG, "From has no tag, as PLANET phones send it")
        } else {
            (&rules::FROM_TAG_MISSING, "From has no tag")
        };
        judge.find(rule, value(judge, HeaderName::From), text);
    }
    let is_final = judge.message.status().is_some_and(|status| status >= 200);
    if is_final && judge.kept.to.as_ref().is_some_and(|to| to.tag().is_none()) {
        let text = "To has no tag, so this response makes no dialog";
        judge.find(&rules::TO_TAG_MISSING, value(judge, HeaderName::To), text);
    }
}

fn value(judge: &Judge<'_, '_>, name: HeaderName) -> Span {
    judge.message.header(name).map_or_else(|| judge.first_line(), |header| header.value_span())
}

fn makes_dialog(judge: &Judge<'_, '_>) -> bool {
    ["SUBSCRIBE", "NOTIFY", "INVITE"].iter().any(|method| judge.requests(method))
}

fn contact(judge: &mut Judge<'_, '_>) {
    let accepted = judge.message.status().is_some_and(|status| (200..300).contains(&status))
        && judge
            .kept
            .cseq
            .is_some_and(|cseq| cseq.method == "SUBSCRIBE" || cseq.method == "INVITE");
    if (makes_dialog(judge) || accepted) && !judge.kept.has_met(HeaderName::Contact) {
        judge.find(&rules::CONTACT_MISSING, judge.first_line(), "Contact is missing");
    }
    if judge.kept.contacts.contains(&Contact::Any) && !is_registration(judge) {
        star(judge);
    }
    let contacts = &judge.kept.contacts;
    if let Some(Contact::Address(second)) = contacts.get(1).copied() {
        if makes_dialog(judge) {
            let count = contacts.len();
            let text = format!("there are {count} Contacts: which one is the sender's?");
            judge.find(&rules::CONTACT_SEVERAL, judge.span(second.uri.text()), text);
        }
    }
}

/// A `*` that is not one address among others.
fn star(judge: &mut Judge<'_, '_>) {
    let mut contacts = judge.message.headers_named(HeaderName::Contact);
    if let Some(any) = contacts.find(|header| header.value() == "*") {
        let text = "Contact is *: that means every address, and only a REGISTER can take them back";
        judge.find(&rules::CONTACT_STAR, any.value_span(), text);
    }
}

fn is_registration(judge: &Judge<'_, '_>) -> bool {
    match judge.message.start_line() {
        StartLine::Request(line) => line.method == "REGISTER",
        StartLine::Status(_) => judge.kept.cseq.is_some_and(|cseq| cseq.method == "REGISTER"),
    }
}

fn uri(judge: &mut Judge<'_, '_>, name: &'static str, address: &NameAddr<'_>) {
    let Some(sip) = address.uri.as_sip() else {
        if name == "Contact" && (makes_dialog(judge) || judge.requests("REGISTER")) {
            let text = format!("nobody can send SIP to the Contact {}", address.uri.text());
            judge.find(&rules::CONTACT_SCHEME, judge.span(address.uri.scheme()), text);
        }
        return;
    };
    if let Some(password) = sip.password {
        let text = format!("the URI in {name} carries a password for everyone to read");
        let span = judge.span(password);
        let fix = Fix::new(Span::new(span.start - 1, span.end), "");
        judge.find_with_fix(&rules::URI_PASSWORD, span, text, fix);
    }
    // A registered Contact may carry some (RFC 3261 §19.1.1, table 1).
    if let Some(headers) = sip.headers.filter(|_| name != "Contact" || makes_dialog(judge)) {
        let text =
            format!("the URI in {name} carries headers (?{headers}), which do not belong there");
        let span = judge.span(headers);
        let fix = Fix::new(Span::new(span.start - 1, span.end), "");
        judge.find_with_fix(&rules::URI_HEADERS, span, text, fix);
    }
}

/// The parameters whose names stand there before. Of a list longer than that nobody asks.
fn repeated<'a>(params: &ParamList<'a>) -> SmallVec<[Text<'a>; 1]> {
    let names = |count: usize| params.iter().take(count).map(|param| param.name.as_bytes());
    let is_again = |(index, param): &(usize, Param<'_>)| {
        names(*index).any(|name| name.eq_ignore_ascii_case(param.name.as_bytes()))
    };
    let again = params.iter().take(MOST_PARAMETERS).enumerate().filter(is_again);
    again.map(|(_, param)| param.name).collect()
}

fn repetitions(judge: &mut Judge<'_, '_>, header: &'static str, names: &[Text<'_>]) {
    for name in names {
        let text = format!("{name} stands in {header} twice");
        judge.find(&rules::PARAMETER_REPEATED, judge.span(*name), text);
    }
}

const MOST_PARAMETERS: usize = 32;
