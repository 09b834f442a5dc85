//! Owns the words for the host and the port of a SIP URI: whose it is in which message, and what kind of host.

use super::note::{Note, Said, note, row};
use super::place::Place;
use super::remark::{contact_is_phones, from_is_phones};
use super::role::Role;
use crate::message::HeaderName;
use crate::scan::TokenKind;
use crate::typed::Host;

/// The group of all SIP servers.
const GROUP: &str = "224.0.1.75";

const GROUP_ASKED: Note = note(
    "",
    "It is the multicast group of all SIP servers; every one on the LAN that joined it hears the phone. Asking there for a profile is vendors' practice and not in RFC 6080.",
    3261,
    "10.2.6",
);
const GROUP_NOTE: Note =
    note("", "It is the multicast group of all SIP servers, no host of its own.", 3261, "10.2.6");
const NOT_THE_GROUP: Note =
    note("", "It is a multicast address, but not the SIP group 224.0.1.75.", 3261, "10.2.6");
const INVALID: Note =
    note("", "It stands for no host at all: the sender stays unknown.", 6080, "5.1.4.1");
const PHONES_FROM: &str = "{} is the host that the NOTIFY goes to, so From is still the phone's; a NOTIFY in the dialog swaps From and To. The AudioCodes manual shows this form.";
const ASKED_TO: &str = "To is still what the SUBSCRIBE asked for, {}; in a NOTIFY of the dialog the phone stands here.";
const PHONES_CONTACT: &str = "{} is the phone's own address. In a 200 the server's should stand here; the AudioCodes manual shows this form.";

/// Whose host it is; `{}` is the host.
fn whose(place: &Place<'_, '_>) -> (&'static str, &'static str) {
    use HeaderName as H;
    match (place.header_name(), place.role) {
        (None, Role::Notify) => (
            "The NOTIFY goes to {}, which should be the address in the phone's Contact.",
            "12.2.1.1",
        ),
        (None, _) => ("The request is meant for {}.", "8.1.1.1"),
        (Some(H::From), Role::Notify) if from_is_phones(place) => (PHONES_FROM, "12.2.1.1"),
        (Some(H::From), Role::Notify) => {
            ("The server answers for {}, as in To of the SUBSCRIBE.", "12.2.1.1")
        }
        (Some(H::From), Role::Subscribe) => ("The phone gives {} as its home.", "8.1.1.3"),
        (Some(H::To), Role::Subscribe) => ("The phone asks whoever serves {}.", "8.1.1.2"),
        (Some(H::To), Role::Notify) if from_is_phones(place) => (ASKED_TO, "12.2.1.1"),
        (Some(H::To), Role::Notify) => {
            ("To names the phone's side of the dialog, here at {}.", "12.2.1.1")
        }
        (Some(H::From | H::To), role) if role.is_response() => {
            ("{} is copied from the request, as every answer does.", "8.2.6.2")
        }
        (Some(H::From), _) => ("The sender gives {} as its home.", "8.1.1.3"),
        (Some(H::To), _) => ("The request is meant for somebody at {}.", "8.1.1.2"),
        (Some(H::Contact), role) => contact(place, role),
        (Some(H::Route), _) => ("The request passes the proxy {} on its way.", "20.34"),
        (Some(H::RecordRoute), _) => {
            ("The proxy {} wants to see all that follows in this dialog.", "20.30")
        }
        (Some(_), _) => ("{} is the host of this address.", "19.1.1"),
    }
}

fn contact(place: &Place<'_, '_>, role: Role) -> (&'static str, &'static str) {
    match role {
        Role::Subscribe => ("The phone takes the NOTIFY at {}.", "8.1.1.8"),
        Role::Answer if contact_is_phones(place.message) => (PHONES_CONTACT, "12.1.1"),
        Role::Answer | Role::Notify => {
            ("The server takes what follows in this dialog at {}.", "12.1.1")
        }
        Role::Confirm | Role::Other => ("The sender can be reached at {}.", "20.10"),
    }
}

/// The host of a URI.
pub(super) fn host(place: &Place<'_, '_>) -> Said {
    let (words, section) = whose(place);
    place.say(note("{h} host", words, 3261, section)).and_note(kind(place))
}

/// What kind of host it is, where that is worth a sentence.
fn kind(place: &Place<'_, '_>) -> Option<Note> {
    let host = place.text();
    let address = Host::grammar(host.as_bytes()).ok().and_then(|(_, host)| host.address);
    if host == GROUP || host.is("sip.mcast.net") {
        let is_asked = place.header().is_none() && place.role == Role::Subscribe;
        Some(if is_asked { GROUP_ASKED } else { GROUP_NOTE })
    } else if address.is_some_and(|address| address.is_multicast()) {
        Some(NOT_THE_GROUP)
    } else if host.is("anonymous.invalid") {
        Some(INVALID)
    } else {
        None
    }
}

/// Port, and what it is known for.
const PORTS: &[(&str, &str)] = &[
    ("5060", "It is SIP's usual port."),
    ("5061", "It is the usual port of SIP over TLS."),
    ("5059", "Several Yealink phones use it instead of 5060."),
    ("5080", "Some Grandstream phones use it instead of 5060."),
    ("6060", "Grandstream's UCM answers from it."),
];

/// A port, in a URI or a Via.
pub(super) fn port(place: &Place<'_, '_>) -> Said {
    let host = place.before(TokenKind::Host).map(|span| place.slice(span)).unwrap_or_default();
    let known = row(PORTS, place.text()).unwrap_or(&"SIP's usual port would be 5060.");
    let words = "{} is the port at {x}.";
    place.say_with(note("{h} port", words, 3261, "19.1.2"), &host.to_str()).and(known)
}
