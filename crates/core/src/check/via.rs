//! Owns the findings on Via: the branch, where answers go, and what receivers put in (RFC 3261 §18, RFC 3581).

use super::vendor::sent_by;
use super::{Fix, judge::Judge, rules};
use crate::span::Span;
use crate::typed::{Via, identifies_transaction, received_address};
use alloc::format;
use core::net::IpAddr;

const TRANSPORTS: [&str; 8] = ["UDP", "TCP", "TLS", "SCTP", "TLS-SCTP", "WS", "WSS", "DTLS-UDP"];

pub(super) fn check(judge: &mut Judge<'_, '_>) {
    if judge.request().is_none() {
        broadcast(judge);
    }
    let Some(via) = judge.kept.via else { return };
    branch(judge, &via);
    protocol(judge, &via);
    sent_by_is_reachable(judge, &via);
    if judge.request().is_none() {
        rport(judge);
    }
    received(judge);
    ttl(judge);
}

fn branch(judge: &mut Judge<'_, '_>, via: &Via<'_>) {
    let span = judge.span(via.sent_by.host.text);
    let Some(branch) = judge.kept.via_params.value("branch").map(|branch| branch.text) else {
        let is_snom = judge.request().is_some() && sent_by(judge, "snom");
        let (rule, text) = if is_snom {
            (
                &rules::SNOM_BRANCH,
                "the top Via has no branch, as snom phones send it: repeats are matched by the rules of RFC 2543",
            )
        } else {
            (&rules::BRANCH_MISSING, "the top Via has no branch: matched by the rules of RFC 2543")
        };
        return judge.find(rule, span, text);
    };
    if identifies_transaction(branch) {
        return;
    }
    let span = judge.span(branch);
    let text = format!(
        "the branch \"{branch}\" is not z9hG4bK and more: matched by the rules of RFC 2543"
    );
    // What stands behind the cookie cannot be invented here.
    let fix = (!branch.is("z9hG4bK")).then(|| Fix::new(Span::at(span.start), "z9hG4bK"));
    judge.find_with_fix(&rules::BRANCH_COOKIE, span, text, fix);
}

fn protocol(judge: &mut Judge<'_, '_>, via: &Via<'_>) {
    if !via.protocol.is("SIP") || via.version != "2.0" {
        let span = Span::new(judge.span(via.protocol).start, judge.span(via.version).end);
        let text = format!("Via is of {}/{}, not SIP/2.0", via.protocol, via.version);
        judge.find_with_fix(&rules::VIA_PROTOCOL, span, text, Fix::new(span, "SIP/2.0"));
    }
    if !TRANSPORTS.iter().any(|known| via.transport.is(known)) {
        let text = format!("{} is no transport that is known here", via.transport);
        judge.find(&rules::VIA_TRANSPORT, judge.span(via.transport), text);
    }
}

fn sent_by_is_reachable(judge: &mut Judge<'_, '_>, via: &Via<'_>) {
    let host = via.sent_by.host;
    if host.address.is_some_and(|address| address.is_unspecified()) || via.sent_by.port == Some(0) {
        let port = via.sent_by.port.map(|port| format!(":{port}")).unwrap_or_default();
        let text = format!("no answer can be sent to {}{port}, which the top Via names", host.text);
        judge.find(&rules::VIA_UNSPECIFIED, judge.span(host.text), text);
    }
}

/// A response goes back from hop to hop: one that names everybody must not be sent on.
fn broadcast(judge: &mut Judge<'_, '_>) {
    let everybody = |address: IpAddr| match address {
        IpAddr::V4(address) => address.is_broadcast() || address.is_multicast(),
        IpAddr::V6(address) => address.is_multicast(),
    };
    let vias = judge.message.vias().filter_map(Result::ok).map(|via| via.sent_by.host);
    let hit = vias.filter(|host| host.address.is_some_and(everybody)).map(|host| host.text).next();
    if let Some(host) = hit {
        let text = format!("a Via names {host}: a response is never sent to everybody");
        judge.find(&rules::VIA_BROADCAST, judge.span(host), text);
    }
}

fn rport(judge: &mut Judge<'_, '_>) {
    let Some(rport) = judge.kept.via_params.find("rport") else { return };
    let span = judge.span(rport.name);
    if rport.value.is_none() {
        let text =
            "rport came back empty: the receiver did not write the port that the request came from";
        judge.find(&rules::RPORT_UNFILLED, span, text);
    } else if judge.kept.via_params.find("received").is_none() {
        let text = "rport is filled, but the address that belongs to it (received) is missing";
        judge.find(&rules::RECEIVED_MISSING, span, text);
    }
}

fn received(judge: &mut Judge<'_, '_>) {
    let Some(value) = judge.kept.via_params.value("received") else { return };
    let span = judge.span(value.text);
    let written = value.text.to_str();
    let inner = written.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    match (received_address(&value.to_str()), inner) {
        (Some(_), Some(bare)) => {
            let text = format!("received {written} stands in brackets");
            judge.find_with_fix(&rules::RECEIVED_BRACKETS, span, text, Fix::new(span, bare));
        }
        (Some(_), None) => {}
        (None, _) => {
            let text = format!("received \"{written}\" is no IP address");
            judge.find(&rules::RECEIVED_ADDRESS, span, text);
        }
    }
}

fn ttl(judge: &mut Judge<'_, '_>) {
    let Some(ttl) = judge.kept.via_params.value("ttl") else { return };
    if ttl.to_str().parse::<u8>().is_err() {
        let span = judge.span(ttl.text);
        let text = format!("ttl {} is not a number from 0 to 255", ttl.text);
        judge.find_with_fix(&rules::VIA_TTL, span, text, Fix::new(span, "1"));
    }
}
