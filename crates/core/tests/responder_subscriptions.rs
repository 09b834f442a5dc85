//! Subscriptions that last: refreshed, ended by the phone, ended by time (RFC 6665 §4.2), and the variations of an answer.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test stops at the first thing that is not as expected"
)]

mod bench;

use bench::{Bench, PHONE, SUBSCRIBE, bench, is_notify, text, value};
use fingerpost_core::check::{Context, check_conversation};
use fingerpost_core::pnp::*;
use fingerpost_core::{HeaderName as H, Instant, Message};

/// A phone that was granted ten minutes and took its URL: what it sent, its 200 and its NOTIFY.
fn subscribed(expires: &str) -> (Bench, Vec<u8>, Vec<u8>, Vec<u8>) {
    let mut bench = bench(Dialect::Rfc);
    let asked = text(SUBSCRIBE).replace("Expires: 0\r\n", expires).into_bytes();
    bench.arrive(&asked);
    let sent = bench.sent();
    let [ok, notify] = [0, 1].map(|at| sent[at].bytes.clone());
    bench.reply(&notify, 200);
    (bench, asked, ok, notify)
}

/// The next SUBSCRIBE in the dialog that `ok` made.
fn again(asked: &[u8], ok: &[u8], number: u32, expires: u32) -> Vec<u8> {
    let lines = text(asked);
    let lines = lines.split_inclusive("\r\n").map(|line| match line.split(':').next() {
        Some("To") => format!("To: {}\r\n", value(ok, H::To)),
        Some("CSeq") => format!("CSeq: {number} SUBSCRIBE\r\n"),
        Some("Expires") => format!("Expires: {expires}\r\n"),
        Some("Via") => line.replace("branch=", &format!("branch=z9hG4bK{number}x")),
        _ => line.to_owned(),
    });
    lines.collect::<String>().into_bytes()
}

fn cseq(bytes: &[u8]) -> u32 {
    Message::parse(bytes).unwrap().cseq().unwrap().unwrap().number
}

#[test]
fn no_phone_is_granted_more_than_a_day() {
    for (expires, granted) in
        [("Expires: 600\r\n", "600"), ("", "86400"), ("Expires: 4294967295\r\n", "86400")]
    {
        let (_, _, ok, notify) = subscribed(expires);
        assert_eq!(value(&ok, H::Expires), granted);
        assert_eq!(value(&notify, H::SubscriptionState), format!("active;expires={granted}"));
    }
}

#[test]
fn a_refresh_is_asked_about_again_and_gets_its_url_in_the_same_dialog() {
    let (mut bench, asked, ok, notify) = subscribed("Expires: 600\r\n");
    bench.run_to(300_000);
    let refresh = again(&asked, &ok, 2, 900);
    let events = bench.arrive_alone(&refresh);
    assert!(matches!(&events[0], ResponderEvent::Asked(asked) if asked.is_refresh), "{events:?}");
    let sent = bench.sent();
    assert_eq!(value(&sent[0].bytes, H::To), value(&ok, H::To));
    assert_eq!(value(&sent[0].bytes, H::Expires), "900");
    assert_eq!(value(&sent[1].bytes, H::From), value(&notify, H::From));
    assert!(cseq(&sent[1].bytes) > cseq(&notify));
    assert!(sent[1].bytes.ends_with(b"\r\n\r\ntftp://10.13.4.121"));
    let messages = [&sent[0].bytes, &sent[1].bytes].map(|bytes| Message::parse(bytes).unwrap());
    let findings = check_conversation(&messages, &Context::default());
    assert!(findings.iter().all(Vec::is_empty), "{findings:?}");
}

#[test]
fn a_phone_that_ends_its_subscription_gets_200_and_a_last_notify_without_a_url() {
    let (mut bench, asked, ok, notify) = subscribed("Expires: 600\r\n");
    bench.run_to(300_000);
    let events = bench.arrive_alone(&again(&asked, &ok, 2, 0));
    assert!(matches!(events[..], [ResponderEvent::Ended { .. }]), "nobody is asked: {events:?}");
    let sent = bench.sent();
    assert_eq!(sent.len(), 2);
    assert!(sent[0].bytes.starts_with(b"SIP/2.0 200 OK\r\n"));
    assert_eq!(value(&sent[0].bytes, H::Expires), "0");
    assert_eq!(value(&sent[1].bytes, H::SubscriptionState), "terminated;reason=timeout");
    assert!(cseq(&sent[1].bytes) > cseq(&notify) && sent[1].bytes.ends_with(b"\r\n\r\n"));
    bench.reply(&sent[1].bytes, 200);
    assert_eq!(bench.run_to(900_000), [], "what was taken is not sent again");
    let events = bench.arrive_alone(&again(&asked, &ok, 3, 600));
    assert!(matches!(events[..], [ResponderEvent::Rejected { status: 481, .. }]), "{events:?}");
}

