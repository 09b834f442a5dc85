//! A responder driven by anybody: whatever arrives, whenever, it neither panics nor sends to anybody who did not send.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test stops at the first thing that is not as expected"
)]

use fingerpost_core::pnp::*;
use fingerpost_core::{Instant, SeededEntropy};
use fingerpost_testkit::generate::{any_datagram, mutated, subscribe_like};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use std::collections::BTreeSet;
use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

/// What one step does to the responder.
#[derive(Debug, Clone)]
struct Step {
    after: Duration,
    card: u32,
    source: SocketAddr,
    bytes: Vec<u8>,
    mood: Mood,
    is_multicast: bool,
    /// The responder is not woken before, though it may have wanted to be.
    is_late: bool,
    /// The last datagram once more, instead of this one.
    is_again: bool,
}

/// What a policy says to whoever asks.
#[derive(Debug, Clone, Copy)]
enum Mood {
    Answers(Dialect),
    Denies(u16),
    Ignores,
    Observes,
    Wavers,
}

fn mood() -> impl Strategy<Value = Mood> {
    prop_oneof![
        5 => prop::sample::select(&[Dialect::Rfc, Dialect::Manual, Dialect::Auto][..])
            .prop_map(Mood::Answers),
        1 => (0..1_000_u16).prop_map(Mood::Denies),
        1 => Just(Mood::Ignores),
        1 => Just(Mood::Observes),
        1 => Just(Mood::Wavers),
    ]
}

