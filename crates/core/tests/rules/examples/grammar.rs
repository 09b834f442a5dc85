//! The first line, and how single values are spelt.

use crate::base::Base::{Invite, Notify, Ok, Register, Subscribe};
use crate::example::{Example, alone};
use fingerpost_core::check::rules::*;

const LINE: &str = "sip:224.0.1.75:5060 SIP/2.0\r\nVia";

pub(crate) const EXAMPLES: &[Example] = &[
    alone(
        &REQUEST_LINE_SPACE,
        &[(Subscribe, "SIP/2.0\r\nVia", "SIP/2.0 \r\nVia")],
        "SUBSCRIBE sip:224.0.1.75:5060 SIP/2.0 ",
    ),
    alone(&METHOD, &[(Register, "REGISTER", "REG(ISTER")], "REG(ISTER"),
    alone(
        &METHOD_CASE,
        &[(Register, "REGISTER", "Register"), (Register, "1 REGISTER", "1 Register")],
        "Register",
    ),
    alone(
        &METHOD_UNKNOWN,
        &[(Register, "REGISTER", "REBOOT"), (Register, "1 REGISTER", "1 REBOOT")],
        "REBOOT",
    ),
    alone(&REQUEST_URI, &[(Subscribe, LINE, "sip:224.0.1.75:x SIP/2.0\r\nVia")], "x"),
    alone(
        &REQUEST_URI_BRACKETS,
        &[(Subscribe, LINE, "<sip:224.0.1.75:5060> SIP/2.0\r\nVia")],
        "<sip:224.0.1.75:5060>",
    ),
    alone(
        &REQUEST_URI_SPACE,
        &[(Subscribe, LINE, "sip:224.0.1.75:5060; lr SIP/2.0\r\nVia")],
        " lr",
    ),
    alone(
        &REQUEST_URI_NO_SCHEME,
        &[(Subscribe, LINE, "224.0.1.75:5060 SIP/2.0\r\nVia")],
        "224.0.1.75:5060",
    ),
    alone(
        &REQUEST_URI_HEADERS,
        &[(Subscribe, LINE, "sip:224.0.1.75?Route=x SIP/2.0\r\nVia")],
        "Route=x",
    ),
    alone(
        &REQUEST_URI_SCHEME,
        &[(Subscribe, LINE, "soap.beep://192.0.2.1 SIP/2.0\r\nVia")],
        "soap.beep://192.0.2.1",
    ),
    alone(&VERSION, &[(Subscribe, "5060 SIP/2.0", "5060 SIP/7.0")], "SIP/7.0"),
    alone(&STATUS_CODE, &[(crate::base::Base::Confirm, "200 OK", "99 OK")], "99"),
    alone(&VALUE_GRAMMAR, &[(Subscribe, "Accept: application/url", "Accept: url")], ""),
    alone(&HEADER_EMPTY, &[(Subscribe, "Contact: <sip:7@192.0.2.10:5060>", "Contact:")], ""),
    alone(&EXTRA_SEPARATOR, &[(Subscribe, ">\r\nEvent", ">;;;\r\nEvent")], ";;"),
    alone(&EXTRA_SEPARATOR, &[(Notify, ";reason", ";;reason")], ";"),
    alone(&VIA_GRAMMAR, &[(Subscribe, "10:5060;rport;branch", "10:5060;;,rport;branch")], ";,"),
    alone(&CSEQ_GRAMMAR, &[(Subscribe, "CSeq: 1 ", "CSeq: 4294967296 ")], "4294967296"),
    alone(&NUMBER_RANGE, &[(Register, "3600", "99999999999")], "99999999999"),
    alone(&QUOTE_UNCLOSED, &[(Invite, "To: <", "To: \"Bob <")], "\"Bob <sip:bob@example.com>")
        .but(&[(Invite, "To: <", "To: \"Bob\" <")]),
    alone(&DISPLAY_NAME, &[(Invite, "To: <", "To: Bell, Bob <")], "Bell, Bob").but(&[(
        Invite,
        "To: <",
        "To: \"Bell, Bob\" <",
    )]),
    alone(
        &ADDRESS_SPACE,
        &[(Invite, "To: <sip:bob@example.com>", "To: < sip:bob@example.com >")],
        " sip:bob@example.com ",
    ),
    alone(
        &ADDRESS_BRACKETS,
        &[(Register, "Contact: <sip:alice@192.0.2.20>", "Contact: sip:alice@192.0.2.20?a=b")],
        "?a=b",
    )
    .but(&[(
        Register,
        "Contact: <sip:alice@192.0.2.20>",
        "Contact: <sip:alice@192.0.2.20?a=b>",
    )]),
    alone(&URI_ESCAPE, &[(Invite, "To: <sip:bob", "To: <sip:100%bob")], "%").but(&[(
        Invite,
        "To: <sip:bob",
        "To: <sip:100%25bob",
    )]),
    alone(
        &IPV6_BRACKETS,
        &[(Invite, "Contact: <sip:alice@192.0.2.20>", "Contact: <sip:alice@2001:db8::9>")],
        "2001:db8::9",
    )
    .but(&[(Invite, "Contact: <sip:alice@192.0.2.20>", "Contact: <sip:alice@[2001:db8::9]>")]),
    alone(
        &IPV6_BRACKETS,
        &[(Register, "REGISTER sip:example.com", "REGISTER sip:2001:db8::9")],
        "2001:db8::9",
    )
    .but(&[(Register, "REGISTER sip:example.com", "REGISTER sip:[2001:db8::9]")]),
    alone(
        &IPV6_PORT,
        &[(Register, "REGISTER sip:example.com", "REGISTER sip:[2001:db8::10:5070]")],
        "[2001:db8::10:5070]",
    )
    .but(&[(Register, "REGISTER sip:example.com", "REGISTER sip:[2001:db8::10]:5070")]),
    alone(
        &IPV6_COLONS,
        &[(Invite, "UDP 192.0.2.20", "UDP [2001:db8:::192.0.2.20]")],
        "[2001:db8:::192.0.2.20]",
    )
    .but(&[(Invite, "UDP 192.0.2.20", "UDP [2001:db8::192.0.2.20]")]),
    alone(
        &IPV6_COLONS,
        &[(Invite, "Max", "Route: <sip:[2001:db8:::192.0.2.9];lr>\r\nMax")],
        "[2001:db8:::192.0.2.9]",
    )
    .but(&[(Invite, "Max", "Route: <sip:[2001:db8::192.0.2.9];lr>\r\nMax")]),
    alone(&NUMBER_RANGE, &[(Ok, "Expires", "Warning: 3990 pbx \"busy\"\r\nExpires")], "3990")
        .but(&[(Ok, "Expires", "Warning: 399 pbx \"busy\"\r\nExpires")]),
    alone(
        &VALUE_GRAMMAR,
        &[(Notify, "Max", "Date: Friday, 01 Jan 2010 16:00:00 GMT\r\nMax")],
        "day, 01 Jan 2010 16:00:00 GMT",
    )
    .but(&[(Notify, "Max", "Date: Fri, 01 Jan 2010 16:00:00 GMT\r\nMax")]),
    alone(
        &DATE_ZONE,
        &[(Notify, "Max", "Date: Fri, 01 Jan 2010 16:00:00 UTC\r\nMax")],
        "Fri, 01 Jan 2010 16:00:00 UTC",
    )
    .but(&[(Notify, "Max", "Date: Fri, 01 Jan 2010 16:00:00 GMT\r\nMax")]),
];
