//! Owns the words for URIs, display names and the parameters behind an address. Who stands in the user part is
//! `user`'s, which host it is `host`'s.

use super::note::{Note, Said, note, practice, row};
use super::place::Place;
use super::remark::from_is_phones;
use super::role::Role;
use super::{host, user};
use crate::message::HeaderName;
use crate::scan::TokenKind;

const SCHEMES: &[(&str, Note)] = &[
    (
        "sip",
        note(
            "{h} scheme",
            "sip: begins a SIP address. It does not ask for encryption.",
            3261,
            "19.1",
        ),
    ),
    (
        "sips",
        note(
            "{h} scheme",
            "sips: begins a SIP address to be reached over TLS on every hop.",
            3261,
            "19.1",
        ),
    ),
    ("tel", note("{h} scheme", "tel: begins a telephone number.", 3966, "3")),
    (
        "urn",
        note(
            "{h} scheme",
            "urn: begins a name that is no address; nothing can be sent to it.",
            8141,
            "2",
        ),
    ),
];
const SCHEME: Note = note(
    "{h} scheme",
    "{}: is a scheme that no phone of this exchange is known to use.",
    3261,
    "19.1",
);
const PASSWORD: Note = note(
    "{h} password",
    "A password in a SIP address can be read by all who see the message; RFC 3261 advises against it.",
    3261,
    "19.1.1",
);
const HEADERS: Note = note(
    "{h} URI headers",
    "What stands behind ? are headers for a request made from this address; here they have no effect.",
    3261,
    "19.1.1",
);
const REST: Note = note(
    "{h} URI",
    "{} is the rest of an address whose scheme is not SIP; it is kept as it is.",
    3261,
    "19.1",
);

const URI_PARAMS: &[(&str, Note)] = &[
    (
        "transport",
        note(
            "URI parameter transport",
            "transport={}: messages to this address are to go over {}.",
            3261,
            "19.1.1",
        ),
    ),
    (
        "lr",
        note(
            "URI parameter lr",
            "lr: this proxy routes as RFC 3261 has it and leaves the Request-URI alone.",
            3261,
            "16.12",
        ),
    ),
    (
        "maddr",
        note(
            "URI parameter maddr",
            "maddr={}: messages go to this address instead of the host.",
            3261,
            "19.1.1",
        ),
    ),
    (
        "ttl",
        note(
            "URI parameter ttl",
            "ttl={}: how many routers a multicast message may cross.",
            3261,
            "19.1.1",
        ),
    ),
    (
        "user",
        note(
            "URI parameter user",
            "user={} says whether the user part is a telephone number or a name.",
            3261,
            "19.1.1",
        ),
    ),
    (
        "method",
        note(
            "URI parameter method",
            "method={}: a request made from this address uses this method.",
            3261,
            "19.1.1",
        ),
    ),
    (
        "gr",
        note(
            "URI parameter gr",
            "gr marks an address that leads to this very device (GRUU).",
            5627,
            "5",
        ),
    ),
    (
        "ob",
        note(
            "URI parameter ob",
            "ob asks that requests come back over the connection that the phone opened.",
            5626,
            "4.3",
        ),
    ),
    (
        "line",
        practice(
            "URI parameter line",
            "line={} is the registrar's or phone's own mark for one of its lines.",
        ),
    ),
];
const URI_PARAM: Note = note(
    "URI parameter",
    "{} belongs to a URI parameter that is not known here; it is passed over.",
    3261,
    "19.1.1",
);

const DISPLAY_NAME: Note = note(
    "{h} display name",
    "\"{}\" is a name for people to read; SIP does nothing with it.",
    3261,
    "20.10",
);
const ANY_CONTACT: Note = note(
    "Contact",
    "* means every address of the user; it belongs into a REGISTER alone.",
    3261,
    "10.2.2",
);

const PARAMS: &[(&str, Note)] = &[
    (
        "expires",
        note(
            "{h} parameter expires",
            "expires={}: this address holds for so many seconds.",
            3261,
            "20.10",
        ),
    ),
    (
        "q",
        note(
            "{h} parameter q",
            "q={}: how much this address is preferred, from 0 to 1.",
            3261,
            "20.10",
        ),
    ),
    (
        "schemes",
        note(
            "{h} parameter schemes",
            "The phone can fetch its profile by {}; the URL in the NOTIFY must use one of these.",
            6080,
            "6.7",
        ),
    ),
    (
        "+sip.instance",
        note(
            "{h} parameter +sip.instance",
            "{} names the device itself and stays the same after a reboot or with another address.",
            5626,
            "4.1",
        ),
    ),
    (
        "reg-id",
        note("{h} parameter reg-id", "reg-id={} tells the phone's connections apart.", 5626, "4.2"),
    ),
];

/// A leaf inside a URI.
pub(super) fn uri(place: &Place<'_, '_>) -> Said {
    if let Some(name) = place.param() {
        return place.say(*row(URI_PARAMS, name).unwrap_or(&URI_PARAM));
    }
    match place.kind() {
        TokenKind::Scheme => place.say(*row(SCHEMES, place.text()).unwrap_or(&SCHEME)),
        TokenKind::User => user::say(place),
        TokenKind::Password => place.say(PASSWORD),
        TokenKind::Host => host::host(place),
        TokenKind::Port => host::port(place),
        TokenKind::UriHeaders => place.say(HEADERS),
        _ => place.say(REST),
    }
}

/// A leaf round the URI of From, To, Contact, Route or Record-Route.
pub(super) fn around(place: &Place<'_, '_>) -> Option<Said> {
    if place.kind() == TokenKind::DisplayName {
        return Some(place.say(DISPLAY_NAME));
    }
    let Some(name) = place.param() else {
        return (place.text() == "*").then(|| place.say(ANY_CONTACT));
    };
    if name.is("tag") {
        return Some(place.say(tag(place)));
    }
    row(PARAMS, name).map(|note| place.say(*note))
}

fn tag(place: &Place<'_, '_>) -> Note {
    let is_from = place.header_name() == Some(HeaderName::From);
    let words = match (is_from, place.role) {
        (true, Role::Subscribe) => {
            "{} is the phone's half of the dialog's name; a NOTIFY in the dialog carries it in To."
        }
        (true, Role::Notify) if from_is_phones(place) => {
            "{} is still the phone's tag: a NOTIFY in the dialog has it in To, and the server's own here."
        }
        (true, Role::Notify) => {
            "{} is the server's half of the dialog's name, the same as in To of its 200."
        }
        (false, Role::Notify) => {
            "{} is the phone's tag from the SUBSCRIBE; by it the phone knows its subscription."
        }
        (false, Role::Subscribe) => {
            "{} is the server's tag: the SUBSCRIBE renews or ends a subscription that exists."
        }
        (false, Role::Answer) => {
            "{} is the server's half of the dialog's name, added with the answer; its NOTIFY carries it in From."
        }
        (true, Role::Answer | Role::Confirm) => {
            "{} is copied from the request: the tag of the one who asked."
        }
        (false, Role::Confirm) => "{} is the phone's tag, copied from the NOTIFY.",
        (true, Role::Other) => "{} is the sender's half of the dialog's name.",
        (false, Role::Other) => "{} is the receiver's half of the dialog's name.",
    };
    note("{h} tag", words, 3261, "19.3")
}
