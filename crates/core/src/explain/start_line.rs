//! Owns the words for the first line but for its Request-URI (`address`) and its status (`status`).

use super::methods;
use super::note::{Said, note};
use super::place::Place;
use super::role::Role;
use super::status;
use crate::message::HeaderName;
use crate::scan::TokenKind;

pub(super) fn say(place: &Place<'_, '_>) -> Said {
    match place.kind() {
        TokenKind::Method => method(place),
        TokenKind::StatusCode => status::code(place),
        TokenKind::Reason => status::reason(place),
        _ => place.say(note(
            "SIP version",
            "{} is the version of the protocol; 2.0 is the only one in use.",
            3261,
            "7.1",
        )),
    }
}

fn method(place: &Place<'_, '_>) -> Said {
    match place.role {
        Role::Subscribe => subscribe(place),
        Role::Notify => place.say(note(
            "Method",
            "{}: the server delivers what the phone subscribed to, here the URL of its configuration.",
            6665,
            "4.2.2",
        )),
        _ => methods::method(place),
    }
}

fn subscribe(place: &Place<'_, '_>) -> Said {
    let said = place.say(note(
        "Method",
        "{}: the phone asks for its profile, which is where to find its configuration.",
        6665,
        "3.1",
    ));
    if place.message.header(HeaderName::Expires).is_some() {
        return said;
    }
    said.and("There is no Expires, so the server chooses how long the subscription lasts; RFC 6080 proposes a day.")
}
