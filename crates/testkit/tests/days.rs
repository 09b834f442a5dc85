//! Twenty-four days of phones that come and go: afterwards nothing is left over.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test stops at the first thing that is not as expected"
)]

use fingerpost_core::Instant;
use fingerpost_core::pnp::ResponderEvent;
use fingerpost_testkit::{Link, Office, Server, policy};
use std::time::Duration;

const DAYS: u16 = 24;
/// In each of the two LANs; together 20,016 in all.
const EXCHANGES_A_DAY: u16 = 417;
const DAY: Duration = Duration::from_hours(24);

#[derive(Debug, Default)]
struct Tally {
    asked: usize,
    taken: usize,
    served: usize,
}

/// One day: every hour some thirty phones at once, the same ones each day, each unplugged when the day is over.
fn day(office: &mut Office, number: u16, tally: &mut Tally) {
    let morning = Instant::ZERO + DAY * u32::from(number);
    let phones: Vec<_> = (0..EXCHANGES_A_DAY)
        .map(|of_day| {
            let (burst, hour) = (u32::from(of_day / 24), u32::from(of_day % 24));
            let starts = morning + DAY / 24 * hour + Duration::from_millis(9) * burst;
            office.add_phone(of_day, starts).unwrap()
        })
        .collect();
    office.lan.run_until(Instant::ZERO + DAY * (u32::from(number) + 1)).unwrap();
    let log = office.lan.take_log();
    tally.served += log.served().len();
    for (_, event) in log.responder_events() {
        tally.asked += usize::from(matches!(event, ResponderEvent::Asked(_)));
        tally.taken += usize::from(matches!(event, ResponderEvent::Acknowledged { .. }));
    }
    for phone in phones {
        office.lan.remove(phone);
    }
}

/// Twenty-four days, and then the end: nothing is left to do.
fn live(seed: u64, link: Link) -> Tally {
    let mut office = Office::new(seed, link, Server::new(policy::by_vendor("tftp://10.13.4.121")));
    let mut tally = Tally::default();
    for number in 0..DAYS {
        day(&mut office, number, &mut tally);
    }
    let last = office.lan.run_to_end().unwrap();
    assert_eq!(office.lan.poll_timeout(office.server), None);
    assert!(last < Instant::ZERO + DAY * u32::from(DAYS) + Duration::from_secs(40));
    tally
}

#[test]
fn after_twenty_four_days_on_a_good_lan_nothing_is_left_to_do() {
    let all = usize::from(DAYS * EXCHANGES_A_DAY);
    let tally = live(1, Link::default());
    assert_eq!((tally.asked, tally.served, tally.taken), (all, all, all));
}

#[test]
fn after_twenty_four_days_on_a_bad_lan_nothing_is_left_to_do() {
    let all = usize::from(DAYS * EXCHANGES_A_DAY);
    let jitter = Duration::from_millis(3);
    let link = Link::default().with_loss(30).with_duplicates(30).with_jitter(jitter);
    let tally = live(2, link);
    assert!(tally.asked >= all - 2 && tally.served >= all - 2, "{tally:?}");
    assert!(tally.taken >= all * 99 / 100, "{tally:?}");
}

#[test]
fn a_run_without_an_end_is_stopped() {
    let server = Server::new(policy::by_vendor("tftp://10.13.4.121"));
    let mut office = Office::new(1, Link::default(), server);
    office.lan =
        std::mem::replace(&mut office.lan, fingerpost_testkit::Lan::new(0)).with_most_steps(3);
    office.add_phones(2, Duration::ZERO).unwrap();
    assert_eq!(office.lan.run_to_end().unwrap_err().steps, 3);
}
