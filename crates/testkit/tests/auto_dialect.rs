//! The dialect `auto` against phones with a strict stack: each is served within its five seconds, and the next phone
//! of its kind at once.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test stops at the first thing that is not as expected"
)]

use fingerpost_core::Instant;
use fingerpost_core::pnp::{Dialect, ResponderEvent, profile};
use fingerpost_testkit::{
    DeskPhone, Dice, HostId, Link, Office, Refusal, Server, StrictPhone, Taste, desk_phone,
    phone_address, policy,
};
use std::time::Duration;

const URL: &str = "tftp://10.13.4.121";
const TASTES: [(Taste, Dialect); 2] =
    [(Taste::Rfc, Dialect::Rfc), (Taste::Manual, Dialect::Manual)];

fn office(link: Link) -> Office {
    Office::new(1, link, Server::new(policy::answering(URL, Dialect::Auto)))
}

fn add(office: &mut Office, number: u16, taste: Taste, refusal: Refusal, starts: u64) -> HostId {
    let profile = profile::find("fanvil").unwrap();
    let local = phone_address(number, profile.source_port);
    let phone = desk_phone(profile, local, &mut Dice::new(u64::from(number))).unwrap();
    let phone = DeskPhone::new(phone, Instant::from_millis(starts));
    office.lan.add_host(office.hall, local, StrictPhone::new(phone, local, taste, refusal))
}

fn served_ms(office: &Office, phone: HostId) -> Option<u64> {
    office.lan.log().urls_of(phone).next().map(|(at, _)| at.as_micros() / 1_000)
}

/// The shapes in which the NOTIFYs to a phone went out, in order.
fn shapes(office: &Office, number: u16) -> Vec<Dialect> {
    let source = phone_address(number, 5060);
    let mut token = None;
    let mut shapes = Vec::new();
    for (_, event) in office.lan.log().responder_events() {
        match event {
            ResponderEvent::Asked(asked) if asked.source == source => token = Some(asked.token),
            ResponderEvent::Notified { token: of, dialect, .. } if Some(*of) == token => {
                shapes.push(*dialect);
            }
            _ => {}
        }
    }
    shapes
}

#[test]
fn a_phone_that_refuses_one_shape_is_served_in_the_other_at_once() {
    for (taste, _) in TASTES {
        let mut office = office(Link::default());
        let phone = add(&mut office, 1, taste, Refusal::Says481, 0);
        office.lan.run_to_end().unwrap();
        assert!(served_ms(&office, phone).unwrap() < 10, "{taste:?}");
    }
}

#[test]
fn a_phone_that_is_silent_about_one_shape_is_served_in_the_other_within_five_seconds() {
    for (taste, _) in TASTES {
        let mut office = office(Link::default());
        let phone = add(&mut office, 1, taste, Refusal::Silent, 0);
        office.lan.run_to_end().unwrap();
        assert!(served_ms(&office, phone).unwrap() < 1_600, "{taste:?}");
    }
}

#[test]
fn the_second_phone_of_a_product_gets_the_shape_first_that_the_first_one_took() {
    for refusal in [Refusal::Says481, Refusal::Silent] {
        for (taste, dialect) in TASTES {
            let mut office = office(Link::default());
            add(&mut office, 1, taste, refusal, 0);
            let second = add(&mut office, 2, taste, refusal, 10_000);
            office.lan.run_to_end().unwrap();
            assert_eq!(shapes(&office, 1).last(), Some(&dialect));
            assert_eq!(shapes(&office, 2), [dialect], "{refusal:?}");
            assert!(served_ms(&office, second).unwrap() <= 10_001);
        }
    }
}

#[test]
fn a_shape_learned_from_one_phone_does_not_keep_another_of_its_kind_from_being_served() {
    for (first, second) in [(TASTES[0], TASTES[1]), (TASTES[1], TASTES[0])] {
        for refusal in [Refusal::Says481, Refusal::Silent] {
            let mut office = office(Link::default());
            add(&mut office, 1, first.0, refusal, 0);
            let phone = add(&mut office, 2, second.0, refusal, 10_000);
            office.lan.run_to_end().unwrap();
            let (begun, ended) = (shapes(&office, 2)[0], *shapes(&office, 2).last().unwrap());
            assert_eq!((begun, ended), (first.1, second.1));
            assert!(served_ms(&office, phone).unwrap() < 15_000);
        }
    }
}

#[test]
fn a_fixed_dialect_is_not_turned_by_a_refusal() {
    let server = Server::new(policy::answering(URL, Dialect::Rfc));
    let mut office = Office::new(1, Link::default(), server);
    let phone = add(&mut office, 1, Taste::Manual, Refusal::Says481, 0);
    office.lan.run_to_end().unwrap();
    assert_eq!(served_ms(&office, phone), None);
    assert_eq!(shapes(&office, 1), [Dialect::Rfc]);
}

#[test]
fn a_doubled_481_does_not_end_what_it_began() {
    let mut office = office(Link::default().with_duplicates(1_000));
    let phone = add(&mut office, 1, Taste::Manual, Refusal::Says481, 0);
    office.lan.run_to_end().unwrap();
    assert!(served_ms(&office, phone).is_some());
    let events = || office.lan.log().responder_events().map(|(_, event)| event);
    let refused =
        events().filter(|e| matches!(e, ResponderEvent::Refused { dialect: Dialect::Manual, .. }));
    assert_eq!(refused.count(), 0, "the phone never refused the manual's shape");
    let taken = events()
        .filter(|e| matches!(e, ResponderEvent::Acknowledged { dialect: Dialect::Manual, .. }));
    assert_eq!(taken.count(), 1);
}

#[test]
fn an_answer_that_comes_late_counts_for_the_shape_that_it_answers() {
    let slow = Link::default().with_delay(Duration::from_millis(900));
    let mut office = office(slow);
    add(&mut office, 1, Taste::Rfc, Refusal::Silent, 0);
    office.lan.run_to_end().unwrap();
    let events = office.lan.log().responder_events();
    let taken: Vec<_> = events
        .filter_map(|(_, event)| match event {
            ResponderEvent::Acknowledged { dialect, .. } => Some(*dialect),
            _ => None,
        })
        .collect();
    assert_eq!(taken, [Dialect::Rfc], "this phone takes nothing else");
}
