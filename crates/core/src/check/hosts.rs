//! Owns the findings on hosts that follow the grammar and still may not mean what they say (RFC 5118).

use super::{Fix, judge::Judge, rules};
use crate::scan::TokenKind;
use crate::span::Span;
use crate::text::Text;
use crate::typed::{Contact, Host, HostPort};
use alloc::format;
use alloc::string::String;
use core::net::Ipv6Addr;

pub(super) fn check(judge: &mut Judge<'_, '_>) {
    let head = judge.message.head_span().slice(judge.message.as_bytes()).unwrap_or_default();
    // Both are about IPv6 references: without a bracket there is none.
    if memchr::memchr(b'[', head).is_some() {
        ports_inside(judge);
        colons(judge);
    }
}

fn ports_inside(judge: &mut Judge<'_, '_>) {
    for host in hosts(judge) {
        let written = host.host.text;
        let Some(meant) = port_inside(&written.to_str()).filter(|_| host.port.is_none()) else {
            continue;
        };
        let text = format!(
            "{written} is an address without a port: if {meant} is meant, the port stands behind the bracket"
        );
        let span = judge.span(written);
        judge.find_with_fix(&rules::IPV6_PORT, span, text, Fix::new(span, meant));
    }
}

/// One colon too many: RFC 3261's own grammar leads to it, so nobody may refuse it (RFC 5118 §4.10). The hosts of all
/// headers are looked at, and only where the bytes are there.
fn colons(judge: &mut Judge<'_, '_>) {
    let head = judge.message.head_span().slice(judge.message.as_bytes()).unwrap_or_default();
    if memchr::memmem::find(head, b":::").is_none() {
        return;
    }
    let tape = judge.message.tape();
    for leaf in tape.leaves().filter(|leaf| leaf.kind == TokenKind::Host) {
        if let Some((written, meant)) = extra_colon(judge, leaf.span) {
            let text = format!("{written} has a colon too many: {meant} is meant");
            judge.find_with_fix(&rules::IPV6_COLONS, leaf.span, text, Fix::new(leaf.span, meant));
        }
    }
}

fn extra_colon<'a>(judge: &Judge<'_, 'a>, span: Span) -> Option<(Text<'a>, String)> {
    let written = span.slice(judge.message.as_bytes())?;
    let (_, host) = Host::grammar(written).ok().filter(|(_, host)| host.has_extra_colon())?;
    Some((host.text, host.text.to_str().replacen(":::", "::", 1)))
}

/// Of Request-URI, top Via, and the first Contact.
fn hosts<'a>(judge: &Judge<'_, 'a>) -> impl Iterator<Item = HostPort<'a>> + use<'a> {
    let contact = judge.kept.contacts.first().and_then(Contact::address).map(|contact| contact.uri);
    let uris = [judge.request_uri.and_then(Result::ok), contact].into_iter().flatten();
    let of_uris = uris.filter_map(|uri| uri.as_sip().map(|uri| uri.host_port));
    judge.kept.via.map(|via| via.sent_by).into_iter().chain(of_uris)
}

/// `[2001:db8::10]:5070` for `[2001:db8::10:5070]`, where the last group looks like a port of SIP.
fn port_inside(host: &str) -> Option<String> {
    let (address, last) = host.strip_prefix('[')?.strip_suffix(']')?.rsplit_once(':')?;
    let is_port = last.parse::<u16>().is_ok_and(|port| (5060..5100).contains(&port));
    (is_port && address.parse::<Ipv6Addr>().is_ok()).then(|| format!("[{address}]:{last}"))
}
