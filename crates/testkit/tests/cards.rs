//! A server with several cards answers where it was asked and nowhere else.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test stops at the first thing that is not as expected"
)]

use fingerpost_core::Instant;
use fingerpost_core::pnp::{Dialect, IgnoreReason, ResponderConfig, ResponderEvent};
use fingerpost_testkit::{HostId, Lan, Link, SegmentId, Server, policy};

const URL: &str = "tftp://server";

struct Three {
    lan: Lan,
    halls: [SegmentId; 3],
    server: HostId,
}

fn three(config: ResponderConfig) -> Three {
    let mut lan = Lan::new(1);
    let halls = [(); 3].map(|()| lan.add_segment(Link::default()));
    let server = Server::new(policy::answering(URL, Dialect::Rfc)).with_config(config);
    let cards = ["10.1.0.1/16", "10.2.0.1/16", "192.168.7.1/24"];
    let server = halls
        .iter()
        .zip(cards)
        .fold(server, |server, (hall, address)| server.on(*hall, address.parse().unwrap()));
    let server = lan.add_server(server);
    Three { lan, halls, server }
}

#[test]
fn a_server_with_three_cards_answers_on_the_asking_one_only() {
    let cards = [
        ("10.1.9.9:5060", "10.1.0.1:5060"),
        ("10.2.9.9:5060", "10.2.0.1:5060"),
        ("192.168.7.9:5060", "192.168.7.1:5060"),
    ];
    for (number, (phone_at, server_at)) in cards.into_iter().enumerate() {
        let mut three = three(ResponderConfig::default());
        let hall = three.halls[number];
        let local = phone_at.parse().unwrap();
        let phone = three.lan.add_desk_phone(hall, "gigaset", local, Instant::ZERO).unwrap();
        three.lan.run_to_end().unwrap();
        let sent: Vec<_> = three.lan.log().sent_by(three.server).collect();
        assert_eq!(sent.len(), 2);
        for datagram in sent {
            assert_eq!((datagram.segment, datagram.to), (hall, local));
            assert_eq!(datagram.from.to_string(), server_at);
        }
        assert_eq!(three.lan.log().url_of(phone), Some(URL));
    }
}

#[test]
fn phones_of_one_address_on_two_segments_are_two_phones() {
    let everywhere = vec!["10.0.0.0/8".parse().unwrap()];
    let mut three = three(ResponderConfig::default().with_allowed_sources(everywhere));
    let local = "10.1.9.9:5060".parse().unwrap();
    let phones: Vec<HostId> = three.halls[..2]
        .iter()
        .map(|hall| three.lan.add_desk_phone(*hall, "gigaset", local, Instant::ZERO).unwrap())
        .collect();
    three.lan.run_to_end().unwrap();
    for phone in phones {
        assert_eq!(three.lan.log().url_of(phone), Some(URL));
        let once = three.lan.log().asked_ms(phone);
        assert_eq!(once, [0]);
    }
}

#[test]
fn a_phone_with_an_address_of_another_segment_is_ignored() {
    let mut three = three(ResponderConfig::default());
    let local = "10.2.9.9:5060".parse().unwrap();
    let phone = three.lan.add_desk_phone(three.halls[0], "gigaset", local, Instant::ZERO).unwrap();
    three.lan.run_to_end().unwrap();
    assert_eq!(three.lan.log().url_of(phone), None);
    assert_eq!(three.lan.log().sent_by(three.server).count(), 0);
    let reasons: Vec<_> = three.lan.log().responder_events().map(|(_, event)| event).collect();
    assert_eq!(reasons.len(), 4);
    assert!(reasons.iter().all(|event| {
        matches!(event, ResponderEvent::Ignored { token: None, reason: IgnoreReason::Source, .. })
    }));
}
