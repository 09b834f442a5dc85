//! Owns the words for the user part of a SIP URI: where phones put their MAC address.

use super::note::{Note, Said, note, practice};
use super::place::Place;
use super::role::Role;
use crate::message::{HeaderName, Message};
use crate::pnp::{Mac, identify};
use crate::text::Text;
use alloc::string::ToString;
use alloc::vec::Vec;

const MAC: Note = practice(
    "{h} user",
    "{} names the phone by its MAC address, {x}. Phones do this by custom; RFC 6080 would have a UUID here.",
);
const ESCAPED_MAC: Note = practice(
    "{h} user",
    "{} names the phone by its MAC address, {x}; the escape stands for a colon. Phones do this by custom; RFC 6080 would have a UUID here.",
);
const UUID_WITH_MAC: Note = note(
    "{h} user",
    "{} names the phone by a UUID, as RFC 6080 has it. It is of version 1 and so ends in the MAC address, {x}.",
    6080,
    "5.1.4.2",
);
const UUID: Note = note(
    "{h} user",
    "{} names the phone by a UUID. It is not of version 1, so it does not tell the MAC address.",
    6080,
    "5.1.4.2",
);
const ANONYMOUS: Note = note(
    "{h} user",
    "{}: the sender does not say who it is. A phone asks so where the device is named elsewhere.",
    6080,
    "5.1.4",
);
const PHONE: Note = note(
    "{h} user",
    "{} is the phone's own user name, often an extension or a stand-in; it does not tell which device this is.",
    3261,
    "19.1.1",
);
const USER: Note =
    note("{h} user", "{} is the user that this address means at its host.", 3261, "19.1.1");

/// The user part of a URI.
pub(super) fn say(place: &Place<'_, '_>) -> Said {
    let plain = plain(place.text());
    let is_uuid = plain.starts_with(b"urn:uuid:");
    if let Some(mac) = mac(place.message, place.text()) {
        let is_escaped = plain.len() < place.text().len();
        let note = match (is_uuid, is_escaped) {
            (true, _) => UUID_WITH_MAC,
            (false, true) => ESCAPED_MAC,
            (false, false) => MAC,
        };
        return place.say_with(note, &mac.to_string());
    }
    let is_phones = place.role == Role::Subscribe
        && matches!(place.header_name(), Some(HeaderName::From | HeaderName::Contact));
    match plain.as_slice() {
        _ if is_uuid => place.say(UUID),
        b"anonymous" => place.say(ANONYMOUS),
        _ if is_phones => place.say(PHONE),
        _ => place.say(USER),
    }
}

/// The address that the phone's identity rests on, where `user` is the text in which it was found.
fn mac(message: &Message<'_>, user: Text<'_>) -> Option<Mac> {
    let identity = identify(message);
    let place = identity.evidence.iter().find(|found| found.field == "mac")?.span?;
    let found = Text::new(place.slice(message.as_bytes())?);
    identity.mac.filter(|_| plain(found) == plain(user))
}

fn plain(text: Text<'_>) -> Vec<u8> {
    text.unescaped().to_ascii_lowercase()
}
