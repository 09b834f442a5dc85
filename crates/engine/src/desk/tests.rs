use super::*;

mod links;
mod memory;
mod sending;

use crate::event::CardState;
use crate::view::PhoneState;
use fingerpost_core::SeededEntropy;
use fingerpost_core::pnp::{CardAddress, Subscriber, profile};
use std::time::Duration;

fn desk(policy: &str) -> Desk {
    let policy = Policy::parse(policy).unwrap();
    let mut desk = Desk::new(
        policy,
        Clock::start(),
        Box::new(SeededEntropy::new(1)),
        SocketAddr::from(([224, 0, 1, 75], 5060)),
    );
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
fn phones_behind_one_address_have_their_own_messages() {
    let mut desk = desk(EVERYONE);
    let first = subscribe("snom", 1);
    let other = String::from_utf8(subscribe("snom", 2)).unwrap();
    let other = other.replace("000413000007", "0004130000bb");
    for bytes in [&first[..], other.as_bytes()] {
        arrive(&mut desk, Instant::ZERO, "192.0.2.7:5060", bytes);
    }
    let sent: Vec<Transmit> = memory::sent(&mut desk);
    let notify = sent.iter().find(|sent| sent.bytes.starts_with(b"NOTIFY")).unwrap();
    let message = fingerpost_core::Message::parse(&notify.bytes).unwrap();
    let ok = fingerpost_core::Response::reply_to(&message, 200, "OK").headers().build().unwrap();
    // The second one is a repetition of which nobody says anything.
    for bytes in [&ok[..], &ok, b"noise from there"] {
        arrive(&mut desk, Instant::ZERO, "192.0.2.7:5060", bytes);
    }
    let told = |id: &str| {
        let messages = desk.phone(id).unwrap().messages;
        assert!(messages[0].text.contains(id), "{id} asked: {}", messages[0].text);
        let first_word = |m: &crate::Recorded| m.text.split(' ').next().unwrap().to_owned();
        messages.iter().map(first_word).collect::<Vec<_>>()
    };
    let both = ["SUBSCRIBE", "SIP/2.0", "NOTIFY"];
    assert_eq!(told("000413000007"), [&both[..], &["SIP/2.0", "SIP/2.0"]].concat());
    assert_eq!(told("0004130000bb"), both);
}

#[test]
fn what_belongs_to_no_exchange_is_told_of_a_phone_that_is_alone_at_its_address() {
    let mut desk = desk(EVERYONE);
    arrive(&mut desk, Instant::ZERO, "192.0.2.7:5060", &subscribe("snom", 1));
    memory::sent(&mut desk);
    arrive(&mut desk, Instant::ZERO, "192.0.2.7:5060", b"noise from there");
    let told = |desk: &Desk| desk.phone(memory::MAC).unwrap().messages.last().unwrap().text.clone();
    assert_eq!(told(&desk), "noise from there");
    let other = String::from_utf8(subscribe("snom", 2)).unwrap();
    let other = other.replace("000413000007", "0004130000bb");
    arrive(&mut desk, Instant::ZERO, "192.0.2.7:5060", other.as_bytes());
    assert!(told(&desk).starts_with("NOTIFY "));
}

#[test]
fn a_flood_of_noise_pushes_out_nothing_that_a_phone_said() {
    let mut desk = desk(EVERYONE);
    arrive(&mut desk, Instant::ZERO, "192.0.2.7:5060", &subscribe("snom", 1));
    memory::sent(&mut desk);
    let noise = vec![b'x'; 15_000];
    for number in 0..5_000_u64 {
        let now = Instant::from_millis(number / 4);
        let source = format!("192.0.2.{}:9", 8 + number % 200);
        arrive(&mut desk, now, &source, &noise);
        desk.handle_timeout(now);
    }
    let said = events(&mut desk);
    assert!(said.len() <= 200 * 3, "once a second for each source: {}", said.len());
    let told = desk.phone(memory::MAC).unwrap().messages;
    assert!(told.iter().any(|message| message.text.starts_with("SUBSCRIBE ")));
}

#[test]
fn after_twenty_four_days_nothing_is_open_and_every_list_has_its_bound() {
    let mut desk = desk(EVERYONE);
    let day = 86_400_000;
    for number in 0..24 * 80_u64 {
        let now = Instant::from_millis(number * day / 80);
        let source = format!("192.0.2.{}:5060", 2 + number % 200);
        let vendor = ["audiocodes", "snom", "yealink"][usize::try_from(number % 3).unwrap()];
        let mac = format!("00908f{number:06x}").parse().unwrap();
        let subscriber = Subscriber::new(source.parse().unwrap()).with_mac(mac);
        let bytes = profile::find(vendor).unwrap();
        let bytes = bytes.subscribe(&subscriber, &mut SeededEntropy::new(number)).unwrap();
        run_to(&mut desk, now, None);
        arrive(&mut desk, now, &source, &bytes);
        if number % 20 == 0 {
            desk.set_cards(vec![Card::new(
                CardId(3 + u32::try_from(number / 20 % 2).unwrap()),
                "eth0",
                vec![CardAddress::new("192.0.2.1/24".parse().unwrap(), 5060)],
            )]);
            desk.set_cards(vec![Card::new(
                CardId(3),
                "eth0",
                vec![CardAddress::new("192.0.2.1/24".parse().unwrap(), 5060)],
            )]);
        }
        memory::sent(&mut desk);
        events(&mut desk);
        while desk.poll_probe().is_some() {}
    }
    run_to(&mut desk, Instant::from_millis(25 * day), None);
    assert_eq!(desk.poll_timeout(), None);
    assert!(desk.purposes.is_empty() && desk.sync_words.is_empty() && desk.outcomes.is_empty());
    assert!(desk.rows().len() <= 10_000 && desk.card_names.len() <= MOST_NAMES);
}

#[test]
fn cards_that_come_and_go_for_ever_leave_few_names() {
    let mut desk = desk(EVERYONE);
    for number in 0..2_000 {
        desk.set_cards(vec![Card::new(CardId(number), format!("br-{number}"), Vec::new())]);
    }
    assert_eq!(desk.card_names.len(), MOST_NAMES);
    assert_eq!(&*desk.card_name(CardId(1_999)), "br-1999");
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

#[test]
fn a_table_tells_which_phones_are_made_up_and_which_have_a_double() {
    let mut desk = desk(EVERYONE);
    arrive(&mut desk, Instant::ZERO, "192.0.2.7:5060", &subscribe("snom", 1));
    arrive(&mut desk, Instant::from_millis(60_000), "192.0.2.8:5060", &subscribe("snom", 2));
    arrive(&mut desk, Instant::from_millis(61_000), "192.0.2.9:5060", &subscribe("snom", 3));
    let made_up = Subscriber::new("192.0.2.1:5060".parse().unwrap())
        .with_mac("00005e005310".parse().unwrap());
    let made_up = profile::find("yealink").unwrap().subscribe(&made_up, &mut SeededEntropy::new(4));
    arrive(&mut desk, Instant::from_millis(62_000), "192.0.2.1:5062", &made_up.unwrap());
    let table = crate::phones_csv(&desk.rows());
    let lines: Vec<&str> = table.trim_end().split("\r\n").collect();
    assert!(lines[0].ends_with(",is_remembered,is_simulated,also_at"), "{table}");
    assert!(lines[1].starts_with("00:00:5e:00:53:10,"), "{table}");
    assert!(lines[1].ends_with(",false,true,"), "{table}");
    let also_at = ",false,false,\"192.0.2.8 on eth0, 192.0.2.7 on eth0\"";
    assert!(lines[2].starts_with("00:04:13:00:00:07,") && lines[2].ends_with(also_at), "{table}");
    assert_eq!(lines.len(), 3);
}
