use super::*;
use alloc::vec::Vec;
use alloc::{format, string::String};

const SUBSCRIBE: &str = "SUBSCRIBE sip:224.0.1.75:5060 SIP/2.0\r\n\
Via: SIP/2.0/UDP 192.0.2.10:5060;rport;branch=z9hG4bK-1\r\n\
Max-Forwards: 70\r\n\
From: <sip:7@192.0.2.10:5060>;tag=a1\r\n\
To: <sip:224.0.1.75:5060>\r\n\
Call-ID: 1@192.0.2.10\r\n\
CSeq: 1 SUBSCRIBE\r\n\
Contact: <sip:7@192.0.2.10:5060>\r\n\
Event: ua-profile;profile-type=device;vendor=\"acme\";model=\"p1\";version=\"1\"\r\n\
Accept: application/url\r\n\
Expires: 0\r\n\
Content-Length: 0\r\n\r\n";

const NOTIFY: &str = "NOTIFY sip:7@192.0.2.10:5060 SIP/2.0\r\n\
Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bK-2\r\n\
Max-Forwards: 70\r\n\
From: <sip:224.0.1.75:5060>;tag=b1\r\n\
To: <sip:7@192.0.2.10:5060>;tag=a1\r\n\
Call-ID: 1@192.0.2.10\r\n\
CSeq: 1 NOTIFY\r\n\
Contact: <sip:192.0.2.1:5060>\r\n\
Event: ua-profile\r\n\
Subscription-State: terminated;reason=timeout\r\n\
Content-Type: application/url\r\n\
Content-Length: 16\r\n\r\n\
tftp://192.0.2.1";

fn found(text: &str) -> Vec<(&'static str, Severity)> {
    let message = Message::parse(text.as_bytes()).unwrap();
    check(&message, &Context::default()).into_iter().map(|f| (f.rule.id, f.severity)).collect()
}

/// The one finding with `rule` on `text`, and what stands at its span.
fn only(text: &str, rule: &Rule) -> (Finding, String) {
    let message = Message::parse(text.as_bytes()).unwrap();
    let mut findings = check(&message, &Context::default());
    findings.retain(|finding| finding.rule.id == rule.id);
    assert_eq!(findings.len(), 1, "{}: {findings:?}", rule.id);
    let finding = findings.remove(0);
    let place = String::from_utf8_lossy(finding.span.slice(text.as_bytes()).unwrap()).into();
    (finding, place)
}

#[test]
fn a_right_exchange_has_no_findings() {
    assert_eq!(found(SUBSCRIBE), []);
    assert_eq!(found(NOTIFY), []);
    let messages = [SUBSCRIBE, NOTIFY].map(|text| Message::parse(text.as_bytes()).unwrap());
    assert!(check_conversation(&messages, &Context::default()).iter().all(Vec::is_empty));
}

