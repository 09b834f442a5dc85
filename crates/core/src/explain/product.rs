//! Owns the words for User-Agent and Server. Every vendor writes them differently and no RFC says how, so each word
//! is explained by what it looks like.

use super::note::{Note, Said, note, practice};
use super::place::Place;
use crate::pnp::{Mac, vendor};
use crate::scan::TokenKind;
use crate::text::Text;

const VERSION: Note =
    note("{h} version", "{} is the version, in a phone that of its firmware.", 3261, "20.41");
const VENDOR: Note = practice("{h} vendor", "{} is the vendor.");
const VENDOR_WORD: Note = practice("{h} vendor", "{} tells the vendor: {x}.");
const MAC: Note =
    practice("{h} MAC address", "{} is the phone's MAC address. Some vendors write it here.");
const WORD_VERSION: Note = practice("{h} version", "{} looks like the firmware version.");
const MODEL: Note = practice("{h} model", "{} is the model, as Event names it too.");
const WORD: Note = practice(
    "{h} product",
    "{} is what the device or software calls itself, usually its model. This is free text, written differently by every vendor.",
);
const REMARK: Note = note("{h} comment", "{} is a remark in free text.", 3261, "20.41");
const REMARK_MAC: Note = practice(
    "{h} comment",
    "{} is a remark in free text; it holds the phone's MAC address. Some vendors write it here.",
);

pub(super) fn say(place: &Place<'_, '_>) -> Option<Said> {
    Some(match place.kind() {
        TokenKind::Version => place.say(VERSION),
        TokenKind::Comment => place.say(if holds_mac(place.text()) { REMARK_MAC } else { REMARK }),
        TokenKind::Product => product(place),
        _ => return None,
    })
}

fn product(place: &Place<'_, '_>) -> Said {
    let word = place.text();
    if let Some(vendor) = vendor::known(word.as_bytes()).filter(|_| place.is_first_of_kind()) {
        return place.say_with(if word.is(vendor) { VENDOR } else { VENDOR_WORD }, vendor);
    }
    let event = place.message.event().ok().flatten().and_then(|event| event.ua_profile());
    let model = event.and_then(|event| event.model).map(|model| model.text);
    place.say(match () {
        () if Mac::parse(word.as_bytes()).is_ok() => MAC,
        () if model == Some(word) => MODEL,
        () if word.as_bytes().first().is_some_and(u8::is_ascii_digit) => WORD_VERSION,
        () => WORD,
    })
}

fn holds_mac(remark: Text<'_>) -> bool {
    let is_part = |byte: &u8| byte.is_ascii_hexdigit() || matches!(byte, b':' | b'-');
    remark.as_bytes().split(|byte| !is_part(byte)).any(|word| Mac::parse(word).is_ok())
}
