//! Owns the words for Via: who sent a message by which way, and where its answer goes.

use super::host;
use super::note::{Note, Said, note, row};
use super::place::{Place, spot};
use super::role::Role;
use crate::scan::TokenKind;
use crate::text::Text;

const PROTOCOL: Note =
    note("Via protocol", "{} is the protocol of this hop; it is always SIP.", 3261, "20.42");
const VERSION: Note = note(
    "Via version",
    "{} is the version of SIP on this hop; 2.0 is the only one in use.",
    3261,
    "20.42",
);
const TRANSPORT: Note =
    note("Via transport", "{} is a transport that is not known here.", 3261, "18");
const TRANSPORTS: &[(&str, Note)] = &[
    (
        "UDP",
        note(
            "Via transport",
            "{}: each message is one datagram, may get lost, and is repeated until it is answered.",
            3261,
            "18",
        ),
    ),
    (
        "TCP",
        note(
            "Via transport",
            "{}: the message came over a connection, and its answer goes back over it.",
            3261,
            "18",
        ),
    ),
    (
        "TLS",
        note("Via transport", "{}: the message came over an encrypted connection.", 3261, "26.2.1"),
    ),
    ("SCTP", note("Via transport", "{}: the message came over an SCTP association.", 4168, "4")),
    ("WS", note("Via transport", "{}: the message came over a WebSocket.", 7118, "5")),
    ("WSS", note("Via transport", "{}: the message came over an encrypted WebSocket.", 7118, "5")),
];

const OLDER_HOP: &str =
    "{} is an earlier hop of the message; its answer passes it on the way back.";
const RESPONSE: &str = "{} is copied from the request: the answer travels back there.";
const PHONE: &str = "The phone gives {} as its address. The 200 goes there, unless rport or received say otherwise.";
const NOT_THE_SERVERS: &str = "{} is the phone to which the NOTIFY goes, so this Via is a copy of the phone's own and the phone's 200 may never reach the server. The AudioCodes manual shows this form.";
const SERVER: &str = "The server gives {} as its address; the phone's 200 goes there.";
const SENDER: &str = "The sender gives {} as its address; the answer goes there.";

const PARAMS: &[(&str, Note)] = &[
    (
        "received",
        note(
            "Via parameter received",
            "The message really came from {}: the receiver noted it, and the answer goes there.",
            3261,
            "18.2.1",
        ),
    ),
    (
        "maddr",
        note(
            "Via parameter maddr",
            "maddr={}: the answer goes to this address instead of the sender's.",
            3261,
            "18.2.2",
        ),
    ),
    (
        "ttl",
        note(
            "Via parameter ttl",
            "ttl={}: how many routers a multicast message may cross; 1 keeps it on the LAN.",
            3261,
            "18.1.1",
        ),
    ),
    (
        "alias",
        note(
            "Via parameter alias",
            "alias asks that the connection be used for requests the other way, too.",
            5923,
            "5",
        ),
    ),
    (
        "keep",
        note("Via parameter keep", "keep offers or grants keep-alives on this path.", 6223, "4"),
    ),
];

pub(super) fn say(place: &Place<'_, '_>) -> Option<Said> {
    if let Some(name) = place.param() {
        return param(place, name);
    }
    Some(match place.kind() {
        TokenKind::Protocol => place.say(PROTOCOL),
        TokenKind::Version => place.say(VERSION),
        TokenKind::Transport => place.say(*row(TRANSPORTS, place.text()).unwrap_or(&TRANSPORT)),
        TokenKind::Host => place.say(note("Via address", sent_by(place), 3261, "18.2.2")),
        TokenKind::Port => host::port(place),
        _ => return None,
    })
}

fn sent_by(place: &Place<'_, '_>) -> &'static str {
    let by = place.message.top_via().ok().flatten().map(|via| spot(&via.sent_by));
    let is_top = by.and_then(|(host, _)| place.message.span_of(host)) == Some(place.span());
    match place.role {
        _ if !is_top => OLDER_HOP,
        Role::Notify if by == place.destination() => NOT_THE_SERVERS,
        Role::Notify => SERVER,
        Role::Subscribe => PHONE,
        Role::Answer | Role::Confirm => RESPONSE,
        Role::Other if place.message.status().is_some() => RESPONSE,
        Role::Other => SENDER,
    }
}

fn param(place: &Place<'_, '_>, name: Text<'_>) -> Option<Said> {
    if name.is("branch") {
        return Some(place.say(note("Via parameter branch", branch(place), 3261, "8.1.1.7")));
    }
    if name.is("rport") {
        return Some(place.say(note("Via parameter rport", rport(place), 3581, "4")));
    }
    row(PARAMS, name).map(|note| place.say(*note))
}

fn branch(place: &Place<'_, '_>) -> &'static str {
    const COOKIE: &str = "z9hG4bK";
    let value = place.param_value().unwrap_or_default();
    match value.as_bytes().get(..COOKIE.len()) {
        Some(start) if !start.eq_ignore_ascii_case(COOKIE.as_bytes()) => {
            "{} names the request, but does not begin with z9hG4bK as RFC 3261 has it, so it need not be unique."
        }
        None => "{} is too short for a branch of RFC 3261, which begins with z9hG4bK.",
        Some(_) if value.len() == COOKIE.len() => {
            "{} is the beginning that every branch has, and nothing more: it tells no request from another."
        }
        Some(_) => {
            "{} names this one request: a repeat carries the same branch, a new request a new one."
        }
    }
}

fn rport(place: &Place<'_, '_>) -> &'static str {
    let is_response = place.message.status().is_some();
    match place.param_value() {
        Some(_) => "The request really came from port {}; the answer goes there.",
        None if is_response => {
            "rport is still empty: the responder did not fill in the port that the request came from."
        }
        None => {
            "rport is empty: the sender wants its answer at the port from which this message comes."
        }
    }
}
