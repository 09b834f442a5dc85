//! Owns the findings on what single vendors do: known habits of phones, told so that nobody hunts for them. What they
//! leave out (a branch, a tag, the vendor) is found where it is missing, and asks here who sent the message.

use super::{Fix, judge::Judge, rules};
use crate::message::HeaderName;
use crate::pnp::{Mac, vendor_of};
use crate::span::Span;
use crate::text::Text;
use crate::typed::{Product, Uri};
use alloc::format;

/// Whether the message is a phone's question for its URL, and the phone is one of `vendor`'s.
pub(super) fn sent_by(judge: &Judge<'_, '_>, vendor: &str) -> bool {
    let is_asking = judge.requests("SUBSCRIBE")
        && judge.kept.event.is_some_and(|event| event.package == "ua-profile");
    let said = || {
        let params = &judge.kept.event_params;
        params.value("vendor").or_else(|| params.value("vender"))
    };
    is_asking && vendor_of(judge.message, said(), judge.kept.user_agent).as_deref() == Some(vendor)
}

pub(super) fn check(judge: &mut Judge<'_, '_>) {
    let is_asking = judge.requests("SUBSCRIBE")
        && judge.kept.event.is_some_and(|event| event.package == "ua-profile");
    if is_asking {
        event_space(judge);
        user(judge);
        user_agent(judge);
    } else if judge.requests("NOTIFY") {
        content_type(judge);
    }
}

/// Grandstream GRP phones answer 200 to this type and fetch nothing.
fn content_type(judge: &mut Judge<'_, '_>) {
    let Some(kind) = judge.kept.content_type else { return };
    if kind.is("application", "x-gs-ucm-url") {
        let span = Span::new(judge.span(kind.kind).start, judge.span(kind.subtype).end);
        let text = "the body is application/x-gs-ucm-url, as Grandstream's UCM sends it: GRP phones answer 200 and fetch nothing";
        let fix = Fix::new(span, "application/url");
        judge.find_with_fix(&rules::GRANDSTREAM_TYPE, span, text, fix);
    }
}

fn event_space(judge: &mut Judge<'_, '_>) {
    let Some(header) = judge.message.header(HeaderName::Event) else { return };
    let (name, value) = (header.name_span(), header.value_span());
    if value.start == name.end + 1 {
        let text = "no space stands behind \"Event:\", as PLANET phones write it: legal, but some servers stumble";
        let fix = Fix::new(Span::at(value.start), " ");
        judge.find_with_fix(&rules::EVENT_SPACE, header.span(), text, fix);
    }
}

/// What phones put before their hardware address in a user part; the longer first.
const PREFIXES: [(&str, &str); 6] = [
    ("MAC%3a", "as snom and Grandstream write it"),
    ("MAC:", "with the colon as it is"),
    ("MAC=", "as PLANET writes it"),
    ("MAC-", "with a hyphen"),
    ("MAC_", "with an underscore"),
    ("MAC", "without anything between, as older Yealinks write it"),
];

fn user(judge: &mut Judge<'_, '_>) {
    let uris = [judge.request_uri.and_then(Result::ok), judge.kept.from.map(|from| from.uri)];
    let mut users = uris.into_iter().flatten().filter_map(|uri| match uri {
        Uri::Sip(uri) => uri.user,
        Uri::Other(_) => None,
    });
    let told = users.find_map(|user| Some((user, told_by(user)?)));
    if let Some((user, habit)) = told {
        let text = format!(
            "the user {user} is the phone's hardware address, {habit}; RFC 6080 asks for a UUID"
        );
        judge.find(&rules::USER_MAC, judge.span(user), text);
    }
}

/// How the hardware address is written in `user`; `None` where there is none.
fn told_by(user: Text<'_>) -> Option<&'static str> {
    let bytes = user.as_bytes();
    let (prefix, habit) = PREFIXES.iter().find(|(prefix, _)| {
        bytes.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix.as_bytes()))
    })?;
    Mac::parse(&bytes[prefix.len()..]).ok().map(|_| *habit)
}

fn user_agent(judge: &mut Judge<'_, '_>) {
    let Some(agent) = judge.kept.user_agent else { return };
    let named = agent.products().filter_map(|product| match product {
        Product::Named { name, .. } => Some(name),
        Product::Comment(_) => None,
    });
    if let Some(mac) = named.filter(|name| Mac::parse(name.as_bytes()).is_ok()).last() {
        let text = format!("User-Agent names this one device by its hardware address, {mac}");
        judge.find(&rules::USER_AGENT_MAC, judge.span(mac), text);
    }
}
