//! The responder as its callers see it: datagrams in, datagrams and events out, on a made-up clock. The manual's own
//! messages are the yardstick of the `manual` dialect.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test stops at the first thing that is not as expected"
)]

use fingerpost_core::check::Context;
use fingerpost_core::pnp::*;
use fingerpost_core::{HeaderName, Instant, Message, SeededEntropy};
use std::net::SocketAddr;

const SUBSCRIBE: &[u8] = include_bytes!("../../../tests/corpus/manual/subscribe.sip");
const OK: &[u8] = include_bytes!("../../../tests/corpus/manual/200-ok.sip");
const NOTIFY: &[u8] = include_bytes!("../../../tests/corpus/manual/notify.sip");
const PHONE: &str = "10.13.2.37:5060";

struct Bench {
    responder: Responder,
    now: Instant,
    dialect: Dialect,
}

fn bench(dialect: Dialect) -> Bench {
    let mut responder = Responder::new(ResponderConfig::default(), Box::new(SeededEntropy::new(1)));
    let address = |text: &str| vec![CardAddress::new(text.parse().unwrap(), 5060)];
    responder.set_cards([
        Card::new(CardId(1), "eth0", address("10.13.4.121/16")),
        Card::new(CardId(2), "eth1", address("10.13.4.122/16")),
    ]);
    Bench { responder, now: Instant::ZERO, dialect }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

impl Bench {
    fn arrive_on(&mut self, card: u32, source: &str, bytes: &[u8]) -> Vec<ResponderEvent> {
        let source: SocketAddr = source.parse().unwrap();
        self.responder.handle_datagram(
            self.now,
            &Arrival { card: CardId(card), source, is_multicast: true, bytes },
        );
        self.events()
    }

    fn arrive(&mut self, bytes: &[u8]) -> Vec<ResponderEvent> {
        self.arrive_on(1, PHONE, bytes)
    }

    /// Every event; each question is answered with the manual's URL.
    fn events(&mut self) -> Vec<ResponderEvent> {
        let mut events = Vec::new();
        while let Some(event) = self.responder.poll_event() {
            if let ResponderEvent::Asked(asked) = &event {
                let answer = Answer::new("tftp://10.13.4.121", self.dialect, "everyone");
                self.responder.decide(self.now, asked.token, Decision::Answer(answer));
            }
            events.push(event);
        }
        events
    }

    fn sent(&mut self) -> Vec<Transmit> {
        std::iter::from_fn(|| self.responder.poll_transmit()).collect()
    }

    /// Runs to `millis`; what was sent on the way, with its time.
    fn run_to(&mut self, millis: u64) -> Vec<(u64, Transmit)> {
        let mut sent = Vec::new();
        while let Some(at) =
            self.responder.poll_timeout().filter(|at| *at <= Instant::from_millis(millis))
        {
            self.now = at;
            self.responder.handle_timeout(at);
            sent.extend(self.sent().into_iter().map(|transmit| (at.as_micros() / 1000, transmit)));
        }
        self.now = Instant::from_millis(millis);
        sent
    }

    /// The phone's answer to a NOTIFY of ours.
    fn reply(&mut self, notify: &[u8], status: u16) -> Vec<ResponderEvent> {
        let message = Message::parse(notify).unwrap();
        let reply = fingerpost_core::Response::reply_to(&message, status, "Whatever")
            .headers()
            .build()
            .unwrap();
        self.arrive(&reply)
    }
}

fn value(bytes: &[u8], name: HeaderName) -> String {
    Message::parse(bytes).unwrap().header(name).unwrap().value().to_string()
}

fn is_notify(bytes: &[u8]) -> bool {
    bytes.starts_with(b"NOTIFY ")
}

#[test]
fn in_the_manuals_dialect_both_answers_equal_the_manuals_byte_for_byte() {
    let mut bench = bench(Dialect::Manual);
    bench.arrive(SUBSCRIBE);
    let sent = bench.sent();
    assert_eq!(text(&sent[0].bytes), text(OK));
    assert_eq!(text(&sent[1].bytes), text(NOTIFY));
    assert_eq!(sent[0].from.to_string(), "10.13.4.121:5060");
    assert_eq!(sent[0].to.to_string(), PHONE);
}

#[test]
fn in_the_rfcs_dialect_the_notify_is_a_request_in_the_dialog() {
    let mut bench = bench(Dialect::Rfc);
    bench.arrive(SUBSCRIBE);
    let sent = bench.sent();
    let (ok, notify) = (&sent[0].bytes, &sent[1].bytes);
    let messages = [SUBSCRIBE, ok, notify].map(|bytes| Message::parse(bytes).unwrap());
    let (ok_to, from) = (messages[1].to().unwrap().unwrap(), messages[2].from().unwrap().unwrap());
    assert_eq!(ok_to.tag(), from.tag());
    assert!(ok_to.tag().is_some());
    assert_eq!(
        messages[2].to().unwrap().unwrap().tag(),
        messages[0].from().unwrap().unwrap().tag()
    );
    assert_eq!(value(notify, HeaderName::Event), "ua-profile");
    assert!(
        value(ok, HeaderName::Via).contains(";rport=5060;")
            && value(ok, HeaderName::Via).contains(";received=10.13.2.37")
    );
    let findings = fingerpost_core::check::check_conversation(&messages, &Context::default());
    assert!(findings.iter().all(Vec::is_empty), "{findings:?}");
}

#[test]
fn what_we_write_in_the_rfcs_dialect_has_no_findings_for_any_vendor() {
    for profile in profile::ALL {
        let mut bench = bench(Dialect::Rfc);
        let subscribe = profile
            .subscribe(&Subscriber::new(PHONE.parse().unwrap()), &mut SeededEntropy::new(5))
            .unwrap();
        bench.arrive(&subscribe);
        for sent in bench.sent().iter().filter(|sent| is_notify(&sent.bytes)) {
            let message = Message::parse(&sent.bytes).unwrap();
            assert_eq!(
                fingerpost_core::check::check(&message, &Context::default()),
                [],
                "{}",
                profile.vendor
            );
        }
    }
}

#[test]
fn a_subscribe_repeated_gets_the_same_200_and_nothing_else() {
    let mut bench = bench(Dialect::Rfc);
    bench.arrive(SUBSCRIBE);
    let first = bench.sent();
    bench.now = Instant::from_millis(400);
    assert!(matches!(bench.arrive(SUBSCRIBE)[..], [ResponderEvent::Repeated { .. }]));
    let again = bench.sent();
    assert_eq!(again.len(), 1);
    assert_eq!(again[0].bytes, first[0].bytes);
}

#[test]
fn a_copy_heard_on_a_second_card_is_answered_once() {
    let mut bench = bench(Dialect::Rfc);
    bench.arrive_on(1, PHONE, SUBSCRIBE);
    assert_eq!(bench.sent().len(), 2);
    assert_eq!(bench.arrive_on(2, PHONE, SUBSCRIBE), []);
    assert_eq!(bench.sent(), []);
}

#[test]
fn a_lost_notify_is_sent_again_on_schedule_and_then_given_up() {
    let mut bench = bench(Dialect::Rfc);
    bench.arrive(SUBSCRIBE);
    let first = bench.sent().remove(1);
    let again = bench.run_to(4900);
    let times: Vec<u64> = again.iter().map(|(at, _)| *at).collect();
    assert_eq!(times, [500, 1500, 3500]);
    assert!(again.iter().all(|(_, sent)| *sent == first));
    let _ = bench.events();
    assert_eq!(bench.run_to(60_000), []);
    assert!(matches!(bench.events()[..], [ResponderEvent::Unacknowledged { .. }]));
}

#[test]
fn a_200_ends_the_sending_in_either_dialect() {
    for dialect in [Dialect::Rfc, Dialect::Manual] {
        let mut bench = bench(dialect);
        bench.arrive(SUBSCRIBE);
        let notify = bench.sent().remove(1);
        let events = bench.reply(&notify.bytes, 200);
        assert!(
            matches!(events[..], [ResponderEvent::Acknowledged { status: 200, .. }]),
            "{events:?}"
        );
        assert_eq!(bench.run_to(60_000), []);
    }
}

#[test]
fn auto_turns_to_the_manuals_form_after_a_481() {
    let mut bench = bench(Dialect::Auto);
    bench.arrive(SUBSCRIBE);
    let notify = bench.sent().remove(1);
    let events = bench.reply(&notify.bytes, 481);
    assert!(matches!(
        events[0],
        ResponderEvent::Refused { status: 481, dialect: Dialect::Rfc, .. }
    ));
    assert!(matches!(
        events[1],
        ResponderEvent::Notified { dialect: Dialect::Manual, attempt: 2, .. }
    ));
    let second = bench.sent().remove(0);
    assert!(value(&second.bytes, HeaderName::Via).contains("10.13.2.37"));
    assert_eq!(bench.run_to(60_000), []);
}

#[test]
fn auto_turns_once_after_a_second_and_a_half_of_silence_and_remembers_what_worked() {
    let mut bench = bench(Dialect::Auto);
    bench.arrive(SUBSCRIBE);
    bench.sent();
    let later = bench.run_to(4000);
    assert_eq!(later.iter().map(|(at, _)| *at).collect::<Vec<_>>(), [500, 1500]);
    let manual = later[1].1.bytes.clone();
    assert!(value(&manual, HeaderName::Via).contains("10.13.2.37"));
    let _ = bench.events();
    assert!(matches!(
        bench.reply(&manual, 200)[..],
        [ResponderEvent::Acknowledged { dialect: Dialect::Manual, .. }]
    ));

    let next = text(SUBSCRIBE).replace("6ad00ca2", "6ad00ca3").replace("8884c8", "8884c9");
    bench.arrive(next.as_bytes());
    let sent = bench.sent();
    assert!(
        value(&sent[1].bytes, HeaderName::Via).contains("10.13.2.37"),
        "the manual's form comes first now"
    );
}

#[test]
fn a_phone_that_asks_anew_gets_the_other_form() {
    let mut bench = bench(Dialect::Auto);
    bench.arrive(SUBSCRIBE);
    bench.sent();
    bench.run_to(700);
    let next = text(SUBSCRIBE).replace("6ad00ca2", "6ad00ca3");
    bench.arrive(next.as_bytes());
    let sent = bench.sent();
    assert!(value(&sent[1].bytes, HeaderName::Via).contains("10.13.2.37"));
}

#[test]
fn no_datagram_goes_anywhere_but_to_where_it_was_asked_from() {
    let mut bench = bench(Dialect::Auto);
    let forged = text(SUBSCRIBE)
        .replace("<sip:00000001@10.13.2.37:5060>\r\nUser", "<sip:1@198.51.100.1>\r\nUser");
    let forged = forged.replace(
        "UDP 10.13.2.37:5060",
        "UDP 198.51.100.1:9;maddr=198.51.100.2;received=198.51.100.3",
    );
    bench.arrive(forged.as_bytes());
    let mut sent = bench.sent();
    sent.extend(bench.run_to(40_000).into_iter().map(|(_, sent)| sent));
    assert!(sent.len() >= 4 && sent.iter().all(|sent| sent.to.to_string() == PHONE));
}

#[test]
fn what_is_no_phones_question_is_ignored_with_its_reason() {
    let change = |from: &str, to: &str| text(SUBSCRIBE).replace(from, to).into_bytes();
    let without = |name: &str| {
        let lines: Vec<String> = text(SUBSCRIBE)
            .split_inclusive("\r\n")
            .filter(|line| !line.starts_with(name))
            .map(String::from)
            .collect();
        lines.concat().into_bytes()
    };
    let cases: Vec<(Vec<u8>, &str)> = vec![
        (b"\x00\xffnoise".to_vec(), "not SIP: no start line"),
        (b"\r\n\r\n".to_vec(), "not SIP: no message"),
        (vec![b'x'; 65_536], "not SIP: the message has 65536 bytes"),
        (SUBSCRIBE[..300].to_vec(), "Event is missing"),
        (SUBSCRIBE[..SUBSCRIBE.len() - 2].to_vec(), "broken message: the message is cut off"),
        (change("SUBSCRIBE", "OPTIONS"), "method OPTIONS, not SUBSCRIBE"),
        (change("ua-profile", "message-summary"), "event message-summary, not ua-profile"),
        (
            change("application/url", "application/xcap-diff+xml"),
            "accepts application/xcap-diff+xml, not application/url",
        ),
        (change("Expires: 0", "Require: eventlist"), "requires the extension eventlist"),
        (
            change("Content-Length: 0", "Content-Length: 9"),
            "broken message: Content-Length says 9 bytes, 0 are there",
        ),
        (without("Via"), "Via is missing"),
        (without("From"), "From is missing"),
        (without("To"), "To is missing"),
        (without("Call-ID"), "Call-ID is missing"),
        (without("CSeq"), "CSeq is missing"),
        (without("Event"), "Event is missing"),
        (OK.to_vec(), "a response to nothing of ours"),
    ];
    for (bytes, expected) in cases {
        let mut bench = bench(Dialect::Rfc);
        let events = bench.arrive(&bytes);
        let [ResponderEvent::Ignored { reason, .. }] = &events[..] else {
            panic!("{expected}: {events:?}")
        };
        assert!(reason.to_string().starts_with(expected), "{reason} instead of {expected}");
        assert_eq!(bench.sent(), []);
    }
}

#[test]
fn only_the_cards_own_subnets_are_answered_unless_more_is_allowed() {
    let mut bench = bench(Dialect::Rfc);
    for source in ["192.0.2.9:5060", "10.13.255.255:5060", "10.13.2.37:0"] {
        let events = bench.arrive_on(1, source, SUBSCRIBE);
        assert!(
            matches!(events[..], [ResponderEvent::Ignored { reason: IgnoreReason::Source, .. }]),
            "{source}"
        );
    }
    assert_eq!(bench.sent(), []);
    bench.responder.set_allowed_sources(vec!["192.0.2.0/24".parse().unwrap()]);
    bench.arrive_on(1, "192.0.2.9:5060", SUBSCRIBE);
    assert_eq!(bench.sent().len(), 2);
}

#[test]
fn a_forged_acknowledgement_from_elsewhere_changes_nothing() {
    let mut bench = bench(Dialect::Rfc);
    bench.arrive(SUBSCRIBE);
    let notify = bench.sent().remove(1);
    let message = Message::parse(&notify.bytes).unwrap();
    let forged =
        fingerpost_core::Response::reply_to(&message, 200, "OK").headers().build().unwrap();
    let events = bench.arrive_on(1, "10.13.2.99:5060", &forged);
    assert!(matches!(
        events[..],
        [ResponderEvent::Ignored { reason: IgnoreReason::StrayResponse, .. }]
    ));
    assert_eq!(bench.run_to(600).len(), 1);
}

#[test]
fn a_denial_is_said_aloud_and_nothing_follows() {
    let mut bench = bench(Dialect::Rfc);
    let arrival = Arrival {
        card: CardId(1),
        source: PHONE.parse().unwrap(),
        is_multicast: true,
        bytes: SUBSCRIBE,
    };
    bench.responder.handle_datagram(bench.now, &arrival);
    let Some(ResponderEvent::Asked(asked)) = bench.responder.poll_event() else { panic!() };
    bench.responder.decide(
        bench.now,
        asked.token,
        Decision::Deny(Denial::new(403, "Forbidden", "strangers")),
    );
    let sent = bench.sent();
    assert_eq!(sent.len(), 1);
    assert!(sent[0].bytes.starts_with(b"SIP/2.0 403 Forbidden\r\n"));
    assert_eq!(bench.run_to(60_000), []);
}

#[test]
fn a_subscription_that_lasts_is_active_and_says_for_how_long() {
    let mut bench = bench(Dialect::Rfc);
    bench.arrive(text(SUBSCRIBE).replace("Expires: 0", "Expires: 3600").as_bytes());
    let sent = bench.sent();
    assert_eq!(value(&sent[0].bytes, HeaderName::Expires), "3600");
    assert_eq!(value(&sent[1].bytes, HeaderName::SubscriptionState), "active;expires=3600");
}

#[test]
fn record_route_and_the_events_id_come_back() {
    let mut bench = bench(Dialect::Rfc);
    let asked = text(SUBSCRIBE)
        .replace("Expires: 0", "Expires: 0\r\nRecord-Route: <sip:192.0.2.5;lr>")
        .replace("ua-profile;", "ua-profile;id=7;");
    bench.arrive(asked.as_bytes());
    let sent = bench.sent();
    assert_eq!(value(&sent[0].bytes, HeaderName::RecordRoute), "<sip:192.0.2.5;lr>");
    assert_eq!(value(&sent[1].bytes, HeaderName::Route), "<sip:192.0.2.5;lr>");
    assert_eq!(value(&sent[1].bytes, HeaderName::Event), "ua-profile;id=7");
}

#[test]
fn the_same_inputs_give_the_same_bytes() {
    let run = || {
        let mut bench = bench(Dialect::Auto);
        bench.arrive(SUBSCRIBE);
        let mut sent: Vec<Vec<u8>> = bench.sent().into_iter().map(|sent| sent.bytes).collect();
        sent.extend(bench.run_to(40_000).into_iter().map(|(_, sent)| sent.bytes));
        sent
    };
    assert_eq!(run(), run());
}

#[test]
fn compose_writes_what_the_responder_sends() {
    let fields = ReplyFields::new(
        "10.13.4.121:5060".parse().unwrap(),
        "tftp://10.13.4.121",
        Dialect::Manual,
    );
    let reply = reply(SUBSCRIBE, &fields, &mut SeededEntropy::new(1)).unwrap();
    assert_eq!(text(&reply.ok), text(OK));
    assert_eq!(text(&reply.notify), text(NOTIFY));
}

#[test]
fn what_one_responder_learned_another_begins_with() {
    let phone = identify(&Message::parse(SUBSCRIBE).unwrap());
    let mut first = bench(Dialect::Auto);
    first.arrive(SUBSCRIBE);
    assert_eq!(first.responder.learned(&phone), None);
    let notify = first.sent().remove(1);
    first.reply(&notify.bytes, 481);
    let manual = first.sent().remove(0);
    first.reply(&manual.bytes, 200);
    assert_eq!(first.responder.learned(&phone), Some(Dialect::Manual));

    let mut second = bench(Dialect::Auto);
    second.responder.learn(&phone, Dialect::Manual);
    second.responder.learn(&phone, Dialect::Auto);
    second.arrive(SUBSCRIBE);
    let sent = second.sent();
    assert!(value(&sent[1].bytes, HeaderName::Via).contains("10.13.2.37"), "the manual's form");
    assert!(sent[0].exchange.is_some() && sent[0].exchange == sent[1].exchange);
}
