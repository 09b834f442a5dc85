//! Owns the words for Event and Allow-Events: the packages, and the parameters of `ua-profile`.

use super::note::{Note, Said, note, practice, row};
use super::place::Place;
use super::role::Role;
use crate::message::HeaderName;
use crate::pnp::vendor::is_placeholder;
use crate::scan::TokenKind;
use crate::text::Text;

/// Package, words, RFC and section.
const PACKAGES: &[(&str, Note)] = &[
    (
        "ua-profile",
        note(
            "{h} package",
            "{} is the package by which a phone learns where its configuration is.",
            6080,
            "6.1",
        ),
    ),
    (
        "presence",
        note("{h} package", "{} tells whether and how somebody can be reached.", 3856, "6.1"),
    ),
    ("presence.winfo", note("{h} package", "{} tells who watches one's presence.", 3857, "4.1")),
    (
        "dialog",
        note(
            "{h} package",
            "{} tells of the calls of another phone; busy lamps work by it.",
            4235,
            "3.1",
        ),
    ),
    ("message-summary", note("{h} package", "{} tells how many voice messages wait.", 3842, "3.1")),
    ("refer", note("{h} package", "{} tells how a transfer fares.", 3515, "3")),
    ("reg", note("{h} package", "{} tells of the registrations of a user.", 3680, "4.1")),
    ("conference", note("{h} package", "{} tells who is in a conference.", 4575, "3.1")),
    (
        "check-sync",
        practice(
            "{h} package",
            "{} makes many phones fetch their configuration again, some after a reboot. No RFC defines it.",
        ),
    ),
    (
        "resync",
        practice(
            "{h} package",
            "{} makes Cisco phones fetch their configuration again. No RFC defines it.",
        ),
    ),
    (
        "keep-alive",
        practice("{h} package", "{} keeps a path through a NAT open. No RFC defines it."),
    ),
    (
        "talk",
        practice("{h} package", "{} makes a phone answer or resume a call. No RFC defines it."),
    ),
    ("hold", practice("{h} package", "{} makes a phone hold a call. No RFC defines it.")),
    ("kpml", note("{h} package", "{} tells which keys were pressed during a call.", 4730, "4.1")),
    ("xcap-diff", note("{h} package", "{} tells how documents on a server changed.", 5875, "4.1")),
    (
        "vq-rtcpxr",
        note("{h} package", "{} tells how well the voice of a call came over.", 6035, "4.1"),
    ),
    (
        "as-feature-event",
        practice("{h} package", "{} tells of features such as call forwarding. No RFC defines it."),
    ),
    (
        "line-seize",
        practice("{h} package", "{} takes a shared line before a call. No RFC defines it."),
    ),
    (
        "call-info",
        practice("{h} package", "{} tells of the calls of a shared line. No RFC defines it."),
    ),
];
const PACKAGE: Note = note("{h} package", "{} is a package that is not known here.", 6665, "8.2.1");

const KINDS: &[(&str, Note)] = &[
    (
        "device",
        note(
            "Event parameter profile-type",
            "The phone wants the profile of the device, whoever uses it.",
            6080,
            "6.2",
        ),
    ),
    (
        "user",
        note(
            "Event parameter profile-type",
            "The phone wants the profile of its user.",
            6080,
            "6.2",
        ),
    ),
    (
        "local-network",
        note(
            "Event parameter profile-type",
            "The phone wants the profile of the network it is in.",
            6080,
            "6.2",
        ),
    ),
    (
        "application",
        practice(
            "Event parameter profile-type",
            "\"{}\" is no profile type of RFC 6080; it comes from an expired draft, and AudioCodes phones send it.",
        ),
    ),
];
const KIND: Note = note(
    "Event parameter profile-type",
    "\"{}\" is a profile type that RFC 6080 does not define.",
    6080,
    "6.2",
);
const PARAMS: &[(&str, Note)] = &[
    (
        "vendor",
        note("Event parameter vendor", "The phone says that it was made by {}.", 6080, "6.2"),
    ),
    (
        "vender",
        practice(
            "Event parameter vender",
            "vender is a misspelt vendor, as Panasonic phones send it: made by {}.",
        ),
    ),
    ("model", note("Event parameter model", "The phone says that it is a {}.", 6080, "6.2")),
    (
        "version",
        note(
            "Event parameter version",
            "The phone says that it runs firmware version {}.",
            6080,
            "6.2",
        ),
    ),
    (
        "id",
        note(
            "Event parameter id",
            "id={} tells several subscriptions of one dialog apart; the NOTIFY must repeat it.",
            6665,
            "4.5.2",
        ),
    ),
];
const NOW: Note = note(
    "Event parameter effective-by",
    "effective-by is 0: the phone should use the profile at once.",
    6080,
    "6.2.3",
);
const LATER: Note = note(
    "Event parameter effective-by",
    "The phone should use the profile within {} seconds.",
    6080,
    "6.2.3",
);
const PARAM: Note = note(
    "Event parameter",
    "{} belongs to a parameter that is not known here; it is passed over.",
    6665,
    "8.2.1",
);

