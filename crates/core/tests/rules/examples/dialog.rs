//! One message of an exchange beside the others.

use crate::base::Base::{Notify, Ok, Subscribe};
use crate::example::{Change, Example, together};
use fingerpost_core::check::rules::*;

const ROUTED: Change = (Subscribe, "Max", "Record-Route: <sip:192.0.2.5;lr>\r\nMax");
const RECORDED: Change = (Ok, "From", "Record-Route: <sip:192.0.2.5;lr>\r\nFrom");
const ROUTE: Change = (Notify, "Max", "Route: <sip:192.0.2.5;lr>\r\nMax");

pub(crate) const EXAMPLES: &[Example] = &[
    together(&DIALOG_TO_TAG, &[(Notify, ";tag=a1", "")], "<sip:7@192.0.2.10:5060>"),
    together(&DIALOG_TO_TAG_DIFFERS, &[(Notify, ";tag=a1", ";tag=a2")], "a2"),
    together(&DIALOG_FROM_TAG, &[(Notify, ";tag=b1", ";tag=b2")], "b2"),
    together(
        &DIALOG_NOT_SWAPPED,
        &[
            (Notify, "From: <sip:224.0.1.75:5060>;tag=b1", "From: <sip:7@192.0.2.10:5060>;tag=a1"),
            (Notify, "To: <sip:7@192.0.2.10:5060>;tag=a1", "To: <sip:224.0.1.75:5060>;tag=b1"),
        ],
        "<sip:7@192.0.2.10:5060>;tag=a1",
    ),
    together(&DIALOG_VIA, &[(Notify, "UDP 192.0.2.1:5060", "UDP 192.0.2.10:5060")], "192.0.2.10"),
    together(&DIALOG_EVENT, &[(Notify, "Event: ua-profile", "Event: presence")], "presence"),
    together(
        &DIALOG_EVENT,
        &[(Notify, "ua-profile", "ua-profile;id=8"), (Subscribe, "ua-profile", "ua-profile;id=7")],
        "ua-profile;id=8",
    ),
    together(&DIALOG_CALL_ID, &[(Notify, "1@192.0.2.10", "9@192.0.2.1")], "9@192.0.2.1"),
    together(&DIALOG_CSEQ, &[(Notify, "z9hG4bK-2", "z9hG4bK-3")], "1 NOTIFY")
        .repeated()
        .but(&[(Notify, "z9hG4bK-2", "z9hG4bK-3"), (Notify, "1 NOTIFY", "2 NOTIFY")]),
    together(&DIALOG_MERGED, &[(Subscribe, "z9hG4bK-1", "z9hG4bK-7")], "z9hG4bK-7").repeated(),
    together(&DIALOG_BRANCH, &[(Notify, "z9hG4bK-2", "z9hG4bK-1")], "z9hG4bK-1"),
    together(
        &DIALOG_STATE,
        &[(Notify, "terminated;reason=timeout", "active;expires=60")],
        "active",
    ),
    together(
        &DIALOG_STATE,
        &[
            (Notify, "terminated;reason=timeout", "active;expires=90"),
            (Subscribe, "Expires: 0", "Expires: 60"),
            (Ok, "Expires: 0", "Expires: 60"),
        ],
        "90",
    ),
    together(&DIALOG_TARGET, &[(Notify, "NOTIFY sip:7@", "NOTIFY sip:")], "sip:192.0.2.10:5060"),
    together(
        &DIALOG_ROUTE,
        &[(Notify, "70", "70"), ROUTED, RECORDED],
        "NOTIFY sip:7@192.0.2.10:5060 SIP/2.0",
    )
    .but(&[ROUTE, ROUTED, RECORDED]),
    together(
        &DIALOG_CONTACT,
        &[(Notify, "Contact: <sip:192.0.2.1:5060>", "Contact: <sip:7@192.0.2.10:5060>")],
        "<sip:7@192.0.2.10:5060>",
    ),
    together(&DIALOG_CONTENT_TYPE, &[(Notify, "application/url", "text/plain")], "text/plain"),
    together(
        &GRANDSTREAM_FOLDER,
        &[
            (Notify, "24\r\n\r\ntftp://192.0.2.1/p1.conf", "20\r\n\r\nhttp://192.0.2.1/cfg"),
            (Subscribe, "acme", "Grandstream"),
        ],
        "http://192.0.2.1/cfg",
    )
    .but(&[
        (Notify, "24\r\n\r\ntftp://192.0.2.1/p1.conf", "21\r\n\r\nhttp://192.0.2.1/cfg/"),
        (Subscribe, "acme", "Grandstream"),
    ]),
    together(&RESPONSE_MISMATCH, &[(Ok, ";tag=a1", ";tag=a2")], "<sip:7@192.0.2.10:5060>;tag=a2"),
    together(
        &RESPONSE_MISMATCH,
        &[(Ok, "z9hG4bK-1", "z9hG4bK-9")],
        "SIP/2.0/UDP 192.0.2.10:5060;rport=5060;received=192.0.2.10;branch=z9hG4bK-9",
    ),
    together(
        &RESPONSE_MISMATCH,
        &[(Ok, "To: <sip:224.0.1.75:5060>", "To: <sip:192.0.2.1>")],
        "<sip:192.0.2.1>;tag=b1",
    ),
    together(&RESPONSE_CSEQ, &[(Ok, "1 SUBSCRIBE", "2 SUBSCRIBE")], "2 SUBSCRIBE"),
    together(
        &RESPONSE_CONTACT,
        &[(Ok, "<sip:192.0.2.1:5060>", "<sip:192.0.2.10:5060>")],
        "<sip:192.0.2.10:5060>",
    ),
    together(&RESPONSE_EXPIRES, &[(Ok, "Expires: 0", "Expires: 60")], "60"),
    together(&RESPONSE_EXPIRES, &[(Ok, "Expires: 0\r\n", "")], "1 SUBSCRIBE"),
    together(&RESPONSE_202, &[(Ok, "200 OK", "202 Accepted")], "202 Accepted"),
    together(
        &RESPONSE_RECEIVED,
        &[
            (Ok, "192.0.2.10:5060;rport=5060;received=192.0.2.10", "phone.example"),
            (Subscribe, "192.0.2.10:5060;rport", "phone.example"),
        ],
        "phone.example",
    )
    .but(&[
        (Ok, "192.0.2.10:5060;rport=5060", "phone.example"),
        (Subscribe, "192.0.2.10:5060;rport", "phone.example"),
    ]),
    together(&RESPONSE_RECORD_ROUTE, &[(Ok, "200 OK", "200 OK"), ROUTED], "SIP/2.0 200 OK")
        .but(&[RECORDED, ROUTED]),
];
