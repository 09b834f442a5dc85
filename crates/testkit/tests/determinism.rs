//! The same seed gives the same run, to the byte; another seed another.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test stops at the first thing that is not as expected"
)]

use fingerpost_testkit::{Link, Log, Office, Server, policy};
use std::time::Duration;

fn run(seed: u64) -> Log {
    let link = Link::default()
        .with_loss(100)
        .with_duplicates(100)
        .with_reordering(100, Duration::from_millis(50))
        .with_jitter(Duration::from_millis(10));
    let server = Server::new(policy::by_vendor("tftp://10.13.4.121"));
    let mut office = Office::new(seed, link, server.deciding_after(Duration::from_millis(30)));
    office.add_phones(60, Duration::from_millis(11)).unwrap();
    office.lan.run_to_end().unwrap();
    office.lan.take_log()
}

#[test]
fn the_same_seed_gives_the_same_log() {
    let (once, again) = (run(1), run(1));
    assert!(once.passages().len() > 300);
    assert!(once == again);
}

#[test]
fn another_seed_gives_another_log() {
    let (one, other) = (run(1), run(2));
    assert!(one != other);
    let times = |log: &Log| log.passages().iter().map(|passage| passage.at).collect::<Vec<_>>();
    assert_ne!(times(&one), times(&other));
}

#[test]
fn time_never_runs_backwards() {
    let log = run(3);
    assert!(log.passages().is_sorted_by_key(|passage| passage.at));
    assert!(log.notes().is_sorted_by_key(|noted| noted.at));
}
