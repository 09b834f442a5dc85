//! Owns the words for when a message was sent: Date and Timestamp.

use super::note::{Note, Said, note};
use super::place::Place;
use crate::message::HeaderName;
use crate::scan::TokenKind;

const WEEKDAY: Note = note(
    "Date weekday",
    "{} is the day of the week; readers go by the date behind it.",
    3261,
    "20.17",
);
const DAY: Note = note("Date day", "{}: the day on which the sender sent this.", 3261, "20.17");
const TIME: Note = note(
    "Date time",
    "{}, in Greenwich: when the sender sent this, by its own clock. Phones without a clock may set theirs by it.",
    3261,
    "20.17",
);
const GMT: Note = note(
    "Date zone",
    "{} is the only zone that Date may be in, wherever the sender is.",
    3261,
    "20.17",
);
const OTHER_ZONE: Note = note(
    "Date zone",
    "{} is another zone than GMT, the only one that Date may be in; readers may take the time for Greenwich's.",
    3261,
    "20.17",
);
const SENT: Note = note(
    "Timestamp",
    "{} seconds, by a clock of the sender's own; the answer repeats it, so that the sender can tell how long the way took.",
    3261,
    "20.38",
);
const HELD: Note = note(
    "Timestamp delay",
    "The answering side held the request for {} seconds; the sender subtracts them.",
    3261,
    "8.2.6.1",
);

pub(super) fn say(name: HeaderName, place: &Place<'_, '_>) -> Option<Said> {
    let note = match (place.kind(), name) {
        (TokenKind::Weekday, _) => WEEKDAY,
        (TokenKind::Date, _) => DAY,
        (TokenKind::Zone, _) if place.text() == "GMT" => GMT,
        (TokenKind::Zone, _) => OTHER_ZONE,
        (TokenKind::Time, HeaderName::Date) => TIME,
        (TokenKind::Time, _) if place.is_first_of_kind() => SENT,
        (TokenKind::Time, _) => HELD,
        _ => return None,
    };
    Some(place.say(note))
}
