//! How phones ask: again and again for five seconds, and not once more than needed.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test stops at the first thing that is not as expected"
)]

use fingerpost_core::Instant;
use fingerpost_core::pnp::{Dialect, PhoneEvent};
use fingerpost_testkit::{Link, Office, Server, policy};
use std::time::Duration;

const URL: &str = "tftp://10.13.4.121";

fn office() -> Office {
    Office::new(1, Link::default(), Server::new(policy::answering(URL, Dialect::Rfc)))
}

#[test]
fn a_subscribe_is_sent_again_for_five_seconds_while_nobody_answers() {
    let mut office = office();
    office.lan.remove(office.server);
    let phone = office.add_phone(0, Instant::from_millis(100)).unwrap();
    office.lan.run_to_end().unwrap();
    let log = office.lan.log();
    assert_eq!(log.asked_ms(phone), [100, 600, 1_600, 3_600]);
    let sent: Vec<_> = log.sent_by(phone).collect();
    assert_eq!(sent.iter().map(|d| d.sent_ms()).collect::<Vec<_>>(), [100, 600, 1_600, 3_600]);
    assert!(sent.iter().all(|datagram| datagram.bytes == sent[0].bytes));
    let (ended, event) = log.phone_events(phone).last().unwrap();
    assert_eq!((ended, event), (Instant::from_millis(5_100), &PhoneEvent::Ended));
}

#[test]
fn an_answered_subscribe_is_not_sent_again() {
    let mut office = office();
    let phones = office.add_phones(9, Duration::from_millis(40)).unwrap();
    office.lan.run_to_end().unwrap();
    for (number, phone) in phones.into_iter().enumerate() {
        assert_eq!(office.lan.log().asked_ms(phone), [40 * u64::try_from(number).unwrap()]);
        assert_eq!(office.lan.log().url_of(phone), Some(URL));
    }
}

#[test]
fn a_subscribe_is_sent_again_until_the_server_is_heard() {
    let mut office = office();
    let phone = office.add_phone(0, Instant::ZERO).unwrap();
    office.lan.steal(|datagram| datagram.sent < Instant::from_millis(1_000));
    office.lan.run_to_end().unwrap();
    assert_eq!(office.lan.log().asked_ms(phone), [0, 500, 1_500]);
    let urls: Vec<_> = office.lan.log().urls_of(phone).collect();
    assert!(matches!(urls[..], [(at, URL)] if at < Instant::from_millis(1_510)), "{urls:?}");
}

#[test]
fn a_200_without_a_notify_ends_the_asking_too() {
    let mut office = office();
    let phone = office.add_phone(0, Instant::ZERO).unwrap();
    office.lan.steal(|datagram| datagram.is_request("NOTIFY"));
    office.lan.run_to_end().unwrap();
    assert_eq!(office.lan.log().asked_ms(phone), [0]);
    assert_eq!(office.lan.log().url_of(phone), None);
}
