//! The notifier side of SIP PnP: phones ask, somebody decides, the phone gets its 200 and its NOTIFY. Owns the
//! exchanges with their timers. Knows no clock, no socket and no policy: time comes with each call, datagrams go in
//! and out as values, and what to say to a phone is asked as an event and answered by [`Responder::decide`].

mod config;
mod event;
mod exchange;
mod learned;
mod notifying;
mod schedule;
mod table;

pub use config::ResponderConfig;
pub use event::{Asked, ResponderEvent, Token};

use super::network::holds;
use super::subscription::{IgnoreReason, Subscription};
use super::{Arrival, Card, CardId, Decision, Dialect, Identity, Subnet, Transmit, identify};
use crate::entropy::{Entropy, hex_word};
use crate::message::{Message, StartLine};
use crate::time::Instant;
use alloc::boxed::Box;
use alloc::collections::{BTreeMap, VecDeque};
use alloc::string::ToString;
use alloc::vec::Vec;
use core::net::{IpAddr, SocketAddr};
use exchange::{Exchange, Stage};
use learned::Learned;
use schedule::{Schedule, opposite};
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
        match decision {
            Decision::Answer(answer) => self.answer(now, token, answer),
            Decision::Deny(denial) => self.deny(token, denial),
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
        self.table.next_due()
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

    fn message(
        &mut self,
        now: Instant,
        arrival: &Arrival<'_>,
        server: SocketAddr,
    ) -> Result<(), IgnoreReason> {
        let message = Message::parse(arrival.bytes).map_err(IgnoreReason::NotSip)?;
        if matches!(message.start_line(), StartLine::Status(_)) {
            return self.response(arrival, &message);
        }
        let phone = identify(&message);
        let asked = Subscription::read(message)?;
        match self.table.by_transaction(&asked.transaction) {
            Some(exchange) => {
                let (token, is_same) = (
                    exchange.token,
                    exchange.card == arrival.card && exchange.source == arrival.source,
                );
                if is_same {
                    self.repeat(token);
                }
            }
            None => self.begin(now, arrival, &asked, server, phone),
        }
        Ok(())
    }

    /// The same transaction again: the same response again and nothing else (RFC 3261 §17.2.2). A copy that came by
    /// another card is the same phone heard twice: silence, for a second answer could be taken for another server's.
    fn repeat(&mut self, token: Token) {
        let transmit = self.table.change(token, Exchange::repeat);
        self.transmits.extend(transmit.flatten());
        self.events.push_back(ResponderEvent::Repeated { token });
    }

    fn begin(
        &mut self,
        now: Instant,
        arrival: &Arrival<'_>,
        asked: &Subscription<'_>,
        server: SocketAddr,
        phone: Identity,
    ) {
        self.make_room();
        let token = Token(self.next_token);
        self.next_token += 1;
        let tag = hex_word(self.entropy.as_mut(), 8);
        let product = exchange::product(&phone);
        self.supersede(now, arrival.source, &product);
        self.table.insert(Exchange::new(token, now, arrival, asked, server, tag, product));
        let (card, source, is_multicast) = (arrival.card, arrival.source, arrival.is_multicast);
        self.events.push_back(ResponderEvent::Asked(Asked {
            token,
            phone,
            card,
            source,
            server,
            is_multicast,
        }));
    }

    /// A phone that asks anew while a NOTIFY is on its way did not take it: in `auto` the other shape comes first now.
    fn supersede(&mut self, now: Instant, source: SocketAddr, product: &exchange::Product) {
        let Some(old) = self.table.by_source(source) else { return };
        let (token, tried) = (old.token, old.tried_in_vain(now));
        if let Some(tried) = tried {
            if tried.is_auto() {
                self.learned.put(product.clone(), opposite(tried.dialect()));
            }
            self.settle(token);
        }
    }

    fn make_room(&mut self) {
        while self.table.len() >= self.config.max_exchanges.max(1) {
            let Some(exchange) = self.table.oldest().and_then(|token| self.table.remove(token))
            else {
                return;
            };
            self.ignored(&exchange, IgnoreReason::TooMany);
        }
    }

    /// Does what is due for one exchange. We may be woken late (a machine that slept): what is over is said, not sent.
    fn wake(&mut self, now: Instant, token: Token) {
        let Some(exchange) = self.table.get(token) else { return };
        let is_forgotten = exchange.forgotten_at() <= now;
        match &exchange.stage {
            Stage::Undecided => {
                self.settle(token);
                self.ignore(token, IgnoreReason::Undecided);
            }
            Stage::Notifying(notifying) if notifying.is_over(now) => self.give_up(token),
            Stage::Notifying(_) => self.advance(token, Schedule::step),
            Stage::Settled => {}
        }
        if is_forgotten {
            self.table.remove(token);
        }
    }

    /// A response: of interest where it answers a NOTIFY of ours. It is matched on Call-ID and `CSeq`, not on the
    /// Via, which in the manual's shape is the phone's own.
    fn response(
        &mut self,
        arrival: &Arrival<'_>,
        message: &Message<'_>,
    ) -> Result<(), IgnoreReason> {
        let (token, cseq) = self.notify_answered_by(message).ok_or(IgnoreReason::StrayResponse)?;
        let exchange = self.table.get(token).ok_or(IgnoreReason::StrayResponse)?;
        let shape = exchange.shape_of(cseq).filter(|_| exchange.source.ip() == arrival.source.ip());
        let dialect = shape.ok_or(IgnoreReason::StrayResponse)?;
        match message.status() {
            Some(status @ 200..300) => self.acknowledged(token, status, dialect),
            Some(status @ 300..) => self.refused(token, cseq, status, dialect),
            Some(_) => {}
            None => return Err(IgnoreReason::Broken("no status code".to_string())),
        }
        Ok(())
    }

    fn notify_answered_by(&self, message: &Message<'_>) -> Option<(Token, u32)> {
        let cseq = message.cseq().ok()??;
        let call_id = message.call_id().ok()??.text.as_bytes().to_vec();
        let token =
            (cseq.method == "NOTIFY").then(|| self.table.by_notify(call_id, cseq.number))?;
        Some((token?, cseq.number))
    }

    /// Nothing more is sent; the exchange is remembered until Timer J ends.
    fn settle(&mut self, token: Token) {
        self.table.change(token, |exchange| {
            exchange.stage = Stage::Settled;
            exchange.due = exchange.forgotten_at();
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

    fn ignored(&mut self, exchange: &Exchange, reason: IgnoreReason) {
        let (token, card, source) = (Some(exchange.token), exchange.card, exchange.source);
        self.events.push_back(ResponderEvent::Ignored { token, card, source, reason });
    }
}

#[cfg(test)]
mod tests;
