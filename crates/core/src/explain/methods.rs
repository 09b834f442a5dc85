//! Owns what each method does, in the first line and in Allow.

use super::note::{Said, note, practice, row};
use super::place::Place;

/// Method, what it does, RFC and section.
const METHODS: &[(&str, (&str, u16, &str))] = &[
    ("INVITE", ("INVITE sets up a call or changes one.", 3261, "13")),
    ("ACK", ("ACK confirms the final answer to an INVITE.", 3261, "13.2.2.4")),
    (
        "OPTIONS",
        ("OPTIONS asks what the other side can do, often just to see that it lives.", 3261, "11"),
    ),
    ("CANCEL", ("CANCEL takes back a request that is not answered yet.", 3261, "9")),
    ("BYE", ("BYE ends a call.", 3261, "15")),
    ("REGISTER", ("REGISTER tells a server where the user can be reached.", 3261, "10")),
    ("SUBSCRIBE", ("SUBSCRIBE asks to be told about something.", 6665, "3.1")),
    ("NOTIFY", ("NOTIFY tells a subscriber how things stand.", 6665, "3.2")),
    ("PUBLISH", ("PUBLISH hands state, such as presence, to a server.", 3903, "3")),
    ("INFO", ("INFO carries data within a call, such as key presses.", 6086, "4")),
    ("REFER", ("REFER asks the receiver to contact a third party: a transfer.", 3515, "2")),
    ("UPDATE", ("UPDATE changes a call that is still being set up.", 3311, "5")),
    ("MESSAGE", ("MESSAGE carries a short text.", 3428, "4")),
    ("PRACK", ("PRACK confirms a provisional answer.", 3262, "6")),
];

fn describe(place: &Place<'_, '_>, title: &'static str, words: &'static str) -> Said {
    let known = METHODS.iter().find(|(name, _)| place.text() == *name).map(|(_, known)| *known);
    match known {
        Some((does, rfc, section)) => place.say(note(title, words, rfc, section)).and(does),
        None => place.say(practice(title, words)).and(if row(METHODS, place.text()).is_some() {
            "Methods are compared with their case, so this is not the one it looks like."
        } else {
            "The method is not known here."
        }),
    }
}

/// The method of a request.
pub(super) fn method(place: &Place<'_, '_>) -> Said {
    describe(place, "Method", "This is a {} request.")
}

/// One entry of Allow.
pub(super) fn allowed(place: &Place<'_, '_>) -> Said {
    describe(place, "Allow method {}", "The sender takes {} requests.")
}
