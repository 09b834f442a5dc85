//! A policy may take its time: the schedule begins with its decision. One that never decides sends nothing.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test stops at the first thing that is not as expected"
)]

use fingerpost_core::Instant;
use fingerpost_core::pnp::{Decision, Denial, Dialect, IgnoreReason, PhoneEvent, ResponderEvent};
use fingerpost_testkit::{Datagram, Link, Office, Server, policy};
use std::time::Duration;

const URL: &str = "tftp://10.13.4.121";

fn sent_ms(office: &Office, is: impl Fn(&Datagram) -> bool) -> Vec<u64> {
    office.lan.log().sent_by(office.server).filter(|d| is(d)).map(Datagram::sent_ms).collect()
}

fn answering_after(millis: u64) -> Server {
    let server = Server::new(policy::answering(URL, Dialect::Rfc));
    server.deciding_after(Duration::from_millis(millis))
}

#[test]
fn a_slow_decision_shifts_the_schedule() {
    let mut office = Office::new(1, Link::default(), answering_after(300));
    office.add_phone(0, Instant::ZERO).unwrap();
    office.lan.steal(|datagram| datagram.is_request("NOTIFY"));
    office.lan.run_to_end().unwrap();
    assert_eq!(sent_ms(&office, |d| d.is_response(200, "SUBSCRIBE")), [300]);
    assert_eq!(sent_ms(&office, |d| d.is_request("NOTIFY")), [300, 800, 1_800, 3_800]);
}

#[test]
fn a_slow_decision_loses_no_phone() {
    for millis in [300, 700, 2_000, 4_900] {
        let mut office = Office::new(2, Link::default(), answering_after(millis));
        let phones = office.add_phones(60, Duration::from_millis(7)).unwrap();
        office.lan.run_to_end().unwrap();
        let log = office.lan.log();
        for (number, phone) in phones.into_iter().enumerate() {
            let due = u64::try_from(number).unwrap() * 7 + millis;
            let (at, url) = log.urls_of(phone).next().unwrap();
            assert_eq!((at.as_micros() / 1_000, url), (due, URL));
            assert_eq!(log.urls_of(phone).count(), 1);
        }
        assert_eq!(sent_ms(&office, |d| d.is_request("NOTIFY")).len(), 60);
    }
}

#[test]
fn no_decision_is_no_answer_and_is_said() {
    let mut office = Office::new(3, Link::default(), Server::new(policy::undecided()));
    let phones = office.add_phones(9, Duration::ZERO).unwrap();
    office.lan.run_to_end().unwrap();
    assert_eq!(sent_ms(&office, |_| true), []);
    assert!(phones.iter().all(|phone| office.lan.log().url_of(*phone).is_none()));
    let undecided: Vec<_> = office
        .lan
        .log()
        .responder_events()
        .filter(|(_, event)| {
            matches!(
                event,
                ResponderEvent::Ignored { token: Some(_), reason: IgnoreReason::Undecided, .. }
            )
        })
        .collect();
    assert_eq!(undecided.len(), 9);
    assert!(undecided.iter().all(|(at, _)| at.as_micros() / 1_000 == 5_000));
}

#[test]
fn a_decision_that_comes_too_late_sends_nothing() {
    let mut office = Office::new(4, Link::default(), answering_after(6_000));
    office.add_phone(0, Instant::ZERO).unwrap();
    office.lan.run_to_end().unwrap();
    assert_eq!(sent_ms(&office, |_| true), []);
}

#[test]
fn a_denial_is_said_once_and_followed_by_nothing() {
    let deny = |_: &_| Some(Decision::Deny(Denial::new(403, "Forbidden", "not ours")));
    let mut office = Office::new(5, Link::default(), Server::new(deny));
    let phone = office.add_phone(0, Instant::ZERO).unwrap();
    office.lan.run_to_end().unwrap();
    assert_eq!(sent_ms(&office, |_| true), [0]);
    let mut events = office.lan.log().phone_events(phone).map(|(_, event)| event);
    assert!(events.any(|event| matches!(event, PhoneEvent::Answered { status: 403, .. })));
    assert_eq!(office.lan.log().asked_ms(phone), [0]);
}