#[test]
fn a_subscription_whose_time_is_over_ends_with_a_last_notify() {
    let (mut bench, asked, ok, notify) = subscribed("Expires: 600\r\n");
    assert_eq!(bench.run_to(599_999), []);
    let sent = bench.run_to(600_000);
    assert_eq!(sent.len(), 1);
    let last = &sent[0].1.bytes;
    assert!(is_notify(last) && cseq(last) > cseq(&notify) && last.ends_with(b"\r\n\r\n"));
    assert_eq!(value(last, H::SubscriptionState), "terminated;reason=timeout");
    assert!(bench.events().iter().any(|event| matches!(event, ResponderEvent::Ended { .. })));
    let times: Vec<u64> = bench.run_to(700_000).iter().map(|(at, _)| *at).collect();
    assert_eq!(times, [600_500, 601_500, 603_500]);
    assert_eq!(bench.responder.poll_timeout(), None, "everything is forgotten");
    let events = bench.arrive_alone(&again(&asked, &ok, 2, 600));
    assert!(matches!(events[..], [ResponderEvent::Rejected { status: 481, .. }]));
}

#[test]
fn a_phone_that_refuses_its_notify_has_no_subscription_any_more() {
    let mut bench = bench(Dialect::Rfc);
    let asked = text(SUBSCRIBE).replace("Expires: 0", "Expires: 600");
    bench.arrive(asked.as_bytes());
    let sent = bench.sent();
    bench.reply(&sent[1].bytes, 489);
    assert_eq!(bench.run_to(700_000), []);
    assert_eq!(bench.responder.poll_timeout(), None);
}

#[test]
fn a_refresh_with_an_old_number_another_tag_or_another_address_is_refused() {
    let (mut bench, asked, ok, _) = subscribed("Expires: 600\r\n");
    bench.arrive_alone(&again(&asked, &ok, 7, 600));
    bench.sent();
    let status = |events: Vec<ResponderEvent>| match events[..] {
        [ResponderEvent::Rejected { status, .. }] => status,
        _ => panic!("{events:?}"),
    };
    assert_eq!(status(bench.arrive_alone(&again(&asked, &ok, 3, 600))), 500);
    let other = text(&again(&asked, &ok, 8, 600)).replace("From: <sip:00000001", "From: <sip:2");
    let other = other.replacen(";tag=", ";tag=9", 1);
    assert_eq!(status(bench.arrive_alone(other.as_bytes())), 481);
    let elsewhere = bench.arrive_on(1, "10.13.2.99:5060", &again(&asked, &ok, 9, 600));
    assert!(matches!(elsewhere[..], [ResponderEvent::Ignored { .. }]), "{elsewhere:?}");
}

#[test]
fn a_phone_met_with_silence_is_asked_about_again_once_another_policy_decides() {
    let mut bench = bench(Dialect::Rfc);
    let source = PHONE.parse().unwrap();
    let arrival = Arrival { card: CardId(1), source, is_multicast: true, bytes: SUBSCRIBE };
    bench.responder.handle_datagram(bench.now, &arrival);
    let Some(ResponderEvent::Asked(asked)) = bench.responder.poll_event() else { panic!() };
    bench.responder.decide(bench.now, asked.token, Decision::Observe);
    bench.now = Instant::from_millis(500);
    assert!(matches!(bench.arrive(SUBSCRIBE)[..], [ResponderEvent::Repeated { .. }]));
    assert!(bench.sent().is_empty());
    bench.responder.reconsider();
    bench.now = Instant::from_millis(1500);
    assert!(matches!(bench.arrive(SUBSCRIBE)[..], [ResponderEvent::Asked(_), ..]));
    assert_eq!(bench.sent().len(), 2);
    bench.responder.reconsider();
    assert!(matches!(bench.arrive(SUBSCRIBE)[..], [ResponderEvent::Repeated { .. }]));
    assert_eq!(bench.sent().len(), 1, "what was answered is answered the same");
}

