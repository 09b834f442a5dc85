use super::*;
use crate::event::CardState;
use fingerpost_core::SeededEntropy;
use fingerpost_core::pnp::{CardAddress, Subscriber, profile};
use std::time::Duration;

fn desk(policy: &str) -> Desk {
    let policy = Policy::parse(policy).unwrap();
    let mut desk = Desk::new(policy, Clock::start(), Box::new(SeededEntropy::new(1)));
    let address = CardAddress::new("192.0.2.1/24".parse().unwrap(), 5060);
    desk.set_cards(vec![Card::new(CardId(3), "eth0", vec![address])]);
    desk
}

const EVERYONE: &str = "version = 1\n[[rule]]\nname = \"all\"\nanswer = { url = \"tftp://%{server}/%{model}\", dialect = \"rfc\" }";

fn subscribe(vendor: &str, seed: u64) -> Vec<u8> {
    let subscriber = Subscriber::new("192.0.2.7:5060".parse().unwrap())
        .with_mac("000413000007".parse().unwrap());
    profile::find(vendor).unwrap().subscribe(&subscriber, &mut SeededEntropy::new(seed)).unwrap()
}

fn arrive(desk: &mut Desk, now: Instant, source: &str, bytes: &[u8]) {
    let source = source.parse().unwrap();
    desk.handle_datagram(now, &Arrival { card: CardId(3), source, is_multicast: true, bytes });
}

fn events(desk: &mut Desk) -> Vec<serde_json::Value> {
    std::iter::from_fn(|| desk.poll_event())
        .map(|event| serde_json::to_value(event).unwrap())
        .collect()
}

fn names(events: &[serde_json::Value]) -> Vec<&str> {
    events.iter().map(|event| event["event"].as_str().unwrap()).collect()
}

#[test]
fn a_phone_that_asks_is_answered_by_its_rule_and_written_down() {
    let mut desk = desk(EVERYONE);
    arrive(&mut desk, Instant::ZERO, "192.0.2.7:5060", &subscribe("snom", 1));
    let said = events(&mut desk);
    assert_eq!(names(&said), ["phone_asked", "answered", "notified"]);
    assert_eq!(said[0]["phone"]["mac"], "000413000007");
    assert_eq!(said[0]["interface"], "eth0");
    assert_eq!(said[1]["rule"], "all");
    assert_eq!(said[2]["url"], "tftp://192.0.2.1/snomD120");
    assert!(said[2]["time"].as_str().unwrap().ends_with('Z'));
    let row = &desk.rows()[0];
    assert_eq!((row.state, row.asked, row.notified), (PhoneState::Notified, 1, 1));
    assert_eq!(row.rule.as_deref(), Some("all"));
    assert_eq!(std::iter::from_fn(|| desk.poll_transmit(Instant::ZERO)).count(), 2);
}

#[test]
fn the_state_follows_the_exchange_to_its_end() {
    let mut desk = desk(EVERYONE);
    arrive(&mut desk, Instant::ZERO, "192.0.2.7:5060", &subscribe("snom", 1));
    while let Some(at) = desk.poll_timeout() {
        desk.handle_timeout(at);
    }
    assert_eq!(desk.rows()[0].state, PhoneState::Unconfirmed);
    assert_eq!(names(&events(&mut desk)).last(), Some(&"unacknowledged"));

    let later = Instant::from_millis(60_000);
    arrive(&mut desk, later, "192.0.2.7:5060", &subscribe("snom", 2));
    let notify = std::iter::from_fn(|| desk.poll_transmit(Instant::ZERO)).last().unwrap();
    let message = fingerpost_core::Message::parse(&notify.bytes).unwrap();
    let ok = fingerpost_core::Response::reply_to(&message, 200, "OK").headers().build().unwrap();
    arrive(&mut desk, later, "192.0.2.7:5060", &ok);
    let row = &desk.rows()[0];
    assert_eq!((row.state, row.asked), (PhoneState::Acknowledged, 2));
    assert!(row.first_asked < row.last_asked);
}

