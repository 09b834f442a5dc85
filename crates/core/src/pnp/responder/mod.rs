//! The notifier side of SIP PnP: phones ask, somebody decides, the phone gets its 200 and its NOTIFY. Owns the
//! exchanges with their timers. Knows no clock, no socket and no policy: time comes with each call, datagrams go in
//! and out as values, and what to say to a phone is asked as an event and answered by [`Responder::decide`].

mod asking;
mod config;
mod event;
mod exchange;
mod learned;
mod limit;
mod names;
mod notifying;
mod refusing;
mod schedule;
mod sending;
mod syncing;
mod table;

pub use config::ResponderConfig;
pub use event::{Asked, ResponderEvent, Token};
pub use sending::{HandWritten, SendError};
pub use syncing::CheckSync;

use super::network::holds;
use super::subscription::IgnoreReason;
use super::{Arrival, Card, CardId, Decision, Dialect, Identity, Subnet, Transmit};
use crate::entropy::Entropy;
use crate::time::Instant;
use alloc::boxed::Box;
use alloc::collections::{BTreeMap, VecDeque};
use alloc::vec::Vec;
use core::net::{IpAddr, SocketAddr};
use exchange::{Exchange, Stage};
use learned::Learned;
use limit::Limit;
use schedule::Schedule;
use sending::Sendings;
use syncing::Syncs;
use table::Table;

/// The machine that answers phones.
///
/// ```
/// use fingerpost_core::pnp::*;
/// use fingerpost_core::{Instant, SeededEntropy};
///
/// let address = CardAddress::new("192.0.2.1/24".parse().unwrap(), 5060);
/// let mut responder = Responder::new(ResponderConfig::default(), Box::new(SeededEntropy::new(1)));
/// responder.set_cards([Card::new(CardId(2), "eth0", vec![address])]);
///
/// let phone = profile::find("snom").unwrap().subscribe(
///     &Subscriber::new("192.0.2.7:5060".parse().unwrap()), &mut SeededEntropy::new(2)).unwrap();
/// let source = "192.0.2.7:5060".parse().unwrap();
/// responder.handle_datagram(Instant::ZERO, &Arrival { card: CardId(2), source, is_multicast: true, bytes: &phone });
///
/// let Some(ResponderEvent::Asked(asked)) = responder.poll_event() else { panic!() };
/// assert_eq!(asked.phone.vendor.as_deref(), Some("snom"));
/// let answer = Answer::new("http://192.0.2.1/{mac}.xml", Dialect::Rfc, "everyone");
/// responder.decide(Instant::ZERO, asked.token, Decision::Answer(answer));
///
/// let ok = responder.poll_transmit().unwrap();
/// assert!(ok.bytes.starts_with(b"SIP/2.0 200 OK\r\n") && ok.to == source);
/// let notify = responder.poll_transmit().unwrap();
/// assert!(notify.bytes.ends_with(b"\r\n\r\nhttp://192.0.2.1/{mac}.xml"));
/// ```
#[derive(Debug)]
pub struct Responder {
    config: ResponderConfig,
    cards: BTreeMap<CardId, Card>,
    entropy: Box<dyn Entropy + Send>,
    table: Table,
    learned: Learned,
    next_token: u64,
    /// Grows with each policy.
    policy: u64,
    refusals: Limit,
    /// Makes our tags in refusals, which are not remembered, nobody else's. Drawn with the first one.
    secret: Option<u64>,
    syncs: Syncs,
    sendings: Sendings,
    transmits: VecDeque<Transmit>,
    events: VecDeque<ResponderEvent>,
}

impl Responder {
    /// A responder without cards: it ignores everything until [`Responder::set_cards`].
    #[must_use]
    pub fn new(config: ResponderConfig, entropy: Box<dyn Entropy + Send>) -> Self {
        Self {
            config,
            cards: BTreeMap::new(),
            entropy,
            table: Table::default(),
            learned: Learned::default(),
            next_token: 1,
            policy: 0,
            refusals: Limit::default(),
            secret: None,
            syncs: Syncs::default(),
            sendings: Sendings::default(),
            transmits: VecDeque::new(),
            events: VecDeque::new(),
        }
    }

    /// Sets the cards on which phones are answered, with our addresses there. Exchanges that run go on.
    pub fn set_cards(&mut self, cards: impl IntoIterator<Item = Card>) {
        self.cards = cards.into_iter().map(|card| (card.id, card)).collect();
    }

    /// Sets the sources that are answered besides those on a card's own subnets.
    pub fn set_allowed_sources(&mut self, subnets: Vec<Subnet>) {
        self.config.allow_sources = subnets;
    }

    /// Another policy decides from now on: a phone that was met with silence and asks the same again, within the same
    /// transaction, is asked about anew.
    pub const fn reconsider(&mut self) {
        self.policy += 1;
    }

    /// What was decided for this phone lacked something that may be known soon (its hardware address, say): met with
    /// silence, it is asked about anew when it asks the same again, within the same transaction. A token that is unknown,
    /// or was answered, changes nothing.
    pub fn reconsider_repeats(&mut self, token: Token) {
        self.table.change(token, |exchange| exchange.policy = None);
    }

    /// The shape in which `auto` begins with phones of this vendor, model and version, where it was learned.
    #[must_use]
    pub fn learned(&self, phone: &Identity) -> Option<Dialect> {
        self.learned.get(&exchange::product(phone))
    }

