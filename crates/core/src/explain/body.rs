//! Owns the words for the body and for where it begins and ends. The parts of a URL are `url`'s.

use super::note::{Note, Said, note, practice, row};
use super::place::Place;
use super::url::{Part, Piece, piece_at};
use super::{media, sdp};
use crate::message;
use crate::scan::TokenKind;
use crate::span::Span;
use crate::text::Text;
use crate::typed::{MediaType, Number};
use alloc::string::ToString;

const SCHEMES: &[(&str, Note)] = &[
    (
        "tftp",
        note(
            "URL scheme",
            "{}: the phone fetches its files by TFTP, without encryption or password.",
            1350,
            "1",
        ),
    ),
    (
        "http",
        note(
            "URL scheme",
            "{}: the phone fetches its files by HTTP, without encryption.",
            9110,
            "4.2.1",
        ),
    ),
    (
        "https",
        note(
            "URL scheme",
            "{}: the phone fetches its files over TLS; it must trust the server's certificate.",
            9110,
            "4.2.2",
        ),
    ),
    (
        "ftp",
        note(
            "URL scheme",
            "{}: the phone fetches its files by FTP, without encryption.",
            959,
            "2.3",
        ),
    ),
    ("ftps", note("URL scheme", "{}: the phone fetches its files by FTP over TLS.", 4217, "4")),
];
const SCHEME: Note = practice(
    "URL scheme",
    "{}: phones are known to fetch by tftp, http, https or ftp; this is none of them.",
);

/// Placeholders that phones fill in. Their case matters.
const PLACEHOLDERS: &[(&str, &str)] = &[
    ("{mac}", "its MAC address, on snom, Gigaset, VTech and Panasonic phones."),
    ("{MAC}", "its MAC address in capitals, on Panasonic phones."),
    ("{MODEL}", "its model, on Panasonic phones."),
    ("{fwver}", "its firmware version, on Panasonic phones."),
    ("<MAC>", "its MAC address, on AudioCodes phones."),
    ("<MODEL>", "its model, on AudioCodes phones."),
    ("$mac", "its MAC address, on PLANET and Fanvil phones."),
    ("$input", "its own input value, on PLANET and Fanvil phones."),
    ("$MA", "its MAC address, on Cisco phones."),
    ("$MAU", "its MAC address in capitals, on Cisco phones."),
    ("$MAC", "its MAC address, reportedly on Yealink phones."),
    ("$PN", "its model, on Cisco and reportedly on Yealink phones."),
];
const PLACEHOLDER: Note = practice(
    "URL placeholder",
    "{} is filled in by the phone with {x} The server sends it as it is.",
);
const HOLE: Note = practice(
    "URL placeholder",
    "{} is a hole of a Fingerpost template; it should have been filled before the URL was sent.",
);
const STRANGE: Note = practice(
    "URL placeholder",
    "{} looks like a placeholder for the phone to fill in, but no phone is known here that does.",
);

/// The words for a part of the URL but scheme and placeholder.
const fn words(part: Part) -> Note {
    match part {
        Part::User => practice(
            "URL user",
            "The phone logs in as {}. Anyone who sees the NOTIFY can read this.",
        ),
        Part::Password => practice(
            "URL password",
            "The phone logs in with this password. Anyone who sees the NOTIFY can read it.",
        ),
        Part::Host => note("URL host", "The phone fetches its files from {}.", 3986, "3.2.2"),
        Part::Port => note(
            "URL port",
            "The phone fetches its files from port {} instead of the scheme's usual one.",
            3986,
            "3.2.3",
        ),
        Part::Folder => note("URL folder", "{} is the folder of the file.", 3986, "3.3"),
        Part::OpenFolder => practice(
            "URL folder",
            "The URL names the folder {} and no file: the phone adds a file name of its own, most often made from its MAC address. Grandstream GRP phones need the slash at the end.",
        ),
        Part::Firmware => practice(
            "URL firmware file",
            "{}, before the semicolon, is the firmware file. AudioCodes phones read the URL so.",
        ),
        Part::Semicolon => practice(
            "URL separator",
            "The semicolon parts firmware and configuration file. AudioCodes phones read the URL so, and use their usual name for one that is missing.",
        ),
        Part::Configuration => practice(
            "URL configuration file",
            "{}, behind the semicolon, is the configuration file. AudioCodes phones read the URL so.",
        ),
        Part::File => practice(
            "URL file",
            "The phone fetches the file {}. AudioCodes phones take a single name for their firmware, most others for their configuration.",
        ),
        Part::Query => {
            note("URL query", "{} goes to the web server with the request.", 3986, "3.4")
        }
        Part::Blank => practice(
            "Body",
            "White space or a line end follows the URL. Some servers send it; the body should be the URL alone.",
        ),
        Part::Whole | Part::Scheme | Part::Placeholder => practice(
            "URL",
            "{} has no scheme such as http://. Panasonic phones try several then; other phones may not use it.",
        ),
    }
}

