//! Owns the words for Subscription-State.

use super::note::{Note, Said, note, row};
use super::place::Place;
use super::time::in_words;
use crate::typed::Number;

const STATES: &[(&str, Note)] = &[
    (
        "active",
        note(
            "Subscription state",
            "{}: the subscription is accepted, and more NOTIFYs may follow.",
            6665,
            "4.1.3",
        ),
    ),
    (
        "pending",
        note(
            "Subscription state",
            "{}: the server has the subscription, but has not decided about it yet.",
            6665,
            "4.1.3",
        ),
    ),
    (
        "terminated",
        note(
            "Subscription state",
            "{}: the subscription ends with this NOTIFY. For a phone that asks once this is as it should be.",
            6665,
            "4.1.3",
        ),
    ),
];
const STATE: Note =
    note("Subscription state", "{} is a state that RFC 6665 does not define.", 6665, "4.1.3");

const REASONS: &[(&str, Note)] = &[
    (
        "deactivated",
        note(
            "Subscription-State reason",
            "{}: the server gave the subscription up, perhaps to move it; the phone should subscribe anew at once.",
            6665,
            "4.1.3",
        ),
    ),
    (
        "probation",
        note(
            "Subscription-State reason",
            "{}: the subscription ended for now; the phone should try again later.",
            6665,
            "4.1.3",
        ),
    ),
    (
        "rejected",
        note(
            "Subscription-State reason",
            "{}: the server no longer permits the subscription; the phone should not try again.",
            6665,
            "4.1.3",
        ),
    ),
    (
        "timeout",
        note(
            "Subscription-State reason",
            "{}: the time of the subscription is over. After Expires 0 this is the usual reason; the phone may ask again whenever it likes.",
            6665,
            "4.1.3",
        ),
    ),
    (
        "giveup",
        note(
            "Subscription-State reason",
            "{}: the server could not find out in time whether it may serve the phone; trying again is allowed.",
            6665,
            "4.1.3",
        ),
    ),
    (
        "noresource",
        note(
            "Subscription-State reason",
            "{}: what was subscribed to does not exist any more; the phone should not try again.",
            6665,
            "4.1.3",
        ),
    ),
    (
        "invariant",
        note(
            "Subscription-State reason",
            "{}: what was subscribed to will not change, so there is nothing more to tell; the phone should not try again.",
            6665,
            "4.1.3",
        ),
    ),
];
const REASON: Note = note(
    "Subscription-State reason",
    "{} is a reason that RFC 6665 does not define; the phone may try again.",
    6665,
    "4.1.3",
);
const EXPIRES: Note = note(
    "Subscription-State expires",
    "The subscription holds for another {x} unless the phone renews it.",
    6665,
    "4.1.3",
);
const RETRY: Note = note(
    "Subscription-State retry-after",
    "The phone should wait {x} before it subscribes again.",
    6665,
    "4.1.3",
);

pub(super) fn say(place: &Place<'_, '_>) -> Option<Said> {
    let Some(name) = place.param() else {
        return Some(place.say(*row(STATES, place.text()).unwrap_or(&STATE)));
    };
    let value = place.param_value().unwrap_or_default();
    if name.is("reason") {
        return Some(place.say(*row(REASONS, value).unwrap_or(&REASON)));
    }
    let note = match () {
        () if name.is("expires") => EXPIRES,
        () if name.is("retry-after") => RETRY,
        () => return None,
    };
    let seconds = Number::parse(value.as_bytes()).ok()?.value;
    Some(place.say_with(note, &in_words(seconds)))
}
