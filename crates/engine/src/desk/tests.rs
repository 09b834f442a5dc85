use super::*;
use crate::event::CardState;
use fingerpost_core::SeededEntropy;
use fingerpost_core::pnp::{CardAddress, Subscriber, profile};
use std::time::Duration;

mod memory;

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
    look_up(desk, now, None);
}

/// The neighbour table says this of whoever is looked up; how many were.
fn look_up(desk: &mut Desk, now: Instant, says: Option<&str>) -> usize {
    let mut asked = 0;
    while let Some((ticket, place)) = desk.poll_lookup() {
        assert_eq!(
            (place.interface.as_str(), place.own.to_string().as_str()),
            ("eth0", "192.0.2.1")
        );
        desk.looked_up(now, ticket, says.map(|mac| mac.parse().unwrap()));
        asked += 1;
    }
    asked
}

/// Runs until nothing is due before `end`, the neighbour table saying this all the while.
fn run_to(desk: &mut Desk, end: Instant, says: Option<&str>) {
    while let Some(at) = desk.poll_timeout().filter(|at| *at <= end) {
        desk.handle_timeout(at);
        look_up(desk, at, says);
    }
}

const MAC: &str = "00908f000001";

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
    run_to(&mut desk, Instant::from_millis(299), None);
    assert_eq!(events(&mut desk).len(), 0, "it is waited for");
    run_to(&mut desk, Instant::from_millis(300), None);
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

#[test]
fn a_rule_on_a_mac_that_the_message_does_not_name_waits_for_the_link_layer() {
    let mut desk = desk(
        "version = 1\n[[rule]]\nmatch = { mac = \"00908f\" }\nanswer = { url = \"tftp://s/%{mac}\", dialect = \"rfc\" }",
    );
    arrive(&mut desk, Instant::ZERO, "192.0.2.7:5060", &subscribe("audiocodes", 1));
    assert_eq!(desk.poll_transmit(Instant::ZERO), None);
    let probe = desk.poll_probe().unwrap();
    assert_eq!((probe.address.to_string().as_str(), desk.poll_probe()), ("192.0.2.7", None));
    run_to(&mut desk, Instant::from_millis(5), Some(MAC));
    let said = events(&mut desk);
    assert_eq!(names(&said), ["phone_asked", "answered", "notified"]);
    assert_eq!(said[2]["url"], format!("tftp://s/{MAC}"));
    let phone = &said[0]["phone"];
    assert_eq!((&phone["id"], &phone["mac"]), (&MAC.into(), &MAC.into()));
    let evidence =
        serde_json::json!({"field": "mac", "value": MAC, "from": "link layer (ARP)", "span": null});
    assert_eq!(phone["evidence"][0], evidence);
}

#[test]
fn a_phone_that_the_table_knows_is_not_waited_for() {
    let mut desk =
        desk("version = 1\n[[rule]]\nmatch = { mac = \"00908f\" }\nanswer.url = \"tftp://s\"");
    let source = "192.0.2.7:5060".parse().unwrap();
    let bytes = subscribe("audiocodes", 1);
    let arrival = Arrival { card: CardId(3), source, is_multicast: true, bytes: &bytes };
    desk.handle_datagram(Instant::ZERO, &arrival);
    assert_eq!(look_up(&mut desk, Instant::ZERO, Some(MAC)), 1);
    assert_eq!(names(&events(&mut desk)), ["phone_asked", "answered", "notified"]);
    assert_eq!(desk.poll_probe(), None);
}

#[test]
fn a_phone_that_was_answered_anyway_is_known_by_the_link_layer_afterwards() {
    let mut desk = desk(EVERYONE);
    arrive(&mut desk, Instant::ZERO, "192.0.2.7:5060", &subscribe("audiocodes", 1));
    let said = events(&mut desk);
    assert_eq!(names(&said), ["phone_asked", "answered", "notified"]);
    assert_eq!((&said[0]["phone"]["mac"], desk.poll_probe()), (&serde_json::Value::Null, None));
    run_to(&mut desk, Instant::from_millis(100), Some(MAC));
    let said = events(&mut desk);
    assert_eq!(names(&said), ["identified"]);
    assert_eq!(
        (&said[0]["phone"]["id"], &said[0]["phone"]["model"]),
        (&MAC.into(), &"440HD".into())
    );
    let rows = desk.rows();
    assert_eq!((rows.len(), rows[0].phone.id.as_str(), rows[0].notified), (1, MAC, 1));
    assert_eq!(desk.phone(MAC).unwrap().timeline.len(), 4);

    // From then on the table knows it, and it is the same phone.
    let later = Instant::from_millis(60_000);
    let source = "192.0.2.7:5060".parse().unwrap();
    let bytes = subscribe("audiocodes", 2);
    let arrival = Arrival { card: CardId(3), source, is_multicast: true, bytes: &bytes };
    desk.handle_datagram(later, &arrival);
    look_up(&mut desk, later, Some(MAC));
    assert_eq!((desk.rows().len(), desk.rows()[0].asked), (1, 2));
}

