//! Owns a Fingerpost on the LAN: core's responder, a policy, and the time that a decision takes.

use super::{Machine, Note, Parcel};
use crate::{Dice, SegmentId};
use fingerpost_core::pnp::{
    Arrival, Asked, Card, CardAddress, CardId, Decision, Responder, ResponderConfig,
    ResponderEvent, Subnet, Token,
};
use fingerpost_core::{Entropy, Instant, SeededEntropy};
use std::collections::VecDeque;
use std::fmt;
use std::net::SocketAddr;
use std::time::Duration;

/// The port on which servers listen and from which they answer.
const PORT: u16 = 5060;

/// What to say to a phone; `None` for a policy that never makes up its mind.
type Policy = Box<dyn FnMut(&Asked) -> Option<Decision>>;

/// A server, before it is put on a LAN.
pub struct Server {
    policy: Policy,
    config: ResponderConfig,
    decides_after: Duration,
    cards: Vec<(SegmentId, Vec<Subnet>)>,
}

impl Server {
    /// A server without cards that decides by `policy`, at once.
    pub fn new(policy: impl FnMut(&Asked) -> Option<Decision> + 'static) -> Self {
        Self {
            policy: Box::new(policy),
            config: ResponderConfig::default(),
            decides_after: Duration::ZERO,
            cards: Vec::new(),
        }
    }

    /// The same with one more card on `segment`; the first card has number 1.
    #[must_use]
    pub fn on(mut self, segment: SegmentId, address: Subnet) -> Self {
        self.cards.push((segment, vec![address]));
        self
    }

    /// The same with a policy that takes its time.
    #[must_use]
    pub const fn deciding_after(mut self, time: Duration) -> Self {
        self.decides_after = time;
        self
    }

    /// The same with another configuration.
    #[must_use]
    pub fn with_config(mut self, config: ResponderConfig) -> Self {
        self.config = config;
        self
    }

    /// Where it is plugged in: card, segment, address.
    pub(crate) fn ports(&self) -> Vec<(CardId, SegmentId, SocketAddr)> {
        let socket = |subnet: &Subnet| CardAddress::new(*subnet, PORT).socket();
        let numbered = self.numbered();
        let ports = numbered.iter().flat_map(|(card, segment, subnets)| {
            subnets.iter().map(move |subnet| (*card, *segment, socket(subnet)))
        });
        ports.collect()
    }

    fn numbered(&self) -> Vec<(CardId, SegmentId, &[Subnet])> {
        let numbers = (1..).map(CardId).zip(&self.cards);
        numbers.map(|(card, (segment, subnets))| (card, *segment, subnets.as_slice())).collect()
    }

    pub(crate) fn start(self, dice: &mut Dice) -> ServerMachine {
        let cards: Vec<Card> = self.numbered().into_iter().map(card).collect();
        let entropy: Box<dyn Entropy + Send> = Box::new(SeededEntropy::new(dice.number()));
        let mut responder = Responder::new(self.config, entropy);
        responder.set_cards(cards);
        ServerMachine {
            responder,
            policy: self.policy,
            decides_after: self.decides_after,
            waiting: VecDeque::new(),
            notes: VecDeque::new(),
        }
    }
}

fn card((id, _, subnets): (CardId, SegmentId, &[Subnet])) -> Card {
    let addresses = subnets.iter().map(|subnet| CardAddress::new(*subnet, PORT)).collect();
    Card::new(id, format!("eth{}", id.0), addresses)
}

impl fmt::Debug for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Server").field("cards", &self.cards).finish_non_exhaustive()
    }
}

/// A server at work.
pub(crate) struct ServerMachine {
    responder: Responder,
    policy: Policy,
    decides_after: Duration,
    /// Decisions that were made and are not spoken yet; all take equally long, so they stay in order.
    waiting: VecDeque<(Instant, Token, Decision)>,
    notes: VecDeque<Note>,
}

impl ServerMachine {
    /// Hands out events; each question is put to the policy, whose answer may bring more events.
    fn attend(&mut self, now: Instant) {
        while let Some(event) = self.responder.poll_event() {
            if let ResponderEvent::Asked(asked) = &event {
                let decision = (self.policy)(asked);
                self.wait(now, asked.token, decision);
            }
            self.notes.push_back(Note::Responder(event));
        }
    }

    fn wait(&mut self, now: Instant, token: Token, decision: Option<Decision>) {
        match decision {
            Some(decision) if self.decides_after.is_zero() => {
                self.responder.decide(now, token, decision);
            }
            Some(decision) => self.waiting.push_back((now + self.decides_after, token, decision)),
            None => {}
        }
    }

    fn speak(&mut self, now: Instant) {
        while self.waiting.front().is_some_and(|(at, _, _)| *at <= now) {
            let Some((_, token, decision)) = self.waiting.pop_front() else { return };
            self.responder.decide(now, token, decision);
        }
    }
}

impl Machine for ServerMachine {
    fn handle_datagram(&mut self, now: Instant, arrival: &Arrival<'_>) {
        self.responder.handle_datagram(now, arrival);
        self.attend(now);
    }

    fn handle_timeout(&mut self, now: Instant) {
        self.speak(now);
        self.responder.handle_timeout(now);
        self.attend(now);
    }

    fn poll_transmit(&mut self) -> Option<Parcel> {
        self.responder.poll_transmit().map(Parcel::from)
    }

    fn poll_note(&mut self) -> Option<Note> {
        self.notes.pop_front()
    }

    fn poll_timeout(&self) -> Option<Instant> {
        let decision = self.waiting.front().map(|(at, _, _)| *at);
        decision.into_iter().chain(self.responder.poll_timeout()).min()
    }
}

impl fmt::Debug for ServerMachine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ServerMachine").field("responder", &self.responder).finish_non_exhaustive()
    }
}