/// Rule, what is right in the SUBSCRIBE, what it is made into, and where the finding points.
const BROKEN: &[(&Rule, &str, &str, &str)] = &[
    (
        &rules::REQUEST_LINE_SPACE,
        "SIP/2.0\r\nVia",
        "SIP/2.0 \r\nVia",
        "SUBSCRIBE sip:224.0.1.75:5060 SIP/2.0 ",
    ),
    (
        &rules::REQUEST_URI,
        " sip:224.0.1.75:5060 ",
        " <sip:224.0.1.75:5060> ",
        "<sip:224.0.1.75:5060>",
    ),
    (&rules::REQUEST_URI_HEADERS, ":5060 SIP", ":5060?Route=x SIP", "Route=x"),
    (
        &rules::REQUEST_URI_SCHEME,
        " sip:224.0.1.75:5060 ",
        " soap.beep://192.0.2.1 ",
        "soap.beep://192.0.2.1",
    ),
    (&rules::VERSION, "5060 SIP/2.0", "5060 SIP/7.0", "SIP/7.0"),
    (&rules::LINE_WITHOUT_COLON, "Expires: 0", "Expires 0", "Expires 0"),
    (&rules::HEADER_NAME, "Expires: 0", "Exp ires: 0", "Exp ires"),
    (&rules::BARE_LINE_FEED, "Expires: 0\r\n", "Expires: 0\n", "\n"),
    (&rules::CONTENT_LENGTH_TOO_LARGE, "Length: 0", "Length: 5", "5"),
    (&rules::CONTENT_LENGTH_CONFLICT, "Expires: 0", "l: 3", "Content-Length: 0"),
    (&rules::VALUE_GRAMMAR, "CSeq: 1 ", "CSeq: one ", "one SUBSCRIBE"),
    (
        &rules::HEADER_MISSING,
        "Call-ID: 1@192.0.2.10\r\n",
        "",
        "SUBSCRIBE sip:224.0.1.75:5060 SIP/2.0",
    ),
    (&rules::HEADER_REPEATED, "Expires: 0", "t: <sip:x>", "t: <sip:x>"),
    (
        &rules::MAX_FORWARDS_MISSING,
        "Max-Forwards: 70\r\n",
        "",
        "SUBSCRIBE sip:224.0.1.75:5060 SIP/2.0",
    ),
    (&rules::MAX_FORWARDS_RANGE, "Forwards: 70", "Forwards: 300", "300"),
    (&rules::MAX_FORWARDS_ZERO, "Forwards: 70", "Forwards: 0", "0"),
    (&rules::CSEQ_METHOD, "1 SUBSCRIBE", "1 NOTIFY", "NOTIFY"),
    (&rules::CSEQ_RANGE, "1 SUBSCRIBE", "2147483648 SUBSCRIBE", "SUBSCRIBE"),
    (&rules::FROM_TAG_MISSING, ";tag=a1", "", "<sip:7@192.0.2.10:5060>"),
    (&rules::BRANCH_MISSING, ";branch=z9hG4bK-1", "", "192.0.2.10"),
    (&rules::BRANCH_COOKIE, "z9hG4bK-1", "z9hG4bK", "z9hG4bK"),
    (&rules::REQUIRE, "Expires: 0", "Require: 100rel", "100rel"),
    (
        &rules::CONTACT_MISSING,
        "Contact: <sip:7@192.0.2.10:5060>\r\n",
        "",
        "SUBSCRIBE sip:224.0.1.75:5060 SIP/2.0",
    ),
    (
        &rules::DATE_ZONE,
        "Expires: 0",
        "Date: Fri, 01 Jan 2010 16:00:00 EST",
        "Fri, 01 Jan 2010 16:00:00 EST",
    ),
    (&rules::EVENT_MISSING, "Event:", "X-Event:", ""),
    (&rules::PROFILE_TYPE_MISSING, "profile-type=device;", "", "ua-profile"),
    (&rules::PROFILE_TYPE_QUOTED, "=device", "=\"device\"", "\"device\""),
    (&rules::PROFILE_TYPE_UNKNOWN, "=device", "=application", "application"),
    (&rules::DEVICE_PARAM_MISSING, "vendor=\"acme\";", "", "ua-profile"),
    (&rules::DEVICE_PARAM_UNQUOTED, "\"acme\"", "acme", "acme"),
    (&rules::VENDER, "vendor", "vender", "vender"),
    (&rules::VENDOR_PLACEHOLDER, "acme", "OEM", "OEM"),
    (&rules::ACCEPT_MISSING, "Accept: application/url\r\n", "", "ua-profile"),
];

#[test]
fn each_broken_line_is_found_at_its_place() {
    for (rule, right, wrong, place) in BROKEN {
        assert!(SUBSCRIBE.contains(right), "{}: {right}", rule.id);
        let text = SUBSCRIBE.replacen(right, wrong, 1);
        assert_eq!(only(&text, rule).1, *place, "{}", rule.id);
    }
}

#[test]
fn each_broken_line_of_a_notify_is_found_at_its_place() {
    let cases: &[(&Rule, &str, &str, &str)] = &[
        (&rules::STATE_MISSING, "Subscription-State", "X-State", ""),
        (&rules::STATE_EXPIRES, "terminated;reason=timeout", "active", "active"),
        (&rules::NOTIFY_DEVICE_PARAMS, "ua-profile", "ua-profile;model=\"p1\"", "model"),
        (&rules::CONTENT_TYPE_MISSING, "Content-Type", "X-Type", "tftp://192.0.2.1"),
        (&rules::CONTENT_LENGTH_TOO_SMALL, "Length: 16", "Length: 12", "$REST"),
        (&rules::URL_SCHEME, "tftp://192.0.2.1", "mail://192.0.2.1", "mail"),
        (&rules::URL_SPACE, "//192.0.2.1", "//192.0. 2.", " "),
        (&rules::URL_LINE_END, "tftp://192.0.2.1", "tftp://192.0.2\r\n", "\r\n"),
        (&rules::URL_EMPTY, "16\r\n\r\ntftp://192.0.2.1", "0\r\n\r\n", ""),
    ];
    for (rule, right, wrong, place) in cases {
        assert!(NOTIFY.contains(right), "{}: {right}", rule.id);
        let text = NOTIFY.replacen(right, wrong, 1);
        let place = if *place == "$REST" { ".2.1" } else { place };
        assert_eq!(only(&text, rule).1, place, "{}", rule.id);
    }
}

