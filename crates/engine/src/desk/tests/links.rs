//! Phones that are known by the link layer, asked again, and asked to fetch anew.

use super::memory::{do_it, exchanges, remembering};
use super::{EVERYONE, arrive, desk, events, look_up, names, run_to, subscribe};
use crate::desk::*;
use crate::marks::{Adoption, Marking};
use crate::view::PhoneState;
use std::time::Duration;

const MAC: &str = "00908f000001";

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
fn a_phone_that_the_link_layer_did_not_know_in_time_is_answered_when_it_asks_the_same_again() {
    let mut desk = desk(
        "version = 1\n[[rule]]\nmatch = { mac = \"00908f\" }\nanswer = { url = \"tftp://s/%{mac}\", dialect = \"rfc\" }",
    );
    let bytes = subscribe("audiocodes", 1);
    arrive(&mut desk, Instant::ZERO, "192.0.2.7:5060", &bytes);
    run_to(&mut desk, Instant::from_millis(400), None);
    assert_eq!(names(&events(&mut desk)), ["phone_asked", "ignored"]);
    arrive(&mut desk, Instant::from_millis(500), "192.0.2.7:5060", &bytes);
    run_to(&mut desk, Instant::from_millis(505), Some(MAC));
    let said = events(&mut desk);
    assert_eq!(names(&said), ["identified", "phone_asked", "answered", "notified"]);
    let rows = desk.rows();
    assert_eq!((rows.len(), rows[0].phone.id.as_str()), (1, MAC), "{rows:#?}");
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
fn sync(
    says: Option<&str>,
    reboot: bool,
) -> (Result<(), CommandError>, Vec<serde_json::Value>, Desk) {
    let mut desk = desk(EVERYONE);
    arrive(&mut desk, Instant::ZERO, "192.0.2.7:5060", &subscribe("snom", 1));
    let later = Instant::from_millis(60_000);
    run_to(&mut desk, later, None);
    while desk.poll_transmit(later).is_some() {}
    events(&mut desk);
    desk.sync(later, "000413000007", reboot).unwrap();
    assert_eq!(desk.poll_probe().unwrap().address.to_string(), "192.0.2.7");
    run_to(&mut desk, later + Duration::from_millis(300), says);
    let outcome = desk.poll_outcome().unwrap().1;
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
        assert!(outcome.unwrap_err().to_string().starts_with(why));
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
fn what_a_phone_said_before_it_was_known_is_remembered_of_it() {
    for says in [Some(MAC), None] {
        let policy = "version = 1\n[[rule]]\nmatch.mac = \"00908f\"\nanswer = { url = \"tftp://s\", dialect = \"rfc\" }";
        let mut desk = remembering(policy, Remembered::default());
        let bytes = subscribe("audiocodes", 1);
        arrive(&mut desk, Instant::ZERO, "192.0.2.7:5060", &bytes);
        assert!(desk.take_notes().is_empty(), "whose it is is not known yet");
        run_to(&mut desk, Instant::from_millis(300), says);
        let sent: Vec<_> = std::iter::from_fn(|| desk.poll_transmit(Instant::ZERO)).collect();
        let notes = desk.take_notes();
        let exchange = exchanges(&notes)[0];
        assert_eq!(exchange.entropy.len(), if says.is_some() { 2 } else { 1 });
        assert_eq!(exchange.phone == MAC, says.is_some());
        let messages = notes.iter().filter(|note| matches!(note, Note::Message(_))).count();
        assert_eq!((messages, sent.len()), if says.is_some() { (3, 2) } else { (1, 0) });
    }
}

#[test]
fn a_phone_that_is_known_later_is_remembered_under_its_new_name_with_what_was_said_of_it() {
    let mut desk = remembering(EVERYONE, Remembered::default());
    arrive(&mut desk, Instant::ZERO, "192.0.2.7:5060", &subscribe("audiocodes", 1));
    let formerly = desk.rows()[0].phone.id.clone();
    do_it(&mut desk, &Wanted::Mark(Marking::Tag("lobby".into()), vec![formerly.clone()])).unwrap();
    desk.take_notes();
    run_to(&mut desk, Instant::from_millis(100), Some(MAC));
    let notes = desk.take_notes();
    let renamed = notes.iter().find_map(|note| match note {
        Note::Renamed { formerly, row } => Some((formerly.clone(), row.clone())),
        _ => None,
    });
    let (from, row) = renamed.unwrap();
    assert_eq!(
        (from, row.phone.id.as_str(), &row.tags[..]),
        (formerly, MAC, &["lobby".to_owned()][..])
    );
    assert_eq!(exchanges(&notes)[0].phone, MAC);
    do_it(&mut desk, &Wanted::Mark(Marking::Adoption(Adoption::Ignored), vec![MAC.into()]))
        .unwrap();
    assert_eq!(desk.rows()[0].adoption, Adoption::Ignored);
}

/// The hardware address that the phone of these tests names.
const SNOM: &str = "000413000007";

#[test]
fn a_check_sync_is_remembered_with_what_was_said_and_what_came_of_it() {
    let mut desk = remembering(EVERYONE, Remembered::default());
    arrive(&mut desk, Instant::ZERO, "192.0.2.7:5060", &subscribe("snom", 1));
    let later = Instant::from_millis(60_000);
    run_to(&mut desk, later, None);
    while desk.poll_transmit(later).is_some() {}
    desk.take_notes();
    desk.sync(later, SNOM, false).unwrap();
    desk.poll_probe();
    run_to(&mut desk, later + Duration::from_millis(300), Some(SNOM));
    let notify = desk.poll_transmit(later).unwrap();
    let message = fingerpost_core::Message::parse(&notify.bytes).unwrap();
    let ok = fingerpost_core::Response::reply_to(&message, 200, "OK").headers().build().unwrap();
    let arrival = Arrival {
        card: CardId(3),
        source: "192.0.2.7:5060".parse().unwrap(),
        is_multicast: false,
        bytes: &ok,
    };
    desk.handle_datagram(later + Duration::from_millis(400), &arrival);
    let notes = desk.take_notes();
    let exchange = *exchanges(&notes).last().unwrap();
    assert!(exchange.is_ours() && exchange.phone == SNOM);
    assert_eq!(exchange.state, PhoneState::Acknowledged);
    assert_eq!(exchange.server.unwrap(), notify.from);
    let said: Vec<_> = notes
        .iter()
        .filter_map(|note| match note {
            Note::Message(message) => Some((message.exchange, message.direction)),
            _ => None,
        })
        .collect();
    assert_eq!(said, [(exchange.id, Direction::Out), (exchange.id, Direction::In)]);
    let told = crate::memory::timeline_of(exchange, &desk.rows()[0].phone);
    let told: Vec<_> = told.iter().map(|event| serde_json::to_value(event).unwrap()).collect();
    assert_eq!(names(&told), ["check_sync_sent", "check_sync_answered"]);
}

#[test]
fn an_ignored_phone_is_not_asked_to_fetch_anew() {
    let mut desk = desk(EVERYONE);
    arrive(&mut desk, Instant::ZERO, "192.0.2.7:5060", &subscribe("snom", 1));
    do_it(&mut desk, &Wanted::Mark(Marking::Adoption(Adoption::Ignored), vec![SNOM.into()]))
        .unwrap();
    let refused = desk.sync(Instant::ZERO, SNOM, false).unwrap_err();
    assert!(refused.contains("release it first"), "{refused}");
}
