//! Real phones among a flood of noise and forgeries: they are served, and nothing goes to anybody who did not ask.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test stops at the first thing that is not as expected"
)]

use fingerpost_core::Instant;
use fingerpost_core::pnp::{CardId, IgnoreReason, ResponderEvent, profile};
use fingerpost_testkit::generate::{Mutation, noise_by};
use fingerpost_testkit::{
    Dice, Fate, Lan, Link, Office, Parcel, SegmentId, Server, desk_phone, policy,
};
use std::collections::BTreeSet;
use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

const URL: &str = "tftp://10.13.4.121";
const FLOOD: usize = 20_000;

fn group() -> SocketAddr {
    "224.0.1.75:5060".parse().unwrap()
}

/// A phone's question as it would be from `local`.
fn question(local: SocketAddr, dice: &mut Dice) -> Vec<u8> {
    let profile = dice.pick(profile::ALL).unwrap();
    desk_phone(profile, local, dice).unwrap().subscribe().to_vec()
}

/// An address that nobody may answer: off the subnet, broadcast, network, or without a port.
fn forged_source(dice: &mut Dice) -> SocketAddr {
    let [a, b] = [dice.byte(), dice.byte()];
    let sources = [
        SocketAddr::from(([192, 0, 2, a], 5060)),
        SocketAddr::from(([10, 14, a, b], 5060)),
        SocketAddr::from(([10, 13, 255, 255], 5060)),
        SocketAddr::from(([255, 255, 255, 255], 5060)),
        SocketAddr::from(([224, 0, 1, 75], 5060)),
        SocketAddr::from(([10, 13, 0, 0], 5060)),
        SocketAddr::from(([127, 0, 0, 1], 5060)),
        SocketAddr::from(([10, 13, a, 77], 0)),
    ];
    *dice.pick(&sources).unwrap()
}

/// Noise from anywhere, or a whole question from where no phone can be.
fn garbage(dice: &mut Dice) -> Parcel {
    let neighbour = SocketAddr::from(([10, 13, 3, dice.byte()], 5060));
    let (from, bytes) = match dice.below(4) {
        0 => (neighbour, noise_by(dice)),
        1 => (forged_source(dice), noise_by(dice)),
        _ => {
            let from = forged_source(dice);
            (from, question(from, dice))
        }
    };
    let to = if dice.falls(500) { group() } else { "10.13.4.121:5060".parse().unwrap() };
    Parcel { card: CardId(0), from, to, bytes }
}

fn flood(
    lan: &mut Lan,
    hall: SegmentId,
    over: Duration,
    count: usize,
    make: fn(&mut Dice) -> Parcel,
) {
    for _ in 0..count {
        let at = Instant::ZERO + lan.dice().up_to(over);
        let parcel = make(lan.dice());
        lan.send_at(at, hall, parcel);
    }
}

fn office() -> Office {
    Office::new(7, Link::default(), Server::new(policy::by_vendor(URL)))
}

#[test]
fn phones_are_served_in_a_flood_and_nobody_else_hears_anything() {
    let mut office = office();
    let phones = office.add_phones(50, Duration::from_millis(60)).unwrap();
    flood(&mut office.lan, office.hall, Duration::from_secs(4), FLOOD, garbage);
    office.lan.run_to_end().unwrap();
    let log = office.lan.log();
    for phone in &phones {
        assert_eq!(log.url_of(*phone), Some(URL));
        assert_eq!(log.asked_ms(*phone).len(), 1);
    }
    let asked: BTreeSet<_> =
        phones.iter().map(|phone| log.sent_by(*phone).next().unwrap().from).collect();
    let (answers, refusals): (Vec<_>, Vec<_>) =
        log.sent_by(office.server).partition(|datagram| asked.contains(&datagram.to));
    let told: BTreeSet<_> = answers.iter().map(|datagram| datagram.to).collect();
    assert_eq!((told, answers.len()), (asked, 100));
    // Of the flood only neighbours are refused who sent something like a request to us alone, and few of them.
    let is_neighbour =
        |to: SocketAddr| matches!(to.ip(), IpAddr::V4(ip) if ip.octets()[..3] == [10, 13, 3]);
    assert!(refusals.iter().all(|datagram| is_neighbour(datagram.to)));
    assert!(refusals.iter().all(|datagram| datagram.bytes.starts_with(b"SIP/2.0 ")));
    assert!((1..=256 * 5).contains(&refusals.len()), "{}", refusals.len());
}