#[test]
fn a_phone_that_asks_the_same_after_our_address_changed_is_answered_from_the_new_one() {
    let mut bench = bench(Dialect::Rfc);
    bench.arrive(SUBSCRIBE);
    bench.sent();
    let address = vec![CardAddress::new("10.13.4.200/16".parse().unwrap(), 5060)];
    bench.responder.set_cards([Card::new(CardId(1), "eth0", address)]);
    bench.now = Instant::from_millis(500);
    bench.arrive(SUBSCRIBE);
    let sent = bench.sent();
    assert_eq!(sent.len(), 2);
    assert!(sent.iter().all(|sent| sent.from.to_string() == "10.13.4.200:5060"));
    assert_eq!(value(&sent[0].bytes, H::Contact), "<sip:10.13.4.200:5060>");
}

#[test]
fn each_switch_changes_what_it_names_and_nothing_else() {
    let with = |dialect, switches| {
        let mut bench = bench(dialect);
        bench.switches = switches;
        bench.arrive(SUBSCRIBE);
        bench.sent().into_iter().map(|sent| text(&sent.bytes)).collect::<Vec<_>>()
    };
    let none = Switches::default();
    for dialect in [Dialect::Rfc, Dialect::Manual] {
        let plain = with(dialect, none);
        let accepted = with(dialect, Switches { accepts_with_202: true, ..none });
        assert_eq!(accepted[0], plain[0].replace("200 OK", "202 Accepted"));
        assert_eq!(accepted[1], plain[1]);
        let alone = with(dialect, Switches { omits_response: true, ..none });
        assert_eq!(alone, [plain[1].clone()]);
        let stateless = with(dialect, Switches { omits_state: true, ..none });
        let state = "Subscription-State: terminated;reason=timeout\r\n";
        assert_eq!(stateless[1], plain[1].replace(state, ""));
        let effective = with(dialect, Switches { effective_by: Some(0), ..none });
        assert_eq!(effective[0], plain[0]);
        let at = effective[1].find(";effective-by=0").unwrap();
        assert_eq!(effective[1].replace(";effective-by=0", ""), plain[1]);
        assert!(effective[1][..at].rsplit("\r\n").next().unwrap().starts_with("Event: ua-profile"));
    }
}

#[test]
fn a_phone_is_asked_to_fetch_anew_and_its_answer_is_told() {
    let mut bench = bench(Dialect::Rfc);
    let sync = CheckSync::new(CardId(1), PHONE.parse().unwrap(), "check-sync;reboot=true");
    let token = bench.responder.check_sync(bench.now, &sync).unwrap();
    let sent = bench.sent();
    assert_eq!((sent.len(), sent[0].to.to_string()), (1, PHONE.to_string()));
    assert_eq!(value(&sent[0].bytes, H::Event), "check-sync;reboot=true");
    let message = Message::parse(&sent[0].bytes).unwrap();
    assert_eq!(fingerpost_core::check::check(&message, &Context::default()), []);
    assert_eq!(bench.run_to(600).len(), 1);
    bench.events();
    let events = bench.reply(&sent[0].bytes, 200);
    assert_eq!(events, [ResponderEvent::SyncAnswered { token, status: 200 }]);
    assert_eq!(bench.run_to(60_000), []);
}

#[test]
fn a_phone_that_does_not_answer_a_check_sync_is_asked_four_times_and_said_so() {
    let mut bench = bench(Dialect::Rfc);
    let sync = CheckSync::new(CardId(1), PHONE.parse().unwrap(), "check-sync");
    let sync = sync.with_url(Some("http://192.0.2.1/".into()));
    let token = bench.responder.check_sync(bench.now, &sync).unwrap();
    assert!(bench.sent()[0].bytes.ends_with(b"\r\n\r\nhttp://192.0.2.1/"));
    let times: Vec<u64> = bench.run_to(60_000).iter().map(|(at, _)| *at).collect();
    assert_eq!(times, [500, 1500, 3500]);
    assert_eq!(bench.events().last(), Some(&ResponderEvent::SyncUnanswered { token }));
    assert_eq!(bench.responder.poll_timeout(), None);
    let elsewhere = CheckSync::new(CardId(9), PHONE.parse().unwrap(), "check-sync");
    assert_eq!(bench.responder.check_sync(bench.now, &elsewhere), None);
}
