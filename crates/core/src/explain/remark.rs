//! Owns what is said of a header as a whole in its message: what it lacks, or what its place in the exchange means.
//! These are remarks for the reader, not findings.

use super::note::{Note, note};
use super::place::{Place, spot};
use super::role::Role;
use crate::message::{HeaderName, Message};
use crate::typed::Event;

const NO_BRANCH: Note = note(
    "",
    "It has no branch, so repeats are recognised by several headers together, as in RFC 2543; some snom phones send it so.",
    3261,
    "17.2.3",
);
const PHONES_VIA: Note = note(
    "",
    "This one names the phone to which the NOTIFY goes, so the phone's 200 may never reach the server.",
    3261,
    "8.1.1.7",
);
const NO_FROM_TAG: Note = note(
    "",
    "It has no tag, though a request needs one; PLANET phones send it so.",
    3261,
    "8.1.1.3",
);
const NEW_DIALOG: Note = note(
    "",
    "It has no tag yet: the phone opens a new subscription, and the 200 adds the tag.",
    3261,
    "8.1.1.2",
);
const ANSWER_NO_TAG: Note = note(
    "",
    "It has no tag, though the server adds one when it answers. The AudioCodes manual shows it without.",
    3261,
    "8.2.6.2",
);
const NOTIFY_NO_TAG: Note = note(
    "",
    "It has no tag: within the dialog the phone's tag stands here. Several PnP servers leave it out, and many phones take it.",
    3261,
    "12.2.1.1",
);
const PHONES_FROM: Note = note(
    "",
    "From is still the phone's: a NOTIFY in the dialog swaps From and To. AudioCodes phones are documented to take this form.",
    3261,
    "12.2.1.1",
);
const PHONES_CONTACT: Note = note(
    "",
    "In a 200 it should be the server's own address; here it is the phone's, as in the AudioCodes manual.",
    3261,
    "12.1.1",
);
const DEVICE_IN_NOTIFY: Note = note(
    "",
    "The server sends the profile that the phone subscribed to. In a NOTIFY the phone ignores model and version: they belong to the SUBSCRIBE.",
    6080,
    "6.2",
);
const PROFILE_SENT: Note =
    note("", "The server sends the profile that the phone subscribed to.", 6080, "6.2");
const PROFILE_ASKED: Note =
    note("", "Here the phone asks for its profile and says what it is.", 6080, "6.2");

/// The remark on the header at `place`, where there is one.
pub(super) fn on(place: &Place<'_, '_>) -> Option<Note> {
    match place.header_name()? {
        HeaderName::Via => via(place),
        HeaderName::From => from(place),
        HeaderName::To => to(place),
        HeaderName::Contact => (place.role == Role::Answer && contact_is_phones(place.message))
            .then_some(PHONES_CONTACT),
        HeaderName::Event => event(place),
        _ => None,
    }
}

fn via(place: &Place<'_, '_>) -> Option<Note> {
    let via = place.message.top_via().ok()??;
    let is_phones = place.role == Role::Notify
        && place.destination().is_some_and(|to| to == spot(&via.sent_by));
    match via.branch() {
        None => Some(NO_BRANCH),
        Some(_) => is_phones.then_some(PHONES_VIA),
    }
}

fn from(place: &Place<'_, '_>) -> Option<Note> {
    let from = place.message.from().ok()??;
    match from.tag() {
        None => Some(NO_FROM_TAG),
        Some(_) => from_is_phones(place).then_some(PHONES_FROM),
    }
}

fn to(place: &Place<'_, '_>) -> Option<Note> {
    let is_bare = place.message.to().ok()??.tag().is_none();
    let missing = match place.role {
        Role::Subscribe => NEW_DIALOG,
        Role::Answer => ANSWER_NO_TAG,
        Role::Notify => NOTIFY_NO_TAG,
        Role::Confirm | Role::Other => return None,
    };
    is_bare.then_some(missing)
}

fn event(place: &Place<'_, '_>) -> Option<Note> {
    match place.role {
        Role::Notify if names_device(&place.message.event().ok()??) => Some(DEVICE_IN_NOTIFY),
        Role::Notify => Some(PROFILE_SENT),
        Role::Subscribe => Some(PROFILE_ASKED),
        _ => None,
    }
}

fn names_device(event: &Event<'_>) -> bool {
    ["model", "version", "vendor", "vender"].iter().any(|name| event.params.find(name).is_some())
}

/// Whether the From of a NOTIFY names the place to which it goes: then it is the phone's, not the server's.
pub(super) fn from_is_phones(place: &Place<'_, '_>) -> bool {
    let from = || Some(spot(&place.message.from().ok()??.uri.as_sip()?.host_port));
    place.role == Role::Notify && from().is_some_and(|from| Some(from) == place.destination())
}

/// Whether the Contact of an answer names the place that asked (its Via).
pub(super) fn contact_is_phones(message: &Message<'_>) -> bool {
    let contact = || Some(spot(&message.contact().ok()??.uri.as_sip()?.host_port));
    let via = || Some(spot(&message.top_via().ok()??.sent_by));
    contact().is_some_and(|contact| Some(contact) == via())
}
