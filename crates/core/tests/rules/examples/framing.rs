//! Lines, bytes, and Content-Length.

use crate::base::Base::{Notify, Subscribe};
use crate::example::{Example, alone};
use fingerpost_core::check::rules::*;

pub(crate) const EXAMPLES: &[Example] =
    &[
        alone(&LEADING_LINE_END, &[(Subscribe, "SUBSCRIBE", "\r\n\r\nSUBSCRIBE")], "\r\n\r\n"),
        alone(&HEADERS_UNTERMINATED, &[(Subscribe, "0\r\n\r\n", "0\r\n")], ""),
        alone(&LINE_WITHOUT_COLON, &[(Subscribe, "Max", "hello\r\nMax")], "hello"),
        alone(&HEADER_NAME, &[(Subscribe, "Max", "X Y: 1\r\nMax")], "X Y"),
        alone(&BARE_LINE_FEED, &[(Subscribe, "Expires: 0\r\n", "Expires: 0\n")], "\n"),
        alone(
            &BARE_LINE_FEED,
            &[(Notify, "70\r\n", "70\n"), (Notify, "ua-profile\r\n", "ua-profile\n")],
            "\n",
        ),
        alone(&BARE_CARRIAGE_RETURN, &[(Subscribe, "Max", "Subject: a\rb\r\nMax")], "\r").but(&[(
            Subscribe,
            "Max",
            "Subject: a b\r\nMax",
        )]),
        alone(&CONTROL_CHARACTER, &[(Subscribe, "Max", "Subject: a\u{7}b\r\nMax")], "\u{7}")
            .but(&[(Subscribe, "From: ", "From: \"a\\\u{7}\" ")]),
        alone(&NOT_UTF8, &[(Subscribe, "Max", "Subject: caf\u{fffd}\r\nMax")], "\u{fffd}")
            .but(&[(Subscribe, "Max", "Subject: caf\u{e9}\r\nMax")]),
        alone(&CONTENT_LENGTH_GRAMMAR, &[(Notify, "Length: 24", "Length: -24")], "-24"),
        alone(
            &CONTENT_LENGTH_MISSING,
            &[(Notify, "Content-Length: 24\r\n", "")],
            "NOTIFY sip:7@192.0.2.10:5060 SIP/2.0",
        ),
        alone(&CONTENT_LENGTH_TOO_LARGE, &[(Notify, "Length: 24", "Length: 50")], "50"),
        alone(&CONTENT_LENGTH_TOO_SMALL, &[(Notify, "Length: 24", "Length: 19")], ".conf"),
    ];
