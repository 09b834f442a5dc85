//! Owns the words for media types: Accept and Content-Type.

use super::note::{Note, Said, clip, note, practice, row};
use super::place::Place;
use super::role::Role;
use crate::message::HeaderName;
use crate::scan::TokenKind;
use crate::span::Span;
use crate::text::Text;
use crate::typed::MediaType;

const TYPES: &[(&str, Note)] = &[
    (
        "application/url",
        practice(
            "{h} type",
            "application/url is a URL and nothing else. No RFC defines it; phones and PnP servers agree on it in practice.",
        ),
    ),
    (
        "message/external-body",
        note(
            "{h} type",
            "message/external-body says where the real content can be fetched: RFC 6080's way to hand over a URL.",
            4483,
            "5.2",
        ),
    ),
    (
        "application/sdp",
        note("{h} type", "application/sdp describes the media of a call.", 4566, "5"),
    ),
    ("application/xml", note("{h} type", "application/xml is an XML document.", 7303, "9.1")),
    (
        "application/pidf+xml",
        note("{h} type", "application/pidf+xml is somebody's presence.", 3863, "4"),
    ),
    (
        "application/dialog-info+xml",
        note("{h} type", "application/dialog-info+xml lists the calls of a phone.", 4235, "4"),
    ),
    (
        "application/simple-message-summary",
        note(
            "{h} type",
            "application/simple-message-summary counts waiting voice messages.",
            3842,
            "5",
        ),
    ),
    (
        "application/xcap-diff+xml",
        note(
            "{h} type",
            "application/xcap-diff+xml lists changes of XML documents; who takes only this wants no URL.",
            5874,
            "4",
        ),
    ),
    (
        "application/x-gs-ucm-url",
        practice(
            "{h} type",
            "application/x-gs-ucm-url is Grandstream's own; some of its phones confirm it and then fetch nothing.",
        ),
    ),
    ("text/plain", note("{h} type", "text/plain is plain text.", 2046, "4.1.3")),
    (
        "text/uri-list",
        note(
            "{h} type",
            "text/uri-list is a list of URLs; it is registered, but no phone is known to take its profile so.",
            2483,
            "5",
        ),
    ),
    (
        "message/sipfrag",
        note("{h} type", "message/sipfrag is a piece of a SIP message.", 3420, "2"),
    ),
    (
        "multipart/mixed",
        note("{h} type", "multipart/mixed is a body of several parts.", 2046, "5.1.3"),
    ),
    ("*/*", note("{h} type", "*/* is every kind of body.", 3261, "20.1")),
    (
        "application/*",
        note(
            "{h} type",
            "application/* is every kind of body that begins so, a URL among them.",
            3261,
            "20.1",
        ),
    ),
];
const TYPE: Note =
    note("{h} type", "This is a kind of body that is not known here.", 3261, "20.15");

const PARAMS: &[(&str, Note)] = &[
    (
        "q",
        note(
            "{h} parameter q",
            "q={}: how welcome this kind is, from 0 (not at all) to 1.",
            3261,
            "20.1",
        ),
    ),
    (
        "charset",
        note(
            "{h} parameter charset",
            "{} is how the characters of the body are written as bytes.",
            2046,
            "4.1.2",
        ),
    ),
    (
        "boundary",
        note(
            "{h} parameter boundary",
            "{} is the line that parts the pieces of the body.",
            2046,
            "5.1.1",
        ),
    ),
    (
        "access-type",
        note("{h} parameter access-type", "{} is how the real content is fetched.", 2017, "3"),
    ),
    ("url", note("{h} parameter URL", "{} is where the real content is.", 2017, "3")),
];

pub(super) fn say(name: HeaderName, place: &Place<'_, '_>) -> Option<Said> {
    if let Some(param) = place.param() {
        return row(PARAMS, param).map(|note| place.say(*note));
    }
    let (text, span) = whole_type(place)?;
    let known = row(TYPES, text).unwrap_or(&TYPE);
    Some(place.say(*known).about(span).and(takes_or_is(name, place.role, text)))
}

/// Type and subtype together, from either.
fn whole_type<'a>(place: &Place<'_, 'a>) -> Option<(Text<'a>, Span)> {
    let span = match place.kind() {
        TokenKind::MediaType => {
            Span::new(place.span().start, place.behind(TokenKind::MediaSubtype)?.end)
        }
        TokenKind::MediaSubtype => {
            Span::new(place.before(TokenKind::MediaType)?.start, place.span().end)
        }
        _ => return None,
    };
    Some((Text::new(span.slice(place.message.as_bytes())?), span))
}

fn takes_or_is(name: HeaderName, role: Role, text: Text<'_>) -> &'static str {
    match (name, role, text.is("application/url")) {
        (HeaderName::Accept, Role::Subscribe, true) => {
            "The phone wants its profile as a URL in the body of the NOTIFY."
        }
        (HeaderName::Accept, ..) => "The sender can read it.",
        (_, Role::Notify, true) => {
            "The body is the URL from which the phone fetches its configuration."
        }
        _ => "The body is of this kind.",
    }
}

/// What a body of that type is, for one that has no parts of its own here.
pub(super) fn of_body(place: &Place<'_, '_>, kind: Option<MediaType<'_>>) -> Said {
    let Some(kind) = kind else {
        let words = "There is a body, but no Content-Type that can be read says what it is.";
        return place.say(note("Body", words, 3261, "20.15"));
    };
    let mut text = clip(&kind.kind.to_str());
    text.push('/');
    text.push_str(&clip(&kind.subtype.to_str()));
    let known = row(TYPES, Text::from(text.as_str())).unwrap_or(&TYPE);
    let said =
        place.say_with(Note { title: "Body", words: "Content-Type says {x}.", ..*known }, &text);
    said.and(known.words)
}