const REPEATED: Note = note(
    "Event parameter {x}",
    "The server repeats the phone's {x}, {}. In a NOTIFY the phone ignores it: it belongs to the SUBSCRIBE.",
    6080,
    "6.2",
);
const DEVICE: [&str; 5] = ["profile-type", "vendor", "vender", "model", "version"];

const QUOTED: &str = "RFC 6080 has no quotation marks here, but every known phone writes them.";
const UNQUOTED: &str = "RFC 6080 has quotation marks round it.";
const NAMES_NOTHING: &str =
    "That is a stand-in and names no product; look at User-Agent or the MAC address.";

/// Whether there are words for the package, compared with its case as packages are.
pub(crate) fn is_event_package(package: Text<'_>) -> bool {
    PACKAGES.iter().any(|(name, _)| package == *name)
}

pub(super) fn say(place: &Place<'_, '_>) -> Option<Said> {
    match place.param() {
        Some(name) if place.header_name() == Some(HeaderName::Event) => Some(param(place, name)),
        None => Some(package(place)),
        Some(_) => None,
    }
}

fn package(place: &Place<'_, '_>) -> Said {
    let said = place.say(*row(PACKAGES, place.text()).unwrap_or(&PACKAGE));
    if place.kind() != TokenKind::EventPackage {
        return said.and("The sender takes subscriptions to it.");
    }
    said.and(match place.role {
        Role::Subscribe => "The phone asks for it here.",
        Role::Notify => "The server sends it here; the phone compares the name byte by byte.",
        _ => "",
    })
}

fn param(place: &Place<'_, '_>, name: Text<'_>) -> Said {
    let value = place.param_value().unwrap_or_default();
    let device = DEVICE.iter().find(|known| name.is(known));
    match device {
        Some(known) if place.role == Role::Notify => return place.say_with(REPEATED, known),
        Some(_) => {}
        None => return place.say(words(name, value)),
    }
    let is_stand_in = !name.is("version") && is_placeholder(&value.to_str());
    place
        .say(words(name, value))
        .and(if is_stand_in { NAMES_NOTHING } else { "" })
        .and(spelling(name, place))
}

fn words(name: Text<'_>, value: Text<'_>) -> Note {
    if name.is("profile-type") {
        return *row(KINDS, value).unwrap_or(&KIND);
    }
    if name.is("effective-by") {
        return if value == "0" { NOW } else { LATER };
    }
    *row(PARAMS, name).unwrap_or(&PARAM)
}

/// RFC 6080 has quotation marks round vendor, model and version, and none round profile-type.
fn spelling(name: Text<'_>, place: &Place<'_, '_>) -> &'static str {
    match (name.is("profile-type"), place.is_quoted()) {
        (true, true)
            if row(KINDS, place.param_value().unwrap_or_default())
                .is_some_and(|kind| kind.reference.is_some()) =>
        {
            QUOTED
        }
        (false, false) if place.param_value().is_some() => UNQUOTED,
        _ => "",
    }
}
