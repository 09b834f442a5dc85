//! Owns what SIP extensions are: the option tags of Supported, Require, Proxy-Require and Unsupported.

use super::note::{Said, note, row};
use super::place::Place;
use crate::message::HeaderName;
use crate::text::Text;

/// Tag, what it is, RFC and section.
const OPTIONS: &[(&str, (&str, u16, &str))] = &[
    (
        "100rel",
        (
            "provisional answers to a call are confirmed one by one. For provisioning it means nothing.",
            3262,
            "8.1",
        ),
    ),
    (
        "replaces",
        (
            "a call can take the place of another, as in an attended transfer. For provisioning it means nothing.",
            3891,
            "6.2",
        ),
    ),
    ("path", ("a registration remembers the proxies on its way.", 3327, "4")),
    ("timer", ("calls are refreshed from time to time, so that dead ones are noticed.", 4028, "7")),
    ("outbound", ("requests come back over the connection that the phone opened.", 5626, "11")),
    ("gruu", ("a device can have an address that leads to it alone.", 5627, "11.3")),
    ("eventlist", ("one subscription can stand for a list of them.", 4662, "4")),
    ("norefersub", ("a transfer can do without its NOTIFYs.", 4488, "4")),
    ("nosub", ("a transfer can do without its subscription.", 7614, "6")),
    ("tdialog", ("a request can name the call that it is about.", 4538, "11.3")),
    ("join", ("a call can join another one.", 3911, "7.2")),
    ("precondition", ("a call waits until its network resources are there.", 3312, "11")),
    ("privacy", ("servers on the way can be asked to hide who calls.", 3323, "4.2")),
    ("sec-agree", ("both sides agree on how they protect their messages.", 3329, "2")),
    ("histinfo", ("a call carries the history of its redirections.", 7044, "5")),
    ("from-change", ("the name in From may change during a call.", 4916, "4")),
    ("early-session", ("there can be a session before the call is answered.", 3959, "6")),
    ("answermode", ("a caller can ask that the phone answer by itself.", 5373, "2")),
    ("resource-priority", ("calls can have precedence over others.", 4412, "3")),
    ("ice", ("media find their way through NAT by trying several addresses.", 5768, "5")),
    ("pref", ("callers can say which features a device should have.", 3840, "12.3")),
    ("multiple-refer", ("a transfer can have several targets.", 5368, "4")),
    ("uui", ("a call carries data from user to user.", 7433, "4")),
];

/// Whether there are words for the option tag.
pub(crate) fn is_option_tag(tag: Text<'_>) -> bool {
    row(OPTIONS, tag).is_some()
}

pub(super) fn say(name: HeaderName, place: &Place<'_, '_>) -> Option<Said> {
    place.param().is_none().then(|| option(name, place))
}

fn option(name: HeaderName, place: &Place<'_, '_>) -> Said {
    let words = match name {
        HeaderName::Supported => "The sender understands {}:",
        HeaderName::Require => "The receiver must understand {}, or answer 420:",
        HeaderName::ProxyRequire => "Every proxy on the way must understand {}:",
        _ => "The server does not understand {}:",
    };
    match row(OPTIONS, place.text()) {
        Some((what, rfc, section)) => place.say(note("{h} option", words, *rfc, section)).and(what),
        None => place
            .say(note("{h} option", words, 3261, "19.2"))
            .and("an extension that is not known here."),
    }
}
