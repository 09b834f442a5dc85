//! What the headers of one message say together.

use crate::base::Base::{Confirm, Invite, Notify, Ok, Register, Subscribe};
use crate::example::{Example, alone};
use fingerpost_core::check::rules::*;

const FIRST: &str = "SUBSCRIBE sip:224.0.1.75:5060 SIP/2.0";

pub(crate) const EXAMPLES: &[Example] = &[
    alone(&HEADER_MISSING, &[(Subscribe, "Call-ID: 1@192.0.2.10\r\n", "")], FIRST),
    alone(
        &HEADER_REPEATED,
        &[(Subscribe, "Expires: 0\r\n", "Expires: 0\r\nExpires: 0\r\n")],
        "Expires: 0",
    ),
    alone(
        &HEADER_MISSPELT,
        &[(Subscribe, "Max", "Allow-Evnets: ua-profile\r\nMax")],
        "Allow-Evnets",
    )
    .but(&[(Subscribe, "Max", "Allow-Events: ua-profile\r\nMax")]),
    alone(&PARAMETER_REPEATED, &[(Invite, "tag=c1", "tag=c1;tag=c2")], "tag"),
    alone(&MAX_FORWARDS_MISSING, &[(Subscribe, "Max-Forwards: 70\r\n", "")], FIRST),
    alone(&MAX_FORWARDS_RANGE, &[(Subscribe, "Forwards: 70", "Forwards: 300")], "300"),
    alone(&MAX_FORWARDS_ZERO, &[(Subscribe, "Forwards: 70", "Forwards: 0")], "0"),
    alone(&CSEQ_METHOD, &[(Subscribe, "1 SUBSCRIBE", "1 NOTIFY")], "NOTIFY"),
    alone(&CSEQ_RANGE, &[(Subscribe, "1 SUBSCRIBE", "2147483648 SUBSCRIBE")], "SUBSCRIBE"),
    alone(&FROM_TAG_MISSING, &[(Subscribe, ";tag=a1", "")], "<sip:7@192.0.2.10:5060>"),
    alone(&TO_TAG_MISSING, &[(Ok, ";tag=b1", "")], "<sip:224.0.1.75:5060>"),
    alone(
        &URI_HEADERS,
        &[(Invite, "To: <sip:bob@example.com", "To: <sip:bob@example.com?Subject=x")],
        "Subject=x",
    ),
    alone(&URI_PASSWORD, &[(Invite, "From: <sip:alice@", "From: <sip:alice:secret@")], "secret"),
    alone(&CONTACT_MISSING, &[(Subscribe, "Contact: <sip:7@192.0.2.10:5060>\r\n", "")], FIRST),
    alone(
        &CONTACT_SEVERAL,
        &[(Invite, "192.0.2.20>\r\nAccept", "192.0.2.20>, <sip:alice@192.0.2.21>\r\nAccept")],
        "sip:alice@192.0.2.21",
    ),
    alone(&CONTACT_STAR, &[(Subscribe, "Contact: <sip:7@192.0.2.10:5060>", "Contact: *")], "*"),
    alone(
        &CONTACT_SCHEME,
        &[(Register, "Contact: <sip:alice@192.0.2.20>", "Contact: <mailto:alice@example.com>")],
        "mailto",
    ),
    alone(&REQUIRE, &[(Notify, "Max", "Require: 100rel\r\nMax")], "100rel").but(&[(
        Notify,
        "Max",
        "Supported: 100rel\r\nMax",
    )]),
    alone(&PROXY_REQUIRE, &[(Invite, "Max", "Proxy-Require: sec-agree\r\nMax")], "sec-agree"),
    alone(
        &SUPPORTED_UNKNOWN,
        &[(Notify, "Max", "Supported: replaces, relpaces\r\nMax")],
        "relpaces",
    )
    .but(&[(Notify, "Max", "Supported: replaces\r\nMax")]),
    alone(
        &CONTENT_TYPE_MISSING,
        &[(Notify, "Content-Type: application/url\r\n", "")],
        "tftp://192.0.2.1/p1.conf",
    ),
    alone(
        &CONTENT_TYPE_UNSUPPORTED,
        &[(Invite, "Type: application/sdp", "Type: application/x-mine")],
        "application/x-mine",
    )
    .but(&[(
        Invite,
        "Type: application/sdp",
        "Disposition: render;handling=optional\r\nContent-Type: application/x-mine",
    )]),
    alone(&CONTENT_ENCODING, &[(Notify, "Max", "Content-Encoding: gzip\r\nMax")], "gzip"),
    alone(
        &ACCEPT_NO_SDP,
        &[(Invite, "Accept: application/sdp", "Accept: text/plain")],
        "text/plain",
    ),
    alone(
        &AUTHORIZATION_SCHEME,
        &[(Register, "Max", "Authorization: Secret word\r\nMax")],
        "Secret",
    )
    .but(&[(Register, "Max", "Authorization: Digest username=\"alice\"\r\nMax")]),
    alone(
        &RESPONSE_HEADER_MISSING,
        &[(Confirm, "200 OK", "489 Bad Event")],
        "SIP/2.0 489 Bad Event",
    )
    .but(&[(Confirm, "200 OK", "489 Bad Event\r\nAllow-Events: presence")]),
    alone(
        &CONTENT_LENGTH_CONFLICT,
        &[(Notify, "Length: 24", "Length: 24\r\nContent-Length: 30")],
        "Content-Length: 30",
    ),
];
