//! Five hundred phones on a LAN that loses, doubles and reorders datagrams: they get their URLs in time, and nobody
//! gets more datagrams than asked for.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test stops at the first thing that is not as expected"
)]

use fingerpost_core::Instant;
use fingerpost_core::pnp::{Dialect, ResponderEvent};
use fingerpost_testkit::{Fate, HostId, Link, Log, Office, Server, policy};
use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::time::Duration;

const PHONES: u16 = 500;
const URL: &str = "tftp://10.13.4.121";

struct Run {
    office: Office,
    phones: Vec<HostId>,
}

fn run(seed: u64, loss: u16, server: Server) -> Run {
    let link = Link::default()
        .with_loss(loss)
        .with_duplicates(50)
        .with_jitter(Duration::from_millis(20))
        .with_reordering(50, Duration::from_millis(80));
    let mut office = Office::new(seed, link, server);
    let phones = office.add_phones(PHONES, Duration::from_millis(6)).unwrap();
    office.lan.run_to_end().unwrap();
    Run { office, phones }
}

impl Run {
    fn log(&self) -> &Log {
        self.office.lan.log()
    }

    /// How many phones took the URL within five seconds of their first question.
    fn served(&self) -> usize {
        let in_time = |phone: &&HostId| {
            let asked = self.log().asked_ms(**phone)[0];
            let until = Instant::from_millis(asked) + Duration::from_secs(5);
            self.log().urls_of(**phone).any(|(at, url)| url == URL && at <= until)
        };
        self.phones.iter().filter(in_time).count()
    }

    fn sent_to(
        &self,
        what: impl Fn(&fingerpost_testkit::Datagram) -> bool,
    ) -> BTreeMap<SocketAddr, usize> {
        let sent = self.log().sent_by(self.office.server).filter(|datagram| what(datagram));
        count(sent.map(|datagram| datagram.to))
    }

    /// SUBSCRIBEs heard, copies too, by source.
    fn heard(&self) -> BTreeMap<SocketAddr, usize> {
        let heard = self.log().arrived_at(self.office.server);
        count(heard.filter(|p| p.datagram.is_request("SUBSCRIBE")).map(|p| p.datagram.from))
    }

    fn exchanges(&self) -> BTreeMap<SocketAddr, usize> {
        let events = self.log().responder_events();
        count(events.filter_map(|(_, event)| match event {
            ResponderEvent::Asked(asked) => Some(asked.source),
            _ => None,
        }))
    }

    fn assert_bounded(&self) {
        let (heard, exchanges) = (self.heard(), self.exchanges());
        for (phone, answers) in self.sent_to(|datagram| datagram.is_response(200, "SUBSCRIBE")) {
            assert!(answers <= heard[&phone], "{phone}: {answers} answers to {}", heard[&phone]);
        }
        for (phone, notifies) in self.sent_to(|datagram| datagram.is_request("NOTIFY")) {
            assert!(notifies <= 4 * exchanges[&phone], "{phone}: {notifies} NOTIFYs");
        }
        let kinds = |d: &fingerpost_testkit::Datagram| {
            d.is_request("NOTIFY") || d.is_response(200, "SUBSCRIBE")
        };
        assert!(self.sent_to(|datagram| !kinds(datagram)).is_empty());
    }
}

fn count(keys: impl Iterator<Item = SocketAddr>) -> BTreeMap<SocketAddr, usize> {
    keys.fold(BTreeMap::new(), |mut counts, key| {
        *counts.entry(key).or_default() += 1;
        counts
    })
}

#[test]
fn at_one_per_cent_loss_every_phone_has_its_url_within_five_seconds() {
    let run = run(1, 10, Server::new(policy::by_vendor(URL)));
    assert_eq!(run.served(), usize::from(PHONES));
    assert!(run.log().count(|fate| matches!(fate, Fate::Lost { .. })) > 10);
    assert!(run.log().count(|fate| matches!(fate, Fate::Duplicated { .. })) > 50);
    run.assert_bounded();
}

#[test]
fn at_twenty_per_cent_loss_nearly_every_phone_has_its_url_within_five_seconds() {
    for dialect in [Dialect::Rfc, Dialect::Manual, Dialect::Auto] {
        let run = run(2, 200, Server::new(policy::answering(URL, dialect)));
        assert!(run.served() >= 490, "{dialect}: {}", run.served());
        assert!(run.served() < 500, "{dialect}: a loss that nobody notices is none");
        run.assert_bounded();
    }
}

#[test]
fn one_phone_is_one_exchange_however_often_its_datagrams_arrive() {
    let run = run(3, 200, Server::new(policy::by_vendor(URL)));
    assert!(run.exchanges().values().all(|count| *count == 1));
    let repeats =
        run.log().responder_events().filter(|(_, e)| matches!(e, ResponderEvent::Repeated { .. }));
    assert!(repeats.count() > 20);
}

#[test]
fn without_loss_every_phone_gets_one_200_and_one_notify() {
    let server = Server::new(policy::by_vendor(URL));
    let mut office = Office::new(4, Link::default(), server);
    let phones = office.add_phones(PHONES, Duration::ZERO).unwrap();
    office.lan.run_to_end().unwrap();
    let run = Run { office, phones };
    assert_eq!(run.served(), usize::from(PHONES));
    assert!(run.sent_to(|_| true).values().all(|count| *count == 2));
}