    /// Begins with `dialect` where `auto` answers phones of this vendor, model and version: what another run learned.
    /// [`Dialect::Auto`] teaches nothing.
    pub fn learn(&mut self, phone: &Identity, dialect: Dialect) {
        if dialect != Dialect::Auto {
            self.learned.put(exchange::product(phone), dialect);
        }
    }

    /// Takes a datagram that arrived at `now`.
    pub fn handle_datagram(&mut self, now: Instant, arrival: &Arrival<'_>) {
        let outcome = match self.server_towards(arrival) {
            None => Err(IgnoreReason::Source),
            Some(server) => self.message(now, arrival, server),
        };
        if let Err(reason) = outcome {
            let (card, source) = (arrival.card, arrival.source);
            self.events.push_back(ResponderEvent::Ignored { token: None, card, source, reason });
        }
    }

    /// Does what is due at `now`. Calling too early or twice does no harm.
    pub fn handle_timeout(&mut self, now: Instant) {
        while let Some(token) = self.table.due(now) {
            self.wake(now, token);
        }
        self.wake_syncs(now);
        self.wake_sendings(now);
    }

    /// Answers [`ResponderEvent::Asked`]. A token that is unknown, or was answered before, changes nothing.
    ///
    /// `now` is given because a policy may take its time (to learn the phone's hardware address, say), and the
    /// schedule of the NOTIFY begins with its first datagram.
    pub fn decide(&mut self, now: Instant, token: Token, decision: Decision) {
        let is_open = self
            .table
            .get(token)
            .is_some_and(|exchange| matches!(exchange.stage, Stage::Undecided));
        if !is_open {
            return;
        }
        self.settle(token);
        let policy = self.policy;
        self.table.change(token, |exchange| exchange.policy = Some(policy));
        match decision {
            Decision::Answer(answer) => self.answer(now, token, answer),
            Decision::Deny(denial) => {
                self.table.change(token, |exchange| exchange.is_answered = true);
                self.deny(token, denial);
            }
            Decision::Ignore { reason } => self.ignore(token, IgnoreReason::Policy(reason)),
            Decision::Observe => {}
        }
    }

    /// The next datagram to send, in order.
    pub fn poll_transmit(&mut self) -> Option<Transmit> {
        self.transmits.pop_front()
    }

    /// The next event, in order.
    pub fn poll_event(&mut self) -> Option<ResponderEvent> {
        self.events.pop_front()
    }

    /// When [`Responder::handle_timeout`] wants to be called next.
    #[must_use]
    pub fn poll_timeout(&self) -> Option<Instant> {
        let due = [self.table.next_due(), self.syncs.next_due(), self.sendings.next_due()];
        due.into_iter().flatten().min()
    }

    /// Our address towards the sender, where the sender may be answered: on the card's own subnets, or allowed.
    fn server_towards(&self, arrival: &Arrival<'_>) -> Option<SocketAddr> {
        let card = self.cards.get(&arrival.card)?;
        let source = arrival.source.ip();
        let is_allowed = card.is_local(source) || self.is_allowed(source);
        let own = card.towards(source)?;
        (is_allowed && arrival.source.port() != 0).then(|| own.socket())
    }

    /// Whether an exception allows the source: never a group's address, nor the broadcast address of a card's subnet.
    fn is_allowed(&self, source: IpAddr) -> bool {
        let IpAddr::V4(address) = source else { return false };
        let mut own = self.cards.values().flat_map(|card| &card.addresses);
        let is_device = !address.is_multicast()
            && !address.is_broadcast()
            && !address.is_unspecified()
            && !own.any(|own| own.subnet.is_reserved(address));
        is_device && self.config.allow_sources.iter().any(|subnet| holds(*subnet, source))
    }

    /// Does what is due for one exchange. We may be woken late (a machine that slept): what is over is said, not sent.
    fn wake(&mut self, now: Instant, token: Token) {
        let Some(exchange) = self.table.get(token) else { return };
        match &exchange.stage {
            Stage::Undecided => {
                self.settle(token);
                self.ignore(token, IgnoreReason::Undecided);
            }
            Stage::Notifying(notifying) if notifying.is_over(now) => self.give_up(token),
            Stage::Notifying(_) => self.advance(token, Schedule::step),
            Stage::Settled if exchange.lasting.is_some() => {
                self.say_the_last_word(now, token);
                self.events.push_back(ResponderEvent::Ended { token });
            }
            Stage::Settled => {}
        }
        let is_over = |exchange: &Exchange| {
            matches!(exchange.stage, Stage::Settled) && exchange.rests_until() <= now
        };
        if self.table.get(token).is_some_and(is_over) {
            self.table.remove(token);
        }
    }

    /// Nothing more is sent; the exchange is remembered until Timer J ends, and as long as the subscription lasts.
    fn settle(&mut self, token: Token) {
        self.table.change(token, |exchange| {
            exchange.stage = Stage::Settled;
            exchange.due = exchange.rests_until();
        });
    }

    fn ignore(&mut self, token: Token, reason: IgnoreReason) {
        if let Some(exchange) = self.table.get(token) {
            let (card, source) = (exchange.card, exchange.source);
            self.events.push_back(ResponderEvent::Ignored {
                token: Some(token),
                card,
                source,
                reason,
            });
        }
    }
}

#[cfg(test)]
mod tests;