#[test]
fn nobody_beyond_a_router_and_nobody_who_names_its_mac_is_looked_up() {
    let mut desk = desk(
        "version = 1\nallow_sources = [\"198.51.100.0/24\"]\n[[rule]]\nmatch.mac = \"0\"\nanswer.url = \"tftp://s\"",
    );
    let beyond = "198.51.100.7:5060".parse().unwrap();
    let near = "192.0.2.7:5060".parse().unwrap();
    for (source, vendor) in [(beyond, "audiocodes"), (near, "snom")] {
        let bytes = subscribe(vendor, 1);
        let arrival = Arrival { card: CardId(3), source, is_multicast: true, bytes: &bytes };
        desk.handle_datagram(Instant::ZERO, &arrival);
        assert_eq!(desk.poll_lookup(), None, "{vendor}");
    }
    assert_eq!(names(&events(&mut desk)).iter().filter(|name| **name == "phone_asked").count(), 2);
}

#[test]
fn a_phone_that_asked_while_observing_is_answered_when_it_asks_the_same_again() {
    let mut desk = desk(EVERYONE);
    desk.set_policy(Instant::ZERO, Policy::parse(EVERYONE).unwrap().with_mode(Mode::Observe));
    let bytes = subscribe("snom", 1);
    arrive(&mut desk, Instant::ZERO, "192.0.2.7:5060", &bytes);
    desk.set_policy(Instant::ZERO, Policy::parse(EVERYONE).unwrap());
    events(&mut desk);
    arrive(&mut desk, Instant::from_millis(500), "192.0.2.7:5060", &bytes);
    assert_eq!(names(&events(&mut desk)), ["phone_asked", "answered", "notified"]);
}

/// Orders a check-sync of the phone that asked; what came of it, and the events.
fn sync(says: Option<&str>, reboot: bool) -> (Result<(), String>, Vec<serde_json::Value>, Desk) {
    let mut desk = desk(EVERYONE);
    arrive(&mut desk, Instant::ZERO, "192.0.2.7:5060", &subscribe("snom", 1));
    let later = Instant::from_millis(60_000);
    run_to(&mut desk, later, None);
    while desk.poll_transmit(later).is_some() {}
    events(&mut desk);
    desk.sync(later, "000413000007", reboot).unwrap();
    assert_eq!(desk.poll_probe().unwrap().address.to_string(), "192.0.2.7");
    run_to(&mut desk, later + Duration::from_millis(300), says);
    let outcome = desk.poll_sync().unwrap().1;
    let said = events(&mut desk);
    (outcome, said, desk)
}

#[test]
fn a_phone_that_still_answers_at_its_address_is_asked_to_fetch_anew() {
    let (outcome, said, mut desk) = sync(Some("000413000007"), true);
    assert_eq!((outcome, names(&said)), (Ok(()), vec!["check_sync_sent"]));
    assert_eq!(said[0]["sent"], "check-sync;reboot=true");
    let notify = desk.poll_transmit(Instant::ZERO).unwrap();
    assert_eq!(notify.to.to_string(), "192.0.2.7:5060");
    let message = fingerpost_core::Message::parse(&notify.bytes).unwrap();
    let ok = fingerpost_core::Response::reply_to(&message, 200, "OK").headers().build().unwrap();
    arrive(&mut desk, Instant::from_millis(60_100), "192.0.2.7:5060", &ok);
    let said = events(&mut desk);
    assert_eq!((names(&said), &said[0]["status"]), (vec!["check_sync_answered"], &200.into()));
}

#[test]
fn another_device_at_the_phones_address_is_not_asked_to_fetch() {
    for (says, why) in [(Some("020000000001"), "another device"), (None, "nobody answers")] {
        let (outcome, said, mut desk) = sync(says, false);
        assert!(outcome.unwrap_err().starts_with(why));
        assert!(said.is_empty() && desk.poll_transmit(Instant::ZERO).is_none());
    }
}

#[test]
fn who_never_asked_or_is_not_known_by_its_hardware_address_cannot_be_asked_to_fetch() {
    let mut desk = desk(EVERYONE);
    let refused = |desk: &mut Desk, id: &str| desk.sync(Instant::ZERO, id, true).unwrap_err();
    assert_eq!(refused(&mut desk, "000413000007"), "no such phone has asked");
    arrive(&mut desk, Instant::ZERO, "192.0.2.7:5060", &subscribe("audiocodes", 1));
    let id = desk.rows()[0].phone.id.clone();
    assert!(refused(&mut desk, &id).starts_with("its hardware address is not known"));
}

#[test]
fn one_hardware_address_at_two_places_is_flagged_until_it_is_long_ago() {
    let mut desk = desk(EVERYONE);
    let places = |desk: &Desk| -> Vec<String> {
        desk.rows()[0].also_at.iter().map(|place| place.address.to_string()).collect()
    };
    let mut ask = |minutes: u64, source: &str, seed: u64| {
        let now = Instant::from_millis(minutes * 60_000);
        arrive(&mut desk, now, source, &subscribe("snom", seed));
        places(&desk)
    };
    assert!(ask(0, "192.0.2.7:5060", 1).is_empty());
    assert_eq!(ask(1, "192.0.2.8:5060", 2), ["192.0.2.7"]);
    assert_eq!(ask(2, "192.0.2.7:5060", 3), ["192.0.2.8"], "and back: not a phone that moved");
    assert_eq!(ask(3, "192.0.2.9:5060", 4), ["192.0.2.7", "192.0.2.8"]);
    assert_eq!(ask(4, "192.0.2.9:5061", 5), ["192.0.2.7", "192.0.2.8"], "ports do not matter");
    assert_eq!(ask(12, "192.0.2.9:5060", 6), ["192.0.2.7"]);
    assert!(ask(30, "192.0.2.9:5060", 7).is_empty());
}