/// Two phones, and addresses that nobody can have or that are not on the subnet.
fn source() -> impl Strategy<Value = SocketAddr> {
    let phones = ["10.13.2.37:5060", "10.13.2.38:5060"];
    let others = [
        "10.13.255.255:5060",
        "10.13.0.0:5060",
        "10.13.4.121:5060",
        "255.255.255.255:5060",
        "224.0.1.75:5060",
        "0.0.0.0:5060",
        "192.0.2.9:5060",
        "10.13.2.37:0",
        "[::1]:5060",
    ];
    let one_of = |known: &[&'static str]| prop::sample::select(known.to_vec());
    prop_oneof![2 => one_of(&phones), 1 => one_of(&others)].prop_map(|text| text.parse().unwrap())
}

fn after() -> impl Strategy<Value = Duration> {
    prop_oneof![0..1_000_u64, 0..2_000_000_u64, 0..60_000_000_u64].prop_map(Duration::from_micros)
}

/// What arrives from `source`.
fn bytes(source: SocketAddr) -> BoxedStrategy<Vec<u8>> {
    let (own, damaged) = (subscribe_like(source), mutated(subscribe_like(source)));
    prop_oneof![3 => own, 2 => damaged, 2 => any_datagram()].boxed()
}

fn step() -> BoxedStrategy<Step> {
    let sent = source().prop_flat_map(|source| (Just(source), bytes(source))).boxed();
    let card = prop_oneof![3 => Just(1_u32), 2 => Just(2), 1 => Just(3)];
    let flags = (any::<bool>(), any::<bool>(), 0..4_u8);
    (after(), card, sent, mood(), flags)
        .prop_map(|(after, card, (source, bytes), mood, flags)| {
            let (is_multicast, is_late, again) = flags;
            Step { after, card, source, bytes, mood, is_multicast, is_late, is_again: again == 0 }
        })
        .boxed()
}

/// How often what happened: a property of a responder that never does anything is worth nothing.
#[derive(Debug, Default)]
struct Tally {
    sent: usize,
    ignored: usize,
    repeated: usize,
    acknowledged: usize,
    refused: usize,
}

impl Tally {
    fn note(&mut self, event: &ResponderEvent) {
        match event {
            ResponderEvent::Ignored { .. } => self.ignored += 1,
            ResponderEvent::Repeated { .. } => self.repeated += 1,
            ResponderEvent::Acknowledged { .. } => self.acknowledged += 1,
            ResponderEvent::Refused { .. } => self.refused += 1,
            _ => {}
        }
    }

    fn add(&mut self, other: &Self) {
        self.sent += other.sent;
        self.ignored += other.ignored;
        self.repeated += other.repeated;
        self.acknowledged += other.acknowledged;
        self.refused += other.refused;
    }
}

struct Bench {
    responder: Responder,
    now: Instant,
    sources: BTreeSet<SocketAddr>,
    answers: Vec<(SocketAddr, Vec<u8>)>,
    tally: Tally,
}

fn bench(allowed: &[&str]) -> Bench {
    let allowed = allowed.iter().map(|text| text.parse().unwrap()).collect();
    let config = ResponderConfig::default().with_allowed_sources(allowed).with_max_exchanges(8);
    let mut responder = Responder::new(config, Box::new(SeededEntropy::new(1)));
    let address = |text: &str| vec![CardAddress::new(text.parse().unwrap(), 5060)];
    let cards = [(1, "10.13.4.121/16"), (2, "10.13.4.122/16")];
    responder
        .set_cards(cards.map(|(id, at)| Card::new(CardId(id), format!("eth{id}"), address(at))));
    Bench {
        responder,
        now: Instant::ZERO,
        sources: BTreeSet::new(),
        answers: Vec::new(),
        tally: Tally::default(),
    }
}

impl Bench {
    fn take(&mut self, step: &Step) {
        self.now = self.now + step.after;
        if !step.is_late {
            self.wake();
        }
        self.arrive(step);
        self.drain(step.mood);
        self.reply(step);
    }

    fn arrive(&mut self, step: &Step) {
        self.sources.insert(step.source);
        let (card, source, is_multicast) = (CardId(step.card), step.source, step.is_multicast);
        self.responder
            .handle_datagram(self.now, &Arrival { card, source, is_multicast, bytes: &step.bytes });
    }

    /// Some step answers a NOTIFY of ours, so that acknowledging and refusing are among what happens.
    fn reply(&mut self, step: &Step) {
        let Some((source, bytes)) = self.answers.pop() else { return };
        let status = if step.is_late { 481 } else { 200 };
        let Ok(notify) = fingerpost_core::Message::parse(&bytes) else { return };
        let reply = fingerpost_core::Response::reply_to(&notify, status, "So").headers().build();
        let Ok(bytes) = reply else { return };
        let is_multicast = false;
        self.responder.handle_datagram(
            self.now,
            &Arrival { card: CardId(1), source, is_multicast, bytes: &bytes },
        );
        self.drain(step.mood);
    }

    fn wake(&mut self) {
        self.responder.handle_timeout(self.now);
        let next = self.responder.poll_timeout();
        assert!(next.is_none_or(|at| at > self.now), "{next:?} is not after {:?}", self.now);
        self.drain(Mood::Observes);
    }

    fn drain(&mut self, mood: Mood) {
        while let Some(event) = self.responder.poll_event() {
            self.tally.note(&event);
            if let ResponderEvent::Asked(asked) = event
                && let Some(decision) = mood.decision()
            {
                self.responder.decide(self.now, asked.token, decision);
            }
        }
        while let Some(transmit) = self.responder.poll_transmit() {
            self.judge(&transmit);
            self.tally.sent += 1;
            if transmit.bytes.starts_with(b"NOTIFY ") {
                self.answers.push((transmit.to, transmit.bytes));
            }
        }
    }

    fn judge(&self, transmit: &Transmit) {
        let to = transmit.to;
        assert!(self.sources.contains(&to), "{to} never sent anything");
        assert!(to.port() != 0 && is_a_device(to.ip()), "{to} is nobody's address");
    }

    /// Wakes it whenever it wants, until it wants no more.
    fn run_out(&mut self) {
        let mut before = Instant::ZERO;
        for _ in 0..10_000 {
            let Some(at) = self.responder.poll_timeout() else { return };
            assert!(at >= before, "{at:?} comes after {before:?}");
            (self.now, before) = (self.now.max(at), at);
            self.wake();
        }
        panic!("it never comes to rest");
    }
}

fn is_a_device(address: IpAddr) -> bool {
    let subnet: Subnet = "10.13.4.121/16".parse().unwrap();
    match address {
        IpAddr::V4(v4) => {
            !(v4.is_multicast()
                || v4.is_broadcast()
                || v4.is_unspecified()
                || subnet.is_reserved(v4))
        }
        IpAddr::V6(_) => false,
    }
}

impl Mood {
    fn decision(self) -> Option<Decision> {
        match self {
            Self::Answers(dialect) => {
                Some(Decision::Answer(Answer::new("tftp://10.13.4.121", dialect, "any")))
            }
            Self::Denies(status) => Some(Decision::Deny(Denial::new(status, "No", "any"))),
            Self::Ignores => Some(Decision::Ignore { reason: "any".into() }),
            Self::Observes => Some(Decision::Observe),
            Self::Wavers => None,
        }
    }
}

fn run(allowed: &[&str], steps: &[Step]) -> Tally {
    let mut bench = bench(allowed);
    let mut last = None;
    for step in steps {
        let again = last.filter(|_| step.is_again).map(|last: &Step| {
            let (after, card, is_late) = (step.after, step.card, step.is_late);
            Step { after, card, is_late, ..last.clone() }
        });
        bench.take(again.as_ref().unwrap_or(step));
        last = Some(step);
    }
    bench.run_out();
    bench.tally
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn whatever_arrives_only_who_sent_is_answered_and_time_goes_on(steps in prop::collection::vec(step(), 1..24)) {
        run(&["192.0.2.0/24"], &steps);
    }

    #[test]
    fn allowing_every_source_still_allows_no_group_and_no_broadcast(steps in prop::collection::vec(step(), 1..24)) {
        run(&["0.0.0.0/0"], &steps);
    }
}

#[test]
fn what_arrives_makes_the_responder_do_everything_it_can() {
    let mut runner = TestRunner::deterministic();
    let mut all = Tally::default();
    for _ in 0..30 {
        let steps = prop::collection::vec(step(), 1..24).new_tree(&mut runner).unwrap().current();
        all.add(&run(&[], &steps));
    }
    assert!(all.sent > 150 && all.ignored > 50 && all.repeated > 5, "{all:?}");
    assert!(all.acknowledged > 10 && all.refused > 10, "{all:?}");
}
