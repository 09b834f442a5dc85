//! Owns the words for session descriptions (RFC 8866): what a line is for by its letter, what each field of it says,
//! and the attributes that phones use.

use super::note::{Note, Said, clip, note, practice, row};
use super::place::Place;
use crate::scan::TokenKind;
use crate::sdp::Sdp;
use crate::text::Text;
use alloc::format;

/// What is said of a letter and of the fields behind it; of more fields than words the last ones.
struct Letter {
    line: Note,
    fields: &'static [&'static str],
}

const fn letter(
    words: &'static str,
    section: &'static str,
    fields: &'static [&'static str],
) -> Letter {
    Letter { line: note("SDP line {}=", words, 8866, section), fields }
}

const LETTERS: &[(&str, Letter)] = &[
    (
        "v",
        letter(
            "The line {}= is the version of the description, which is 0.",
            "5.1",
            &["{} is the version; there is only 0."],
        ),
    ),
    (
        "o",
        letter(
            "The line {}= says who made the session and when it changed.",
            "5.2",
            &[
                "{} is the user who made the session; - is nobody in particular.",
                "{} is the session's number.",
                "{} counts the versions of the session: it grows with each change.",
                "{} is the kind of network: IN is the Internet.",
                "{} is the kind of address: IP4 or IP6.",
                "{} is the machine on which the session was made; media do not go there by this.",
            ],
        ),
    ),
    (
        "s",
        letter(
            "The line {}= is the name of the session.",
            "5.3",
            &["{} is the session's name, for people; - is none."],
        ),
    ),
    (
        "i",
        letter("The line {}= says more for people to read.", "5.4", &["{} is for people to read."]),
    ),
    (
        "u",
        letter(
            "The line {}= says where more about the session can be read.",
            "5.5",
            &["{} is where more about the session can be read."],
        ),
    ),
    (
        "e",
        letter(
            "The line {}= is the e-mail address of whoever answers for the session.",
            "5.6",
            &["{} is the address of whoever answers for the session."],
        ),
    ),
    (
        "p",
        letter(
            "The line {}= is the telephone number of whoever answers for the session.",
            "5.6",
            &["{} is the number of whoever answers for the session."],
        ),
    ),
    (
        "c",
        letter(
            "The line {}= says to which address media are to be sent.",
            "5.7",
            &[
                "{} is the kind of network: IN is the Internet.",
                "{} is the kind of address: IP4 or IP6.",
                "Media are to be sent to {}.",
            ],
        ),
    ),
    (
        "b",
        letter(
            "The line {}= says how much bandwidth is needed.",
            "5.8",
            &[
                "{} is the kind of bandwidth and how much of it, in kilobits a second for most kinds.",
            ],
        ),
    ),
    (
        "t",
        letter(
            "The line {}= says when the session begins and ends.",
            "5.9",
            &[
                "The session begins at {}, in seconds since 1900; 0 is at any time.",
                "The session ends at {}, in seconds since 1900; 0 is never.",
            ],
        ),
    ),
    (
        "r",
        letter(
            "The line {}= says when the session is repeated.",
            "5.10",
            &["{} is when the session is repeated."],
        ),
    ),
    (
        "z",
        letter(
            "The line {}= says when clocks change while the session is repeated.",
            "5.11",
            &["{} is a change of clocks."],
        ),
    ),
    (
        "k",
        letter(
            "The line {}= carries a key for the media; nobody should send it any more.",
            "5.12",
            &["This key can be read by all who see the message."],
        ),
    ),
    (
        "a",
        letter(
            "The line {}= is an attribute of the session, or of the stream above it.",
            "5.13",
            &["{} is an attribute."],
        ),
    ),
    (
        "m",
        letter(
            "The line {}= begins a stream: what it carries, to which port, and in which formats.",
            "5.14",
            &[
                "{} is what the stream carries.",
                "{} is the port to which the stream is to be sent; 0 refuses the stream.",
                "{} is how the stream is carried: RTP/AVP is plain RTP, RTP/SAVP is encrypted.",
                "{} is a format of the stream; the first one is liked best, and a=rtpmap says what a number above 95 means.",
            ],
        ),
    ),
];
const LETTER: Note = note(
    "SDP line {}=",
    "No line of RFC 8866 begins with {}=; a reader that does not know it passes over the whole description.",
    8866,
    "5",
);
const BROKEN: Note =
    note("SDP line", "This line cannot be read as it is written: expected {x}.", 8866, "9");

