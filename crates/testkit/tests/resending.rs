//! A NOTIFY that is lost is sent again on schedule; an answer that is lost changes nothing but that.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test stops at the first thing that is not as expected"
)]

use fingerpost_core::Instant;
use fingerpost_core::pnp::{Dialect, ResponderEvent};
use fingerpost_testkit::{Datagram, HostId, Link, Office, Server, policy};

const URL: &str = "tftp://10.13.4.121";

fn run(dialect: Dialect, is_stolen: impl FnMut(&Datagram) -> bool + 'static) -> (Office, HostId) {
    let server = Server::new(policy::answering(URL, dialect));
    let mut office = Office::new(1, Link::default(), server);
    // One whose Via asks for its source port: in the manual's form no other phone's 200 finds its way to us.
    let phone = office.add_phone(0, Instant::ZERO).unwrap();
    office.lan.steal(is_stolen);
    office.lan.run_to_end().unwrap();
    (office, phone)
}

/// In whole milliseconds: a datagram's journey is shorter than one.
fn notified_ms(office: &Office) -> Vec<u64> {
    let sent = office.lan.log().sent_by(office.server);
    sent.filter(|datagram| datagram.is_request("NOTIFY")).map(Datagram::sent_ms).collect()
}

fn count(office: &Office, is: impl Fn(&ResponderEvent) -> bool) -> usize {
    office.lan.log().responder_events().filter(|(_, event)| is(event)).count()
}

fn first_notifies(lost: usize) -> impl FnMut(&Datagram) -> bool + 'static {
    let mut seen = 0;
    move |datagram| {
        seen += usize::from(datagram.is_request("NOTIFY"));
        datagram.is_request("NOTIFY") && seen <= lost
    }
}

#[test]
fn a_lost_notify_is_sent_again_on_schedule_until_one_arrives() {
    let schedule = [0, 500, 1_500, 3_500];
    for lost in 0..4 {
        let (office, phone) = run(Dialect::Rfc, first_notifies(lost));
        assert_eq!(notified_ms(&office), schedule[..=lost]);
        let urls: Vec<_> = office.lan.log().urls_of(phone).collect();
        assert!(
            matches!(urls[..], [(at, URL)] if at.as_micros() / 1_000 == schedule[lost]),
            "{urls:?}"
        );
        assert_eq!(count(&office, |event| matches!(event, ResponderEvent::Acknowledged { .. })), 1);
    }
}

#[test]
fn a_notify_that_never_arrives_is_sent_four_times_and_given_up() {
    let (office, phone) = run(Dialect::Rfc, |datagram| datagram.is_request("NOTIFY"));
    assert_eq!(notified_ms(&office), [0, 500, 1_500, 3_500]);
    assert_eq!(office.lan.log().url_of(phone), None);
    assert_eq!(count(&office, |event| matches!(event, ResponderEvent::Unacknowledged { .. })), 1);
    assert_eq!(count(&office, |event| matches!(event, ResponderEvent::Acknowledged { .. })), 0);
}

#[test]
fn a_lost_200_to_the_notify_makes_neither_a_second_phone_nor_a_second_url() {
    for dialect in [Dialect::Rfc, Dialect::Manual, Dialect::Auto] {
        let mut stolen = 0;
        let (office, phone) = run(dialect, move |datagram| {
            let is_stolen = stolen < 1 && datagram.is_response(200, "NOTIFY");
            stolen += usize::from(is_stolen);
            is_stolen
        });
        assert_eq!(notified_ms(&office), [0, 500], "{dialect}");
        let urls: Vec<_> = office.lan.log().urls_of(phone).map(|(_, url)| url).collect();
        assert_eq!(
            urls,
            [URL],
            "{dialect}: the phone hears it again and answers again, but has its URL"
        );
        assert_eq!(count(&office, |event| matches!(event, ResponderEvent::Asked(_))), 1);
        assert_eq!(count(&office, |event| matches!(event, ResponderEvent::Acknowledged { .. })), 1);
        assert_eq!(
            count(&office, |event| matches!(event, ResponderEvent::Unacknowledged { .. })),
            0
        );
    }
}

#[test]
fn a_lost_200_to_the_subscribe_is_sent_again_when_the_phone_asks_again() {
    let (office, phone) = run(Dialect::Rfc, |datagram| {
        let is_early = datagram.sent < Instant::from_millis(400);
        is_early && (datagram.is_request("NOTIFY") || datagram.is_response(200, "SUBSCRIBE"))
    });
    assert_eq!(office.lan.log().asked_ms(phone), [0, 500]);
    let answers = office.lan.log().sent_by(office.server);
    let answers: Vec<_> = answers.filter(|d| d.is_response(200, "SUBSCRIBE")).collect();
    assert_eq!(answers.len(), 2);
    assert_eq!(answers[0].bytes, answers[1].bytes);
    assert_eq!(office.lan.log().url_of(phone), Some(URL));
}
