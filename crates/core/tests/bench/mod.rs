//! The stage of the responder's tests: a responder with two cards on one network, and a clock that is moved by hand.

#![allow(dead_code, reason = "not every test needs everything")]

use fingerpost_core::pnp::*;
use fingerpost_core::{HeaderName, Instant, Message, SeededEntropy};
use std::net::SocketAddr;

pub(crate) const SUBSCRIBE: &[u8] = include_bytes!("../../../../tests/corpus/manual/subscribe.sip");
pub(crate) const OK: &[u8] = include_bytes!("../../../../tests/corpus/manual/200-ok.sip");
pub(crate) const NOTIFY: &[u8] = include_bytes!("../../../../tests/corpus/manual/notify.sip");
pub(crate) const PHONE: &str = "10.13.2.37:5060";

pub(crate) struct Bench {
    pub(crate) responder: Responder,
    pub(crate) now: Instant,
    pub(crate) dialect: Dialect,
    pub(crate) switches: Switches,
}

pub(crate) fn bench(dialect: Dialect) -> Bench {
    let mut responder = Responder::new(ResponderConfig::default(), Box::new(SeededEntropy::new(1)));
    let address = |text: &str| vec![CardAddress::new(text.parse().unwrap(), 5060)];
    responder.set_cards([
        Card::new(CardId(1), "eth0", address("10.13.4.121/16")),
        Card::new(CardId(2), "eth1", address("10.13.4.122/16")),
    ]);
    Bench { responder, now: Instant::ZERO, dialect, switches: Switches::default() }
}

pub(crate) fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

impl Bench {
    pub(crate) fn arrive_on(
        &mut self,
        card: u32,
        source: &str,
        bytes: &[u8],
    ) -> Vec<ResponderEvent> {
        let source: SocketAddr = source.parse().unwrap();
        self.responder.handle_datagram(
            self.now,
            &Arrival { card: CardId(card), source, is_multicast: true, bytes },
        );
        self.events()
    }

    pub(crate) fn arrive(&mut self, bytes: &[u8]) -> Vec<ResponderEvent> {
        self.arrive_on(1, PHONE, bytes)
    }

    /// The phone sends to us alone.
    pub(crate) fn arrive_alone(&mut self, bytes: &[u8]) -> Vec<ResponderEvent> {
        let source = PHONE.parse().unwrap();
        let card = CardId(1);
        let arrival = Arrival { card, source, is_multicast: false, bytes };
        self.responder.handle_datagram(self.now, &arrival);
        self.events()
    }

    /// Every event; each question is answered with the manual's URL.
    pub(crate) fn events(&mut self) -> Vec<ResponderEvent> {
        let mut events = Vec::new();
        while let Some(event) = self.responder.poll_event() {
            if let ResponderEvent::Asked(asked) = &event {
                let answer = Answer::new("tftp://10.13.4.121", self.dialect, "everyone");
                let answer = answer.with_switches(self.switches);
                self.responder.decide(self.now, asked.token, Decision::Answer(answer));
            }
            events.push(event);
        }
        events
    }

    pub(crate) fn sent(&mut self) -> Vec<Transmit> {
        std::iter::from_fn(|| self.responder.poll_transmit()).collect()
    }

    /// Runs to `millis`; what was sent on the way, with its time.
    pub(crate) fn run_to(&mut self, millis: u64) -> Vec<(u64, Transmit)> {
        let mut sent = Vec::new();
        while let Some(at) =
            self.responder.poll_timeout().filter(|at| *at <= Instant::from_millis(millis))
        {
            self.now = at;
            self.responder.handle_timeout(at);
            sent.extend(self.sent().into_iter().map(|transmit| (at.as_micros() / 1000, transmit)));
        }
        self.now = Instant::from_millis(millis);
        sent
    }

    /// The phone's answer to a NOTIFY of ours.
    pub(crate) fn reply(&mut self, notify: &[u8], status: u16) -> Vec<ResponderEvent> {
        let message = Message::parse(notify).unwrap();
        let reply = fingerpost_core::Response::reply_to(&message, status, "Whatever")
            .headers()
            .build()
            .unwrap();
        self.arrive(&reply)
    }
}

pub(crate) fn value(bytes: &[u8], name: HeaderName) -> String {
    Message::parse(bytes).unwrap().header(name).unwrap().value().to_string()
}

pub(crate) fn is_notify(bytes: &[u8]) -> bool {
    bytes.starts_with(b"NOTIFY ")
}