const ATTRIBUTES: &[(&str, Note)] = &[
    (
        "rtpmap",
        note(
            "SDP attribute rtpmap",
            "rtpmap says which codec a number of the m= line is, and its clock.",
            8866,
            "6.6",
        ),
    ),
    (
        "fmtp",
        note(
            "SDP attribute fmtp",
            "fmtp gives the codec of that number its settings.",
            8866,
            "6.15",
        ),
    ),
    (
        "ptime",
        note(
            "SDP attribute ptime",
            "ptime is how many milliseconds of sound a packet carries.",
            8866,
            "6.4",
        ),
    ),
    (
        "maxptime",
        note(
            "SDP attribute maxptime",
            "maxptime is how many milliseconds of sound a packet carries at most.",
            8866,
            "6.5",
        ),
    ),
    (
        "sendrecv",
        note("SDP attribute sendrecv", "sendrecv: the stream flows both ways.", 8866, "6.7.2"),
    ),
    (
        "sendonly",
        note(
            "SDP attribute sendonly",
            "sendonly: the sender of this only sends; the other side is on hold.",
            8866,
            "6.7.3",
        ),
    ),
    (
        "recvonly",
        note("SDP attribute recvonly", "recvonly: the sender of this only listens.", 8866, "6.7.1"),
    ),
    (
        "inactive",
        note("SDP attribute inactive", "inactive: nothing flows either way.", 8866, "6.7.4"),
    ),
    (
        "rtcp",
        note(
            "SDP attribute rtcp",
            "rtcp is the port for reports on the stream, where it is not the next one.",
            3605,
            "2.1",
        ),
    ),
    (
        "rtcp-mux",
        note(
            "SDP attribute rtcp-mux",
            "rtcp-mux: reports share the port of the stream.",
            5761,
            "5.1.1",
        ),
    ),
    (
        "crypto",
        note(
            "SDP attribute crypto",
            "crypto carries the key of an encrypted stream; whoever reads the message has it.",
            4568,
            "4",
        ),
    ),
    (
        "fingerprint",
        note(
            "SDP attribute fingerprint",
            "fingerprint is the hash of the certificate that protects the stream.",
            8122,
            "5",
        ),
    ),
    ("setup", note("SDP attribute setup", "setup says who opens the connection.", 4145, "4")),
    (
        "candidate",
        note(
            "SDP attribute candidate",
            "candidate is an address at which the stream might arrive.",
            8839,
            "5.1",
        ),
    ),
];
const ATTRIBUTE: Note = practice(
    "SDP attribute",
    "This attribute has no words here; a reader that does not know it passes over it.",
);

/// Whether RFC 8866 has lines of that letter.
pub(crate) fn is_sdp_letter(letter: Text<'_>) -> bool {
    LETTERS.iter().any(|(known, _)| letter == *known)
}

/// The words for a leaf of a line.
pub(super) fn say(place: &Place<'_, '_>) -> Said {
    let letter = place.before(TokenKind::SdpType).map(|span| place.slice(span));
    let line =
        |text: Text<'_>| LETTERS.iter().find(|(known, _)| text == *known).map(|(_, line)| line);
    match place.kind() {
        TokenKind::SdpType => place.say(line(place.text()).map_or(LETTER, |line| line.line)),
        TokenKind::ParamName | TokenKind::ParamValue => attribute(place),
        _ => match letter.and_then(line) {
            Some(letter) => field(place, letter),
            None => place.say(Note {
                title: "SDP field",
                words: "{} stands in a line that is not known here.",
                ..LETTER
            }),
        },
    }
}

fn field(place: &Place<'_, '_>, letter: &Letter) -> Said {
    let index = place.index_of_kind().min(letter.fields.len().saturating_sub(1));
    let words = letter.fields.get(index).copied().unwrap_or(letter.line.words);
    place.say(Note { title: "SDP field", words, ..letter.line })
}

fn attribute(place: &Place<'_, '_>) -> Said {
    let name = match place.kind() {
        TokenKind::ParamName => place.text(),
        _ => place.before(TokenKind::ParamName).map(|span| place.slice(span)).unwrap_or_default(),
    };
    let said = place.say(*row(ATTRIBUTES, name).unwrap_or(&ATTRIBUTE));
    if place.kind() == TokenKind::ParamValue {
        return said.and(&format!("Here: {}.", clip(&place.value())));
    }
    said
}

/// A line that cannot be read.
pub(super) fn broken(place: &Place<'_, '_>) -> Said {
    let error = Sdp::new(place.text().as_bytes()).lines().next().and_then(|line| {
        if line.kind.is_empty() {
            return None;
        }
        line.field().err()
    });
    let expected = error.map_or("a letter, = and a value", |error| error.expected.words());
    place.say_with(BROKEN, expected)
}
