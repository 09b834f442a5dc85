//! How findings are collected; each rule by itself is tested in `tests/rules`.

use super::*;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

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

#[test]
fn a_right_exchange_has_no_findings() {
    assert_eq!(found(SUBSCRIBE), []);
    assert_eq!(found(NOTIFY), []);
    let messages = [SUBSCRIBE, NOTIFY].map(|text| Message::parse(text.as_bytes()).unwrap());
    assert!(check_conversation(&messages, &Context::default()).iter().all(Vec::is_empty));
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
fn a_value_beyond_the_limits_is_found_in_plain_words() {
    let many = NOTIFY.replace("reason=timeout", &["reason=timeout"].repeat(9).join(";"));
    let deep = NOTIFY.replace("Max-", "Server: a ((((deep))))\r\nMax-");
    let limits = crate::Limits::default().with_params(8).with_nesting(3);
    let words = |text: &str| {
        let message = Message::parse_within(text.as_bytes(), &limits).unwrap();
        let found = check(&message, &Context::default());
        let found = found.iter().find(|found| found.rule.id == "sip.header.grammar").unwrap();
        assert_eq!(found.severity, Severity::Error);
        found.message.clone()
    };
    assert!(words(&many).ends_with("there are more than 8 parameters, and no more are read"));
    assert!(words(&deep).ends_with("more than 3 deep, and are read no deeper"), "{}", words(&deep));
    assert_eq!(found(&many).iter().filter(|(rule, _)| rule.contains("grammar")).count(), 0);
}

#[test]
fn a_body_of_many_broken_parts_has_few_findings() {
    let part = "--b\r\nContent-Type: application/sdp\r\nContent-Disposition: ;;\r\n\r\nx\r\nq=\r\n";
    let call = NOTIFY.replace("application/url", "multipart/mixed;boundary=b");
    let text =
        call.replace("16\r\n\r\ntftp://192.0.2.1", &["16000\r\n\r\n", &part.repeat(200)].concat());
    let message = Message::parse(text.as_bytes()).unwrap();
    let findings = check(&message, &Context::default());
    assert!(findings.iter().any(|found| found.rule.id == "sdp.line.grammar"));
    assert!(findings.len() < 40, "{}", findings.len());
    let shallow = crate::Limits::default().with_nesting(0);
    let message = Message::parse_within(text.as_bytes(), &shallow).unwrap();
    let found = check(&message, &Context::default());
    assert!(!found.iter().any(|found| found.rule.id.starts_with("sdp")), "not taken apart");
}

/// A subscription that is renewed and told of again and again, under one Call-ID.
fn long_conversation(rounds: u32) -> Vec<String> {
    let head = |side: &str, branch: &str, cseq: &str, tags: [&str; 2]| {
        format!(
            "Via: SIP/2.0/UDP {side};branch=z9hG4bK{branch}\r\nMax-Forwards: 70\r\nFrom: <sip:a@{side}>;tag={}\r\n\
             To: <sip:b@192.0.2.9>{}\r\nCall-ID: long\r\nCSeq: {cseq}\r\n",
            tags[0], tags[1]
        )
    };
    let of_round = |round: u32| {
        let (asked, told) = (format!("s{round}"), format!("n{round}"));
        let (subscribe, notify) = (format!("{round} SUBSCRIBE"), format!("{round} NOTIFY"));
        let asking = head("192.0.2.7", &asked, &subscribe, ["p", ""]);
        let answer = head("192.0.2.7", &asked, &subscribe, ["p", ";tag=s"]);
        let telling = head("192.0.2.1", &told, &notify, ["s", ";tag=p"]);
        let rest = "Event: ua-profile\r\nContent-Length: 0\r\n\r\n";
        [
            format!(
                "SUBSCRIBE sip:192.0.2.1 SIP/2.0\r\n{asking}Contact: <sip:192.0.2.7>\r\nExpires: 60\r\n{rest}"
            ),
            format!(
                "SIP/2.0 200 OK\r\n{answer}Contact: <sip:192.0.2.1>\r\nExpires: 60\r\nContent-Length: 0\r\n\r\n"
            ),
            format!(
                "NOTIFY sip:192.0.2.7 SIP/2.0\r\n{telling}Contact: <sip:192.0.2.1>\r\nSubscription-State: active;expires=60\r\n{rest}"
            ),
            format!("SIP/2.0 200 OK\r\n{telling}Content-Length: 0\r\n\r\n"),
        ]
    };
    (1..=rounds).flat_map(of_round).collect()
}

#[test]
fn a_conversation_of_twenty_thousand_messages_is_judged_as_one() {
    let mut texts = long_conversation(5_000);
    let last = texts.len() - 2;
    texts[last] = texts[last].replace("CSeq: 5000 NOTIFY", "CSeq: 17 NOTIFY");
    texts[last + 1] = texts[last + 1].replace("tag=s\r\n", "tag=other\r\n");
    let messages: Vec<Message<'_>> =
        texts.iter().map(|text| Message::parse(text.as_bytes()).unwrap()).collect();
    let judged = check_conversation(&messages, &Context::default());
    let told = |index: usize| judged[index].iter().map(|f| f.message.as_str()).collect::<Vec<_>>();
    assert!(
        judged[..last].iter().all(Vec::is_empty),
        "{:?}",
        judged.iter().position(|f| !f.is_empty())
    );
    assert!(told(last).contains(&"CSeq 17 does not count on from 4999"), "{:?}", told(last));
    assert!(!told(last + 1).is_empty());
}
