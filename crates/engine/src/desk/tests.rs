use super::*;
use crate::command::CommandError;
use crate::event::CardState;
use crate::marks::{Adoption, Marking};
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

const LOBBY: &str = "version = 1\n[[rule]]\nname = \"lobby\"\nmatch.tag = \"lobby\"\nanswer.url = \"tftp://lobby\"\n[[rule]]\nname = \"rest\"\nanswer = { url = \"tftp://rest\", dialect = \"auto\" }";

const MAC: &str = "000413000007";

fn do_it(desk: &mut Desk, wanted: &Wanted) -> Result<(), CommandError> {
    let plan = desk.plan(wanted)?;
    desk.carry_out(Instant::ZERO, plan);
    Ok(())
}

fn mark(desk: &mut Desk, marking: Marking) {
    do_it(desk, &Wanted::Mark(marking, vec![MAC.into()])).unwrap();
}

fn sent(desk: &mut Desk) -> Vec<Transmit> {
    std::iter::from_fn(|| desk.poll_transmit(Instant::ZERO)).collect()
}

fn url(desk: &mut Desk, seed: u64) -> Option<String> {
    arrive(desk, Instant::ZERO, "192.0.2.7:5060", &subscribe("snom", seed));
    sent(desk);
    let said = events(desk);
    said.iter().find_map(|event| event["url"].as_str().map(String::from))
}

#[test]
fn rules_see_the_tags_that_people_gave() {
    let mut desk = desk(LOBBY);
    assert_eq!(url(&mut desk, 1).as_deref(), Some("tftp://rest"));
    mark(&mut desk, Marking::Tag("lobby".into()));
    assert_eq!(url(&mut desk, 2).as_deref(), Some("tftp://lobby"));
    let untagged =
        Policy::parse(&LOBBY.replace("\"lobby\"\nanswer", "\"cellar\"\nanswer")).unwrap();
    assert_eq!(desk.dry_run(&untagged).changes.len(), 1, "a dry run sees them too");
    mark(&mut desk, Marking::Untag("lobby".into()));
    assert_eq!(url(&mut desk, 3).as_deref(), Some("tftp://rest"));
}

#[test]
fn an_ignored_phone_hears_nothing_and_is_heard_of_nowhere() {
    let mut desk = desk(EVERYONE);
    assert!(url(&mut desk, 1).is_some());
    mark(&mut desk, Marking::Adoption(Adoption::Ignored));
    events(&mut desk);
    for seed in 2..5 {
        arrive(&mut desk, Instant::ZERO, "192.0.2.7:5060", &subscribe("snom", seed));
    }
    assert_eq!((sent(&mut desk), events(&mut desk)), (vec![], vec![]));
    assert_eq!(desk.ignored_total(), 0);
    let row = &desk.rows()[0];
    assert_eq!((row.state, row.adoption), (PhoneState::Ignored, Adoption::Ignored));
    let reason = row.reason.as_deref().unwrap();
    assert!(reason.contains("wants this phone ignored"), "{reason}");
    do_it(&mut desk, &Wanted::Undo).unwrap();
    assert!(url(&mut desk, 9).is_some(), "and is answered again once that is taken back");
}

#[test]
fn changes_are_taken_back_one_after_the_other() {
    let mut desk = desk(EVERYONE);
    url(&mut desk, 1);
    mark(&mut desk, Marking::Name(Some("Empfang".into())));
    mark(&mut desk, Marking::Adoption(Adoption::Adopted));
    mark(&mut desk, Marking::Name(Some("Lager".into())));
    let said = events(&mut desk);
    assert_eq!(said.last().unwrap()["event"], "phones_marked");
    assert_eq!(said.last().unwrap()["phones"][0], MAC);
    let undo = |desk: &mut Desk| {
        do_it(desk, &Wanted::Undo).unwrap();
        let row = &desk.rows()[0];
        (row.name.clone(), row.adoption)
    };
    assert_eq!(undo(&mut desk), (Some("Empfang".into()), Adoption::Adopted));
    assert_eq!(undo(&mut desk), (Some("Empfang".into()), Adoption::New));
    assert_eq!(undo(&mut desk), (None, Adoption::New));
    let nothing = do_it(&mut desk, &Wanted::Undo).unwrap_err().to_string();
    assert_eq!(nothing, "there is nothing to take back");
    let unknown = Wanted::Mark(Marking::Adoption(Adoption::Adopted), vec![MAC.into(), "x".into()]);
    assert_eq!(do_it(&mut desk, &unknown), Err(CommandError::Phone("x".into())));
    assert_eq!(desk.rows()[0].adoption, Adoption::New, "all or none");
}

/// A desk that writes down what is to be remembered.
fn remembering(policy: &str, remembered: Remembered) -> Desk {
    let (policy, clock) = (Policy::parse(policy).unwrap(), Clock::start());
    let group = "224.0.1.75:5060".parse().unwrap();
    let entropy = Box::new(SeededEntropy::new(1));
    let mut desk = Desk::with_memory(policy, clock, entropy, group, remembered);
    let address = CardAddress::new("192.0.2.1/24".parse().unwrap(), 5060);
    desk.set_cards(vec![Card::new(CardId(3), "eth0", vec![address])]);
    desk
}

