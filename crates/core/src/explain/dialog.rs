//! Owns the words for Call-ID, `CSeq` and Max-Forwards.

use super::note::{Note, Said, note};
use super::place::Place;
use super::role::Role;
use crate::message::StartLine;
use crate::scan::TokenKind;
use crate::typed::Number;

pub(super) fn call_id(place: &Place<'_, '_>) -> Said {
    let words = match place.role {
        Role::Subscribe => {
            "{} is the phone's name for this exchange; the 200 and the NOTIFY repeat it byte by byte."
        }
        Role::Answer => "{} is copied from the SUBSCRIBE.",
        Role::Notify => {
            "{} should be the SUBSCRIBE's: by it the phone finds the subscription that the NOTIFY belongs to."
        }
        Role::Confirm => "{} is copied from the NOTIFY.",
        Role::Other => {
            "{} ties this message to the others of its call, registration or subscription."
        }
    };
    place.say(note("Call-ID", words, 3261, "20.8"))
}

const ANSWERED: Note = note(
    "CSeq number",
    "{} is copied: the number of the request that is answered.",
    3261,
    "8.2.6.2",
);
const SERVERS: Note = note(
    "CSeq number",
    "{} is the server's own count of its requests; it need not follow the number of the SUBSCRIBE.",
    3261,
    "12.2.1.1",
);
const COUNTED: Note = note(
    "CSeq number",
    "{} is the sender's count of its requests; any number may be the first, and the next is one higher.",
    3261,
    "8.1.1.5",
);

pub(super) fn cseq(place: &Place<'_, '_>) -> Option<Said> {
    match place.kind() {
        TokenKind::Number if place.message.status().is_some() => Some(place.say(ANSWERED)),
        TokenKind::Number if place.role == Role::Notify => Some(place.say(SERVERS)),
        TokenKind::Number => Some(place.say(COUNTED)),
        TokenKind::Method => Some(method(place)),
        _ => None,
    }
}

fn method(place: &Place<'_, '_>) -> Said {
    let words = match place.message.start_line() {
        StartLine::Status(_) => "The message answers a {}.",
        StartLine::Request(line) if line.method == place.text() => {
            "{} repeats the method of the request."
        }
        StartLine::Request(_) => {
            "{} differs from the method in the first line; a receiver refuses such a request."
        }
    };
    place.say(note("CSeq method", words, 3261, "20.16"))
}

pub(super) fn max_forwards(place: &Place<'_, '_>) -> Said {
    let number = Number::parse(place.text().as_bytes()).map(|number| number.value);
    let words = match number {
        Ok(0) => "Max-Forwards is 0: no proxy may pass the message on.",
        Ok(256..) => "Max-Forwards is {}, more than the 255 that are allowed.",
        Ok(70) => "{} proxies may pass the message on, as is usual. On one LAN there is none.",
        _ => "{} proxies may pass the message on; 70 is usual. On one LAN there is none.",
    };
    place.say(note("Max-Forwards", words, 3261, "20.22"))
}
