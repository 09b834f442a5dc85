//! Requests that are sent to the responder alone: answered, or refused as the RFCs ask, while the group hears nothing.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test stops at the first thing that is not as expected"
)]

mod bench;

use bench::{PHONE, SUBSCRIBE, bench, text, value};
use fingerpost_core::check::Context;
use fingerpost_core::pnp::*;
use fingerpost_core::{HeaderName as H, Instant, Message, SeededEntropy};

fn change(from: &str, to: &str) -> Vec<u8> {
    let changed = text(SUBSCRIBE).replace(from, to);
    assert_ne!(changed, text(SUBSCRIBE), "{from}");
    changed.into_bytes()
}

fn method(name: &str) -> Vec<u8> {
    text(SUBSCRIBE).replace("SUBSCRIBE", name).into_bytes()
}

/// What is wrong, the status it is refused with, and a header that the refusal must hold.
type Case = (Vec<u8>, u16, Option<(H, &'static str)>);

fn refused() -> Vec<Case> {
    let allow = Some((H::Allow, "SUBSCRIBE, OPTIONS"));
    let events = Some((H::AllowEvents, "ua-profile"));
    vec![
        (change("Event: ua-profile", "Event: message-summary"), 489, events),
        (change("Event: ua", "X-Event: ua"), 489, events),
        (change("application/url", "application/xcap-diff+xml"), 406, None),
        (
            change("Expires: 0", "Require: eventlist, tea"),
            420,
            Some((H::Unsupported, "eventlist, tea")),
        ),
        (change("Content-Length: 0", "Content-Length: 9"), 400, None),
        (change("SIP/2.0\r\nFrom", "SIP/7.0\r\nFrom"), 505, None),
        (change("To: <sip:224.0.1.75:5060>", "To: <sip:224.0.1.75:5060>;tag=7"), 481, None),
        (method("INVITE"), 405, allow),
        (method("REGISTER"), 405, allow),
        (method("BREW"), 501, allow),
        (method("BYE"), 481, None),
        (method("CANCEL"), 481, None),
        (method("NOTIFY"), 481, None),
        (method("OPTIONS"), 200, events),
    ]
}

#[test]
fn what_is_sent_to_us_alone_is_refused_with_the_status_that_the_rfcs_name() {
    for (bytes, status, header) in refused() {
        let mut bench = bench(Dialect::Rfc);
        let events = bench.arrive_alone(&bytes);
        let [ResponderEvent::Rejected { status: said, .. }] = events[..] else {
            panic!("{status}: {events:?}")
        };
        let sent = bench.sent();
        assert_eq!((sent.len(), said), (1, status), "{}", text(&bytes));
        assert!(text(&sent[0].bytes).starts_with(&format!("SIP/2.0 {status} ")));
        assert_eq!(sent[0].to.to_string(), PHONE);
        assert_eq!(sent[0].from.to_string(), "10.13.4.121:5060");
        if let Some((name, expected)) = header {
            assert_eq!(value(&sent[0].bytes, name), expected);
        }
        let answer = Message::parse(&sent[0].bytes).unwrap();
        assert!(answer.to().unwrap().unwrap().tag().is_some(), "{status}");
        assert_eq!(value(&sent[0].bytes, H::CallId), value(&bytes, H::CallId));
        let findings = fingerpost_core::check::check(&answer, &Context::default());
        assert!(
            findings.iter().all(|finding| finding.rule.id.starts_with("sip.cseq")
                || finding.severity == fingerpost_core::check::Severity::Note),
            "{findings:?}"
        );
        assert_eq!(bench.responder.poll_timeout(), None, "nothing is remembered of a refusal");
    }
}

#[test]
fn the_same_sent_to_the_group_is_met_with_silence() {
    for (bytes, status, _) in refused() {
        let mut bench = bench(Dialect::Rfc);
        let events = bench.arrive(&bytes);
        let is_ignored = matches!(events[..], [ResponderEvent::Ignored { .. }]);
        assert!(is_ignored && bench.sent().is_empty(), "{status}: {events:?}");
    }
}

#[test]
fn what_no_answer_can_be_written_to_stays_unanswered_even_alone() {
    let without_via = text(SUBSCRIBE).replace("\r\nVia", "\r\nX-Via");
    for bytes in [b"noise".to_vec(), method("ACK"), without_via.into_bytes()] {
        let mut bench = bench(Dialect::Rfc);
        let events = bench.arrive_alone(&bytes);
        assert!(matches!(events[..], [ResponderEvent::Ignored { .. }]), "{events:?}");
        assert!(bench.sent().is_empty());
    }
}

#[test]
fn a_refused_request_that_is_repeated_gets_the_same_answer() {
    let mut bench = bench(Dialect::Rfc);
    bench.arrive_alone(&method("INVITE"));
    bench.arrive_alone(&method("INVITE"));
    let sent = bench.sent();
    assert_eq!(sent.len(), 2);
    assert_eq!(text(&sent[0].bytes), text(&sent[1].bytes));
}

#[test]
fn a_source_that_is_refused_again_and_again_is_not_answered_any_more() {
    let mut bench = bench(Dialect::Rfc);
    (0..100).for_each(|_| drop(bench.arrive_alone(&method("OPTIONS"))));
    assert_eq!(bench.sent().len(), 8);
    bench.now = Instant::from_millis(1000);
    bench.arrive_alone(&method("OPTIONS"));
    assert_eq!(bench.sent().len(), 1);
}

#[test]
fn every_vendors_phone_is_answered_also_when_it_asks_us_alone() {
    for profile in profile::ALL {
        let mut bench = bench(Dialect::Rfc);
        let phone = Subscriber::new(PHONE.parse().unwrap());
        let asked = profile.subscribe(&phone, &mut SeededEntropy::new(3)).unwrap();
        let events = bench.arrive_alone(&asked);
        assert!(matches!(&events[0], ResponderEvent::Asked(asked) if !asked.is_multicast));
        let sent = bench.sent();
        assert_eq!(sent.len(), 2, "{}", profile.vendor);
        assert!(sent[0].bytes.starts_with(b"SIP/2.0 200 OK\r\n"), "{}", profile.vendor);
    }
}
