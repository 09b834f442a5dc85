//! A phone that was switched off and on asks anew: the same phone, another question, which may carry the same Call-ID
//! and number as the one before.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test stops at the first thing that is not as expected"
)]

use fingerpost_core::Instant;
use fingerpost_core::pnp::{CardId, Dialect, Patience, Phone, ResponderEvent};
use fingerpost_testkit::{Datagram, HostId, Link, Office, Parcel, Server, policy};
use std::net::SocketAddr;
use std::time::Duration;

const URL: &str = "tftp://10.13.4.121";

fn local() -> SocketAddr {
    "10.13.2.37:5060".parse().unwrap()
}

fn group() -> SocketAddr {
    "224.0.1.75:5060".parse().unwrap()
}

/// A question whose branch alone says which one it is.
fn question(branch: &str) -> Vec<u8> {
    let lines = [
        "SUBSCRIBE sip:224.0.1.75:5060 SIP/2.0",
        &format!("Via: SIP/2.0/UDP 10.13.2.37:5060;branch=z9hG4bK{branch}"),
        "From: <sip:1@10.13.2.37>;tag=a1",
        "To: <sip:224.0.1.75>",
        "Call-ID: constant@10.13.2.37",
        "CSeq: 1 SUBSCRIBE",
        "Contact: <sip:1@10.13.2.37:5060>",
        "Event: ua-profile;vendor=\"acme\"",
        "Accept: application/url",
        "Expires: 0",
        "Content-Length: 0",
    ];
    lines.join("\r\n").into_bytes().into_iter().chain(*b"\r\n\r\n").collect()
}

fn office(link: Link, dialect: Dialect) -> Office {
    Office::new(1, link, Server::new(policy::answering(URL, dialect)))
}

fn add(office: &mut Office, branch: &str, starts: Instant) -> HostId {
    let phone = Phone::with_subscribe(question(branch), local(), group(), Patience::default());
    office.lan.add_phone(office.hall, local(), phone, starts)
}

fn count(office: &Office, is: impl Fn(&ResponderEvent) -> bool) -> usize {
    office.lan.log().responder_events().filter(|(_, event)| is(event)).count()
}

fn acknowledged(office: &Office) -> usize {
    count(office, |event| matches!(event, ResponderEvent::Acknowledged { .. }))
}

/// The same phone asks at 0 and again after `pause`.
fn asks_twice(link: Link, pause: Duration) -> (Office, HostId) {
    let mut office = office(link, Dialect::Rfc);
    let first = add(&mut office, "one", Instant::ZERO);
    office.lan.run_until(Instant::ZERO + pause.saturating_sub(Duration::from_millis(1))).unwrap();
    office.lan.remove(first);
    let second = add(&mut office, "two", Instant::ZERO + pause);
    office.lan.run_to_end().unwrap();
    (office, second)
}

#[test]
fn a_phone_switched_on_again_is_told_again() {
    for seconds in [1, 20, 60] {
        let (office, phone) = asks_twice(Link::default(), Duration::from_secs(seconds));
        assert_eq!(office.lan.log().url_of(phone), Some(URL));
        assert_eq!(count(&office, |event| matches!(event, ResponderEvent::Asked(_))), 2);
        assert_eq!(acknowledged(&office), 2);
    }
}

#[test]
fn forgetting_the_first_question_does_not_lose_the_answer_to_the_second() {
    let slow = Link::default().with_delay(Duration::from_millis(300));
    let (office, phone) = asks_twice(slow, Duration::from_millis(31_800));
    assert_eq!(office.lan.log().url_of(phone), Some(URL));
    assert_eq!(acknowledged(&office), 2);
    assert_eq!(count(&office, |event| matches!(event, ResponderEvent::Ignored { .. })), 0);
    // Each is sent twice: on this link an answer takes longer than the first pause.
    let notifies = office.lan.log().sent_by(office.server).filter(|d| d.is_request("NOTIFY"));
    assert_eq!(notifies.count(), 4);
}

/// Asks once and says nothing to whatever comes: what such a phone is told is in the log.
fn shapes_when_asked_at(times: &[u64]) -> Vec<(u64, bool)> {
    let mut office = office(Link::default(), Dialect::Auto);
    office.lan.add_silent(office.hall, local());
    for (number, millis) in times.iter().enumerate() {
        let bytes = question(&format!("{number}"));
        let parcel = Parcel { card: CardId(0), from: local(), to: group(), bytes };
        office.lan.send_at(Instant::from_millis(*millis), office.hall, parcel);
    }
    office.lan.run_to_end().unwrap();
    let log = office.lan.log();
    let notifies = log.sent_by(office.server).filter(|datagram| datagram.is_request("NOTIFY"));
    notifies.map(|datagram| (datagram.sent_ms(), is_manual(datagram))).collect()
}

fn is_manual(notify: &Datagram) -> bool {
    String::from_utf8_lossy(&notify.bytes).contains("Via: SIP/2.0/UDP 10.13.2.37")
}

#[test]
fn a_phone_that_asks_anew_at_once_gets_the_other_shape_first() {
    let shapes = shapes_when_asked_at(&[0, 1_000]);
    assert_eq!(shapes, [(0, false), (500, false), (1_000, true), (1_500, true), (2_500, false)]);
}

#[test]
fn a_phone_that_asks_anew_much_later_begins_as_before() {
    let shapes = shapes_when_asked_at(&[0, 20_000]);
    let begun: Vec<_> = shapes.iter().filter(|(at, _)| at % 10_000 == 0).collect();
    assert_eq!(begun, [&(0, false), &(20_000, false)]);
}
