//! Owns the words for times in seconds: Expires, Min-Expires, Retry-After.

use super::note::{Note, Said, note};
use super::place::Place;
use super::role::Role;
use crate::message::HeaderName;
use crate::scan::TokenKind;
use crate::typed::Number;
use alloc::string::{String, ToString};

const ONCE: Note = note(
    "Expires",
    "Expires is 0: the phone wants its URL once and no lasting subscription.",
    6665,
    "4.4.3",
);
const ENDED: Note = note(
    "Expires",
    "Expires is 0: the phone ends its subscription, and gets one last NOTIFY.",
    6665,
    "4.1.2.3",
);
const LASTING: Note = note(
    "Expires",
    "Expires is {}: the phone asks to be told of changes for {x}. The server may grant less, never more.",
    6665,
    "4.1.2.1",
);
const GRANTED_ONCE: Note = note(
    "Expires",
    "Expires is 0: the server sends the URL once, and no subscription remains.",
    6665,
    "4.2.1.1",
);
const GRANTED: Note = note(
    "Expires",
    "Expires is {}: the subscription holds for {x} unless the phone renews it.",
    6665,
    "4.2.1.1",
);
const IN_NOTIFY: Note = note(
    "Expires",
    "Expires has no meaning in a NOTIFY: how long the subscription lasts stands in Subscription-State.",
    6665,
    "4.1.3",
);
const HOLDS: Note = note("Expires", "Expires is {}: it holds for {x}.", 3261, "20.19");
const MINIMUM: Note =
    note("Min-Expires", "The server accepts nothing shorter than {x}.", 3261, "20.23");
const RETRY: Note = note("Retry-After", "Ask again in {x}.", 3261, "20.33");
const REMARK: Note =
    note("Retry-After comment", "{} is a remark for people to read.", 3261, "20.33");
const DURATION: Note = note(
    "Retry-After parameter duration",
    "The sender can be reached for {} seconds from then on.",
    3261,
    "20.33",
);

pub(super) fn say(name: HeaderName, place: &Place<'_, '_>) -> Option<Said> {
    if let Some(param) = place.param() {
        return param.is("duration").then(|| place.say(DURATION));
    }
    if place.kind() == TokenKind::Comment {
        return Some(place.say(REMARK));
    }
    let seconds = Number::parse(place.text().as_bytes()).ok()?.value;
    let note = match name {
        HeaderName::Expires => expires(place, seconds),
        HeaderName::MinExpires => MINIMUM,
        _ => RETRY,
    };
    Some(place.say_with(note, &in_words(seconds)))
}

fn expires(place: &Place<'_, '_>, seconds: u32) -> Note {
    let in_dialog = || matches!(place.message.to(), Ok(Some(to)) if to.tag().is_some());
    match (place.role, seconds) {
        (Role::Subscribe, 0) if in_dialog() => ENDED,
        (Role::Subscribe, 0) => ONCE,
        (Role::Subscribe, _) => LASTING,
        (Role::Answer, 0) => GRANTED_ONCE,
        (Role::Answer, _) => GRANTED,
        (Role::Notify, _) => IN_NOTIFY,
        (Role::Confirm | Role::Other, _) => HOLDS,
    }
}

/// A time in the largest unit that fits it without a rest.
pub(super) fn in_words(seconds: u32) -> String {
    const UNITS: [(u32, &str); 3] = [(86_400, " day"), (3_600, " hour"), (60, " minute")];
    let fits = |(length, _): &&(u32, &str)| seconds > 0 && seconds % *length == 0;
    let (length, unit) = UNITS.iter().find(fits).copied().unwrap_or((1, " second"));
    let count = seconds / length;
    let mut words = count.to_string();
    words.push_str(unit);
    if count != 1 {
        words.push('s');
    }
    words
}