#[test]
fn a_message_cut_off_in_its_headers_is_an_error() {
    let (finding, _) = only(&SUBSCRIBE[..200], &rules::HEADERS_UNTERMINATED);
    assert_eq!(finding.severity, Severity::Error);
}

#[test]
fn a_status_code_is_never_wrapped() {
    let text = "SIP/2.0 4294967301 better not break the receiver\r\n\r\n";
    assert_eq!(only(text, &rules::STATUS_CODE).1, "4294967301");
}

#[test]
fn a_fix_puts_the_message_right() {
    for (right, wrong, rule) in [
        ("Length: 0", "Length: 9", &rules::CONTENT_LENGTH_TOO_LARGE),
        ("=device", "=\"device\"", &rules::PROFILE_TYPE_QUOTED),
        ("vendor", "vender", &rules::VENDER),
        ("SIP/2.0\r\nVia", "SIP/2.0  \r\nVia", &rules::REQUEST_LINE_SPACE),
    ] {
        let text = SUBSCRIBE.replacen(right, wrong, 1);
        let fix = only(&text, rule).0.fix.unwrap();
        let fixed = format!("{}{}{}", &text[..fix.span.start], fix.text, &text[fix.span.end..]);
        assert_eq!(fixed, SUBSCRIBE, "{}", rule.id);
    }
}

#[test]
fn a_robust_reader_weighs_less() {
    let text = SUBSCRIBE.replace("SIP/2.0\r\nVia", "SIP/2.0 \r\nVia");
    let message = Message::parse(text.as_bytes()).unwrap();
    let robust = check(&message, &Context::default().with_policy(Policy::Robust));
    assert_eq!(robust[0].severity, Severity::Warning);
}

#[test]
fn the_manuals_form_of_a_notify_is_recognised_beside_its_subscribe() {
    let manual = NOTIFY
        .replace("From: <sip:224.0.1.75:5060>;tag=b1", "From: <sip:7@192.0.2.10:5060>;tag=a1")
        .replace("To: <sip:7@192.0.2.10:5060>;tag=a1", "To: <sip:224.0.1.75:5060>")
        .replace("UDP 192.0.2.1:5060", "UDP 192.0.2.10:5060");
    let ids = conversation(&[SUBSCRIBE, &manual]);
    assert_eq!(ids[1], ["dialog.notify.foreign-via", "dialog.notify.not-swapped"]);
}

#[test]
fn a_response_is_held_against_its_request() {
    let ok = "SIP/2.0 202 Accepted\r\nVia: SIP/2.0/UDP 192.0.2.10:5060;branch=z9hG4bK-9\r\n\
From: <sip:7@192.0.2.10:5060>;tag=a2\r\nTo: <sip:224.0.1.75:5060>;tag=b\r\nCall-ID: 1@192.0.2.10\r\n\
CSeq: 1 SUBSCRIBE\r\nContact: <sip:192.0.2.10>\r\nExpires: 60\r\n\r\n";
    let ids = conversation(&[SUBSCRIBE, ok]);
    assert_eq!(
        ids[1],
        [
            "dialog.response.status-202",
            "dialog.response.copies",
            "dialog.response.copies",
            "dialog.response.foreign-contact",
            "dialog.response.expires"
        ]
    );
}

#[test]
fn a_notify_about_something_else_is_an_error() {
    let other = NOTIFY.replace("Event: ua-profile", "Event: ua-profile;id=7");
    assert_eq!(conversation(&[SUBSCRIBE, &other])[1], ["dialog.notify.event-differs"]);
    let untagged = NOTIFY.replace(";tag=a1", "");
    assert_eq!(conversation(&[SUBSCRIBE, &untagged])[1], ["dialog.notify.to-tag-missing"]);
}

fn conversation(texts: &[&str]) -> Vec<Vec<&'static str>> {
    let messages: Vec<_> =
        texts.iter().map(|text| Message::parse(text.as_bytes()).unwrap()).collect();
    let findings = check_conversation(&messages, &Context::default());
    findings.into_iter().map(|list| list.into_iter().map(|f| f.rule.id).collect()).collect()
}

#[test]
fn rule_ids_are_unique_and_every_rule_says_what_it_asks() {
    for (index, rule) in rules::ALL.iter().enumerate() {
        assert!(rules::ALL[..index].iter().all(|other| other.id != rule.id), "{}", rule.id);
        assert!(rule.severity >= rule.robust && !rule.title.is_empty(), "{}", rule.id);
    }
}
