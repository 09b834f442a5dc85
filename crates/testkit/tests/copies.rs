//! A question heard twice is one question: the network's copies, and copies that come in by two cards.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test stops at the first thing that is not as expected"
)]

use fingerpost_core::Instant;
use fingerpost_core::pnp::{CardId, Dialect, ResponderEvent};
use fingerpost_testkit::{Fate, HostId, Lan, Link, Office, SegmentId, Server, policy};
use std::time::Duration;

const URL: &str = "tftp://10.13.4.121";

fn server() -> Server {
    Server::new(policy::answering(URL, Dialect::Rfc))
}

fn notifies(lan: &Lan, server: HostId) -> usize {
    lan.log().sent_by(server).filter(|datagram| datagram.is_request("NOTIFY")).count()
}

fn questions(lan: &Lan) -> usize {
    let events = lan.log().responder_events();
    events.filter(|(_, event)| matches!(event, ResponderEvent::Asked(_))).count()
}

#[test]
fn a_doubled_subscribe_is_answered_with_one_notify() {
    let mut office = Office::new(1, Link::default().with_duplicates(1_000), server());
    let phones = office.add_phones(9, Duration::from_millis(10)).unwrap();
    office.lan.run_to_end().unwrap();
    assert_eq!(questions(&office.lan), 9);
    assert_eq!(notifies(&office.lan, office.server), 9);
    assert!(phones.iter().all(|phone| office.lan.log().url_of(*phone) == Some(URL)));
    let copies = office.lan.log().count(|fate| matches!(fate, Fate::Duplicated { .. }));
    assert!(copies >= 9 * 4, "{copies}");
}

/// One server with two cards on one segment.
fn two_cards(seed: u64, link: Link) -> (Lan, SegmentId, HostId) {
    let mut lan = Lan::new(seed);
    let hall = lan.add_segment(link);
    let cards = server().on(hall, "10.13.4.121/16".parse().unwrap());
    let server = lan.add_server(cards.on(hall, "10.13.4.122/16".parse().unwrap()));
    (lan, hall, server)
}

#[test]
fn a_subscribe_heard_on_two_cards_of_one_segment_is_answered_once_on_the_first() {
    let (mut lan, hall, server) = two_cards(1, Link::default());
    let local = "10.13.2.37:5060".parse().unwrap();
    let phone = lan.add_desk_phone(hall, "snom", local, Instant::ZERO).unwrap();
    lan.run_to_end().unwrap();
    let heard = lan.log().arrived_at(server).filter(|p| p.datagram.is_request("SUBSCRIBE"));
    assert_eq!(heard.count(), 2, "both cards hear it");
    let sent: Vec<_> = lan.log().sent_by(server).collect();
    assert_eq!(sent.len(), 2, "one 200 and one NOTIFY");
    assert!(sent.iter().all(|datagram| datagram.from.to_string() == "10.13.4.121:5060"));
    assert_eq!(lan.log().url_of(phone), Some(URL));
}

#[test]
fn two_cards_on_a_bad_segment_still_make_one_exchange_a_phone() {
    let link = Link::default().with_loss(300).with_jitter(Duration::from_millis(5));
    let (mut lan, hall, _) = two_cards(2, link);
    for host in 1..=100_u8 {
        let local = format!("10.13.2.{host}:5060").parse().unwrap();
        lan.add_desk_phone(hall, "snom", local, Instant::from_millis(u64::from(host))).unwrap();
    }
    lan.run_to_end().unwrap();
    let mut sources: Vec<_> = lan
        .log()
        .responder_events()
        .filter_map(|(_, event)| match event {
            ResponderEvent::Asked(asked) => Some((asked.source, asked.card)),
            _ => None,
        })
        .collect();
    assert!(
        sources.iter().any(|(_, card)| *card == CardId(2)),
        "some are heard on the second card first"
    );
    let asked = sources.len();
    sources.sort_unstable();
    sources.dedup_by_key(|(source, _)| *source);
    assert_eq!(sources.len(), asked);
}