#[test]
fn observing_says_who_asked_and_which_rule_would_have_answered() {
    let mut desk = desk(EVERYONE);
    let observing = Policy::parse(EVERYONE).unwrap().with_mode(Mode::Observe);
    desk.set_policy(Instant::ZERO, observing);
    arrive(&mut desk, Instant::ZERO, "192.0.2.7:5060", &subscribe("snom", 1));
    assert_eq!(names(&events(&mut desk)), ["policy_changed", "phone_asked"]);
    assert_eq!(desk.poll_transmit(Instant::ZERO), None);
    assert_eq!(desk.rows()[0].state, PhoneState::Asked);
    assert_eq!(desk.rows()[0].rule.as_deref(), Some("all"));
}

#[test]
fn a_value_that_is_missing_means_no_answer_and_says_which() {
    let mut desk = desk("version = 1\n[[rule]]\nanswer = { url = \"tftp://s/%{mac}\" }");
    arrive(&mut desk, Instant::ZERO, "192.0.2.7:5060", &subscribe("audiocodes", 1));
    let said = events(&mut desk);
    assert_eq!(names(&said), ["phone_asked", "ignored"]);
    assert!(said[1]["reason"].as_str().unwrap().contains("no value for %{mac}"), "{}", said[1]);
    assert_eq!(desk.poll_transmit(Instant::ZERO), None);
    assert_eq!(desk.rows()[0].state, PhoneState::Ignored);
}

#[test]
fn noise_is_counted_and_said_once_a_second() {
    let mut desk = desk(EVERYONE);
    for _ in 0..50 {
        arrive(&mut desk, Instant::ZERO, "192.0.2.9:9", b"noise");
    }
    let said = events(&mut desk);
    assert_eq!(names(&said), ["ignored"]);
    desk.handle_timeout(Instant::ZERO + Duration::from_secs(1));
    let said = events(&mut desk);
    assert_eq!(said[0]["count"], 49);
    assert_eq!(desk.ignored_total(), 50);
}

#[test]
fn another_policy_holds_from_the_next_phone_on() {
    let mut desk = desk(EVERYONE);
    let other = Policy::parse(
        "version = 1\nallow_sources = [\"198.51.100.0/24\"]\n[[rule]]\ndeny = { status = 403 }",
    );
    desk.set_policy(Instant::ZERO, other.unwrap());
    arrive(&mut desk, Instant::ZERO, "198.51.100.7:5060", &subscribe("snom", 1));
    let said = events(&mut desk);
    assert_eq!(names(&said), ["policy_changed", "phone_asked", "answered"]);
    assert_eq!(said[2]["status"], 403);
}

#[test]
fn states_are_words_in_json() {
    assert_eq!(serde_json::to_value(CardState::OtherPort).unwrap(), "other_port");
    assert_eq!(serde_json::to_value(PhoneState::Unconfirmed).unwrap(), "unconfirmed");
}

#[test]
fn of_one_phone_everything_is_told() {
    let mut desk = desk(EVERYONE);
    arrive(&mut desk, Instant::ZERO, "192.0.2.7:5060", &subscribe("snom", 1));
    arrive(&mut desk, Instant::ZERO, "192.0.2.8:5060", b"noise from another one");
    while desk.poll_transmit(Instant::ZERO).is_some() {}
    let detail = desk.phone("000413000007").unwrap();
    let happened = serde_json::to_value(&detail.timeline).unwrap();
    assert_eq!(names(happened.as_array().unwrap()), ["phone_asked", "answered", "notified"]);
    let said: Vec<&str> =
        detail.messages.iter().map(|m| m.text.split(' ').next().unwrap()).collect();
    assert_eq!(said, ["SUBSCRIBE", "SIP/2.0", "NOTIFY"]);
    assert!(desk.phone("unknown").is_none());
}
