//! Owns what each status code says, and what the ones of the exchange mean there.

use super::note::{Note, Said, note, practice};
use super::place::Place;
use super::role::Role;

/// Code, words, RFC and section.
const STATUS: &[(u16, &str, u16, &str)] = &[
    (100, "the request arrived and is being worked on.", 3261, "21.1.1"),
    (180, "the called phone rings.", 3261, "21.1.2"),
    (181, "the call is being forwarded.", 3261, "21.1.3"),
    (182, "the call waits in a queue.", 3261, "21.1.4"),
    (183, "the call makes progress; a tone or text may come with it.", 3261, "21.1.5"),
    (200, "the request succeeded.", 3261, "21.2.1"),
    (
        202,
        "the request was accepted. RFC 6665 wants 200 instead; receivers treat both alike.",
        6665,
        "8.3.1",
    ),
    (204, "the request succeeded and there is nothing to tell.", 5839, "7.1"),
    (300, "there are several addresses to choose from.", 3261, "21.3.1"),
    (301, "the user has moved for good; the new address stands in Contact.", 3261, "21.3.2"),
    (302, "the user is elsewhere for now; the address to try stands in Contact.", 3261, "21.3.3"),
    (305, "the address is reached through the proxy named in Contact.", 3261, "21.3.4"),
    (380, "the call failed, but there are other services to try.", 3261, "21.3.5"),
    (400, "the request is malformed and was not understood.", 3261, "21.4.1"),
    (401, "the server wants a login first.", 3261, "21.4.2"),
    (402, "reserved for a demand for payment.", 3261, "21.4.3"),
    (403, "the server understood and refuses; asking again does not help.", 3261, "21.4.4"),
    (404, "there is nobody by that address.", 3261, "21.4.5"),
    (405, "the method is not allowed at that address.", 3261, "21.4.6"),
    (406, "the server has nothing of a kind that Accept lists.", 3261, "21.4.7"),
    (407, "a proxy wants a login first.", 3261, "21.4.8"),
    (408, "no answer came in time.", 3261, "21.4.9"),
    (410, "the address existed once and is gone.", 3261, "21.4.10"),
    (412, "the state that was to be changed is not the one the sender thinks.", 3903, "11.2.1"),
    (413, "the body is too large.", 3261, "21.4.11"),
    (414, "the Request-URI is too long.", 3261, "21.4.12"),
    (415, "the kind of body is not supported.", 3261, "21.4.13"),
    (416, "the scheme of the Request-URI is not supported.", 3261, "21.4.14"),
    (420, "an extension in Require is not understood.", 3261, "21.4.15"),
    (421, "the server needs an extension that the request does not offer.", 3261, "21.4.16"),
    (422, "the session timer is too short.", 4028, "6"),
    (
        423,
        "the time asked for is too short; Min-Expires says how long it must be.",
        3261,
        "21.4.17",
    ),
    (480, "the phone is reached, but the user is not there at the moment.", 3261, "21.4.18"),
    (481, "the receiver knows no such call or subscription.", 3261, "21.4.19"),
    (482, "the request came round in a loop, or twice by two ways.", 3261, "21.4.20"),
    (483, "the request passed too many proxies.", 3261, "21.4.21"),
    (484, "the number is incomplete.", 3261, "21.4.22"),
    (485, "the address means more than one user.", 3261, "21.4.23"),
    (486, "the called phone is busy.", 3261, "21.4.24"),
    (487, "the request was cancelled.", 3261, "21.4.25"),
    (488, "the offer of media is not acceptable here.", 3261, "21.4.26"),
    (489, "the event package is not understood.", 6665, "8.3.2"),
    (491, "another request is under way; try again shortly.", 3261, "21.4.27"),
    (493, "the encrypted body cannot be read.", 3261, "21.4.28"),
    (500, "the server failed.", 3261, "21.5.1"),
    (501, "the server does not know the method.", 3261, "21.5.2"),
    (502, "a server behind this one gave no usable answer.", 3261, "21.5.3"),
    (503, "the server is overloaded or down for maintenance.", 3261, "21.5.4"),
    (504, "a server behind this one did not answer in time.", 3261, "21.5.5"),
    (505, "the version of SIP is not supported.", 3261, "21.5.6"),
    (513, "the message is too long.", 3261, "21.5.7"),
    (580, "a precondition of the call is not met.", 3312, "8"),
    (600, "the user is busy everywhere.", 3261, "21.6.1"),
    (603, "the user declines, everywhere.", 3261, "21.6.2"),
    (604, "the user exists nowhere.", 3261, "21.6.3"),
    (606, "the user is reached, but part of the offer is acceptable nowhere.", 3261, "21.6.4"),
];

/// By the first digit, for codes that the table lacks.
const CLASSES: [&str; 6] = [
    "{} is provisional: the final answer is still to come.",
    "{} says that the request succeeded.",
    "{} redirects: the request should go elsewhere.",
    "{} refuses the request as it is.",
    "{} says that the server failed.",
    "{} refuses the request everywhere.",
];

/// What a status means in the exchange.
fn in_the_exchange(role: Role, code: u16) -> Option<&'static str> {
    Some(match (role, code) {
        (Role::Answer, 200..=299) => {
            "The server takes the SUBSCRIBE; a NOTIFY with the URL must follow at once."
        }
        (Role::Answer, 404) => "For a profile it also means that the profile type is not known.",
        (Role::Answer, 401 | 403 | 406 | 489) => "The phone gets no URL from this server.",
        (Role::Confirm, 200..=299) => {
            "The phone has the NOTIFY. Whether it uses the URL shows only when it fetches its files."
        }
        (Role::Confirm, 481) => {
            "The phone did not find its subscription by Call-ID, tags and Event."
        }
        _ => return None,
    })
}

pub(super) fn code(place: &Place<'_, '_>) -> Said {
    let Some(code) = place.message.status() else {
        let words = "{} is no status code: it takes three digits from 100 to 699.";
        return place.say(note("Status code", words, 3261, "7.2"));
    };
    let known = STATUS.iter().find(|(listed, ..)| *listed == code);
    let said = match known {
        Some((_, words, rfc, section)) => {
            place.say(note("Status code", "{}:", *rfc, section)).and(words)
        }
        None => place.say(class(code)),
    };
    said.and(in_the_exchange(place.role, code).unwrap_or_default())
}

fn class(code: u16) -> Note {
    let words = CLASSES.get(usize::from(code / 100).saturating_sub(1));
    note("Status code", words.copied().unwrap_or("{} is not known here."), 3261, "7.2")
}

pub(super) fn reason(place: &Place<'_, '_>) -> Said {
    let known =
        practice("Reason phrase", "\"{}\" is for people to read; programs look at the code alone.");
    let reference = note("", "", 3261, "7.2").reference;
    place.say(Note { reference, ..known })
}
