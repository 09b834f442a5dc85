//! Owns the words for why something happened: Warning (RFC 3261 §20.43) and Reason (RFC 3326).

use super::note::{Note, Said, note, row};
use super::place::Place;
use crate::scan::TokenKind;

/// The codes of RFC 3261 §20.43.
const CODES: &[(&str, &str)] = &[
    ("300", "a network protocol of the session description is not available here."),
    ("301", "a kind of network address in the session description is not available here."),
    ("302", "a transport protocol of the session description is not available here."),
    ("303", "a unit of bandwidth in the session description is not understood."),
    ("304", "a kind of media in the session description is not available here."),
    ("305", "a format of media in the session description is not available here."),
    ("306", "an attribute of the session description is not understood."),
    ("307", "a parameter of the session description, other than those, is not understood."),
    ("330", "where the server is there is no multicast."),
    ("331", "where the server is there is no unicast; a firewall may be the cause."),
    ("370", "there is less bandwidth than the session needs."),
    ("399", "anything else; the text says what."),
];
const CODE: Note = note("Warning code", "{}:", 3261, "20.43");
const AGENT: Note = note("Warning agent", "{} is the server that warns.", 3261, "20.43");
const TEXT: Note = note(
    "Warning text",
    "These words are for people to read, and programs go by the code before them.",
    3261,
    "20.43",
);

/// What a code means that stands in no RFC read here, by its first digits.
fn group(code: &str) -> &'static str {
    match code.as_bytes() {
        [b'3', b'0'..=b'2', _] => "something in the session description; which, is not known here.",
        [b'3', b'3', _] => "a basic service of the network that the session needs.",
        [b'3', b'7', _] => "a quantity that the session needs, such as bandwidth.",
        [b'3', b'9', _] => "anything else; the text says what.",
        _ => "a code that is not known here.",
    }
}

const PROTOCOLS: &[(&str, &str)] = &[
    ("SIP", "cause is a status code of SIP."),
    (
        "Q.850",
        "cause is a number of the telephone network, such as 16 for a call that ended as calls do.",
    ),
];
const PROTOCOL: Note = note("Reason protocol", "{} says whose numbers cause is one of:", 3326, "2");
const PARAMS: &[(&str, Note)] = &[
    ("cause", note("Reason parameter cause", "{} is the number of the reason.", 3326, "2")),
    ("text", note("Reason parameter text", "{} is for people to read.", 3326, "2")),
];

pub(super) fn reason(place: &Place<'_, '_>) -> Option<Said> {
    if let Some(param) = place.param() {
        return row(PARAMS, param).map(|note| place.say(*note));
    }
    let known = row(PROTOCOLS, place.text()).unwrap_or(&"numbers that are not known here.");
    (place.kind() == TokenKind::Protocol).then(|| place.say(PROTOCOL).and(known))
}

pub(super) fn warning(place: &Place<'_, '_>) -> Option<Said> {
    match place.kind() {
        TokenKind::WarnCode => {
            let known = row(CODES, place.text()).copied();
            Some(place.say(CODE).and(known.unwrap_or_else(|| group(&place.text().to_str()))))
        }
        TokenKind::Host => Some(place.say(AGENT)),
        TokenKind::WarnText => Some(place.say(TEXT)),
        _ => None,
    }
}