const NO_FILE: &str = "The URL names no file, so the phone adds a name of its own.";

const BETWEEN: Note =
    note("Boundary", "{} parts two pieces of the body, or begins the first.", 2046, "5.1.1");
const LAST: Note =
    note("Boundary", "{}, with two more dashes, ends the last piece of the body.", 2046, "5.1.1");
const AROUND: Note = note(
    "Body",
    "This stands before the first part of the body or behind the last one, for readers that know no parts; others pass over it.",
    2046,
    "5.1.1",
);
const UNTYPED: Note =
    note("Body", "This part does not say what it is, so it is plain text.", 2046, "5.1");
const UNREAD: Note = practice("Body", "This part is not read: its headers go beyond the limits.");

/// The body, or a piece of it.
pub(super) fn say(place: &Place<'_, '_>) -> Said {
    match place.kind() {
        TokenKind::Boundary if is_last(place) => place.say(LAST),
        TokenKind::Boundary => place.say(BETWEEN),
        TokenKind::Body => content(place),
        TokenKind::Malformed if kind(place).is_some_and(|kind| kind.is("application", "sdp")) => {
            sdp::broken(place)
        }
        TokenKind::Malformed => place.say(UNREAD),
        _ => sdp::say(place),
    }
}

fn is_last(place: &Place<'_, '_>) -> bool {
    place.text().as_bytes().ends_with(b"--")
}

/// What the body, or the part around the leaf, is.
fn kind<'a>(place: &Place<'_, 'a>) -> Option<MediaType<'a>> {
    let kind = match place.part() {
        Some(part) => part.content_type(),
        None => place.message.content_type(),
    };
    kind.ok().flatten()
}

fn content(place: &Place<'_, '_>) -> Said {
    let whole = place.part().map_or(place.message.body_span(), message::Part::body_span);
    match kind(place) {
        Some(kind) if kind.is("application", "url") => url(place),
        Some(kind) if kind.kind.is("multipart") && place.span() != whole => place.say(AROUND),
        None if place.part().is_some() => place.say(UNTYPED),
        kind => media::of_body(place, kind),
    }
}

fn url(place: &Place<'_, '_>) -> Said {
    let (body, start) = (place.text(), place.span().start);
    let at = place.offset.saturating_sub(start).min(body.len().saturating_sub(1));
    let Piece { part, start: from, end, names_no_file } = piece_at(body.as_bytes(), at);
    let text = Text::new(&body.as_bytes()[from..end]);
    let shown = text.to_str();
    let said = match part {
        Part::Scheme => place.say_of(*row(SCHEMES, text).unwrap_or(&SCHEME), &shown, ""),
        Part::Placeholder => placeholder(place, text, &shown),
        _ => place.say_of(words(part), &shown, ""),
    };
    let rest = if part == Part::Host && names_no_file { NO_FILE } else { "" };
    said.and(rest).about(Span::new(start + from, start + end))
}

fn placeholder(place: &Place<'_, '_>, text: Text<'_>, shown: &str) -> Said {
    match PLACEHOLDERS.iter().find(|(name, _)| text == *name) {
        Some((_, filled)) => place.say_of(PLACEHOLDER, shown, filled),
        None if text.as_bytes().starts_with(b"%{") => place.say_of(HOLE, shown, ""),
        None => place.say_of(STRANGE, shown, ""),
    }
}

/// What stands behind the body.
pub(super) fn trailing(place: &Place<'_, '_>) -> Said {
    let words =
        "These bytes stand behind the end that Content-Length states; receivers pass over them.";
    place.say(note("Behind the message", words, 3261, "18.3"))
}

/// The line end that stands alone.
pub(super) fn empty_line(place: &Place<'_, '_>) -> Said {
    let words = if place.span().start < place.message.head_span().start {
        "An empty line before the message; receivers pass over it."
    } else {
        "The empty line ends the headers; what follows is the body."
    };
    place.say(note("Empty line", words, 3261, "7"))
}

/// Content-Length beside the bytes that are there.
pub(super) fn content_length(place: &Place<'_, '_>) -> Said {
    let message = place.message;
    let there = message.as_bytes().len().saturating_sub(message.head_span().end);
    let stated = Number::parse(place.text().as_bytes()).map(|number| number.value);
    let stated = stated.ok().and_then(|value| usize::try_from(value).ok()).unwrap_or(usize::MAX);
    let (words, section) = match stated {
        _ if !message.is_complete() => {
            ("The body has {} bytes, but the message is cut off before it begins.", "18.3")
        }
        0 if there == 0 => ("Content-Length is 0: there is no body.", "20.14"),
        _ if stated == there => ("Content-Length {} matches the body.", "20.14"),
        _ if stated > there => (
            "Content-Length says {} bytes, but {x} are there: the message is cut off or the number is wrong.",
            "18.3",
        ),
        _ => (
            "Content-Length says {} bytes, and {x} are there: what is too many is passed over.",
            "18.3",
        ),
    };
    place.say_with(note("Content-Length", words, 3261, section), &there.to_string())
}