#[test]
fn every_datagram_of_a_flood_is_ignored_for_a_reason() {
    let mut office = office();
    flood(&mut office.lan, office.hall, Duration::from_secs(4), 5_000, garbage);
    office.lan.run_to_end().unwrap();
    let ignored: Vec<_> = office.lan.log().responder_events().collect();
    assert_eq!(ignored.len(), 5_000);
    let is = |reason: fn(&IgnoreReason) -> bool| {
        ignored
            .iter()
            .filter(|(_, e)| matches!(e, ResponderEvent::Ignored { reason: r, .. } if reason(r)))
            .count()
    };
    assert!(is(|reason| matches!(reason, IgnoreReason::Source)) > 2_500);
    assert!(is(|reason| matches!(reason, IgnoreReason::NotSip(_))) > 300);
    assert!(is(|reason| matches!(reason, IgnoreReason::StrayResponse)) > 30);
    let rejected =
        ignored.iter().filter(|(_, event)| matches!(event, ResponderEvent::Rejected { .. }));
    assert_eq!(is(|_| true) + rejected.count(), 5_000);
}

/// A question with one byte wrong, from an address on the subnet that may be a phone's.
fn damaged(dice: &mut Dice) -> Parcel {
    let from = SocketAddr::from(([10, 13, 200, dice.byte()], 5060));
    let bytes = Mutation::by(dice).apply(&question(from, dice));
    Parcel { card: CardId(0), from, to: group(), bytes }
}

#[test]
fn damaged_questions_bring_nobody_more_than_five_datagrams_each() {
    let mut office = office();
    let phones = office.add_phones(50, Duration::from_millis(60)).unwrap();
    flood(&mut office.lan, office.hall, Duration::from_mins(1), 6_000, damaged);
    office.lan.run_to_end().unwrap();
    let log = office.lan.log();
    assert!(phones.iter().all(|phone| log.url_of(*phone) == Some(URL)));
    let sources: BTreeSet<_> = log.arrived_at(office.server).map(|p| p.datagram.from).collect();
    assert!(log.sent_by(office.server).all(|datagram| sources.contains(&datagram.to)));
    let exchanges =
        log.responder_events().filter(|(_, e)| matches!(e, ResponderEvent::Asked(_))).count();
    let sent = log.sent_by(office.server).count();
    assert!((100..6_000).contains(&exchanges), "{exchanges}");
    assert!(sent <= 5 * exchanges, "{sent} datagrams in {exchanges} exchanges");
    assert!(log.count(|fate| *fate == Fate::Unreachable) > 1_000, "most answers reach nobody");
}

/// A whole question from an address on the subnet that may be a phone's.
fn forged_phone(dice: &mut Dice) -> Parcel {
    let from = SocketAddr::from(([10, 13, 200 + dice.byte() % 16, dice.byte()], 5060));
    Parcel { card: CardId(0), from, to: group(), bytes: question(from, dice) }
}

#[test]
fn a_flood_of_valid_questions_fills_the_table_and_no_further_and_phones_are_served() {
    let most = 300;
    let server = Server::new(policy::by_vendor(URL))
        .with_config(fingerpost_core::pnp::ResponderConfig::default().with_max_exchanges(most));
    let mut office = Office::new(9, Link::default(), server);
    let phones = office.add_phones(50, Duration::from_millis(60)).unwrap();
    flood(&mut office.lan, office.hall, Duration::from_secs(4), 6_000, forged_phone);
    office.lan.run_to_end().unwrap();
    let log = office.lan.log();
    assert!(phones.iter().all(|phone| log.url_of(*phone) == Some(URL)));
    let (mut asked, mut evicted, mut sources) = (0, 0, BTreeSet::new());
    for (_, event) in log.responder_events() {
        if let ResponderEvent::Asked(question) = event {
            asked += 1;
            sources.insert(question.source);
        }
        let is_eviction =
            matches!(event, ResponderEvent::Ignored { reason: IgnoreReason::TooMany, .. });
        evicted += usize::from(is_eviction);
    }
    // Where a phone was served, or asked anew meanwhile, nothing was due any more, and nothing is said.
    let due = sources.len() - most - phones.len();
    assert!(asked > 5_000 && evicted >= due, "{asked} asked, {evicted} of {due} evictions said");
    assert!(log.sent_by(office.server).count() <= 5 * asked);
}