fn exchanges(notes: &[Note]) -> Vec<&crate::memory::record::ExchangeRecord> {
    let exchange = |note: &'_ Note| matches!(note, Note::Exchange(_));
    let notes = notes.iter().filter(|note| exchange(note));
    notes.map(|note| if let Note::Exchange(one) = note { &**one } else { panic!() }).collect()
}

#[test]
fn an_exchange_is_written_down_with_all_that_came_from_outside() {
    let mut desk = remembering(EVERYONE, Remembered { last_exchange: 70, ..Remembered::default() });
    let asked = subscribe("snom", 1);
    let now = Instant::from_millis(5);
    arrive(&mut desk, now, "192.0.2.7:5060", &asked);
    arrive(&mut desk, now, "192.0.2.8:5060", b"noise");
    let out = sent(&mut desk);
    let notes = desk.take_notes();
    let exchange = exchanges(&notes)[0];
    assert_eq!(
        (exchange.id, &*exchange.phone, exchange.asked_at),
        (71, MAC, desk.clock.wall_micros(now))
    );
    assert_eq!(exchange.server, Some("192.0.2.1:5060".parse().unwrap()));
    let decided = exchange.decision.as_ref().unwrap();
    assert_eq!((&*decided.decision, decided.rule.as_deref()), ("answer", Some("all")));
    let notify = String::from_utf8_lossy(&out[1].bytes).into_owned();
    let [tag, branch] = &exchange.entropy[..] else { panic!("{exchange:?}") };
    assert!(notify.contains(&format!("tag={tag}")), "{tag}: {notify}");
    assert!(notify.contains(&format!("z9hG4bK{branch}")), "{branch}: {notify}");
    let messages: Vec<_> = notes
        .iter()
        .filter_map(|note| if let Note::Message(message) = note { Some(message) } else { None })
        .collect();
    let bytes: Vec<_> = messages.iter().map(|message| &message.bytes).collect();
    assert_eq!(bytes, [&asked, &out[0].bytes, &out[1].bytes], "noise belongs to no exchange");
    assert_eq!(messages[0].local.to_string(), "224.0.1.75:5060");
    assert!(messages.iter().all(|message| message.exchange == 71));
    assert!(desk.take_notes().is_empty(), "once");
}

#[test]
fn a_phone_of_an_earlier_run_is_known_and_not_heard_yet() {
    let mut before = remembering(LOBBY, Remembered::default());
    url(&mut before, 1);
    mark(&mut before, Marking::Tag("lobby".into()));
    let rows = before.rows();
    let remembered = rows.into_iter().map(|row| PhoneRow { is_remembered: true, ..row }).collect();
    let remembered = Remembered { phones: remembered, ..Remembered::default() };
    let mut desk = remembering(LOBBY, remembered);
    let row = &desk.rows()[0];
    assert!(row.is_remembered && row.tags == ["lobby"] && row.asked == 1);
    let other =
        Policy::parse("version = 1\n[[rule]]\nmatch.tag = \"lobby\"\nignore = true").unwrap();
    assert_eq!(desk.dry_run(&other).changes.len(), 1, "a dry run knows it");
    assert_eq!(url(&mut desk, 2).as_deref(), Some("tftp://lobby"));
    let row = &desk.rows()[0];
    assert!(!row.is_remembered && row.asked == 2, "{row:?}");
}

#[test]
fn what_worked_with_a_product_is_remembered_and_comes_first_in_the_next_run() {
    let mut desk = remembering(LOBBY, Remembered::default());
    arrive(&mut desk, Instant::ZERO, "192.0.2.7:5060", &subscribe("snom", 1));
    let notify = sent(&mut desk).pop().unwrap();
    let answer = |notify: &Transmit, status| {
        let message = fingerpost_core::Message::parse(&notify.bytes).unwrap();
        fingerpost_core::Response::reply_to(&message, status, "x").headers().build().unwrap()
    };
    arrive(&mut desk, Instant::ZERO, "192.0.2.7:5060", &answer(&notify, 481));
    let manual = sent(&mut desk).pop().unwrap();
    arrive(&mut desk, Instant::ZERO, "192.0.2.7:5060", &answer(&manual, 200));
    let notes = desk.take_notes();
    let learned =
        |note: &Note| if let Note::Learned(one) = note { Some(one.clone()) } else { None };
    let learned: Vec<_> = notes.iter().filter_map(learned).collect();
    assert_eq!((learned.len(), learned[0].dialect), (1, Dialect::Manual));
    assert_eq!(exchanges(&notes).last().unwrap().entropy.len(), 3, "a tag, two branches");

    let mut next = remembering(LOBBY, Remembered { learned, ..Remembered::default() });
    arrive(&mut next, Instant::ZERO, "192.0.2.7:5060", &subscribe("snom", 2));
    assert_eq!(events(&mut next).last().unwrap()["dialect"], "manual");
}
