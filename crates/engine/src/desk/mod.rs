//! Owns the front desk: questions of phones are put to the policy, and what happens is written down and said. Time is
//! given; sockets are elsewhere. What the engine's task does is this and moving bytes.

mod drawn;
mod happening;
mod journal;
mod judging;
mod linking;
mod marking;
mod reaching;
mod sending;
mod syncing;
mod threads;

pub(crate) use marking::{Plan, Wanted};

use crate::clock::{Clock, Timestamp};
use crate::command::CommandError;
use crate::dry_run::{DryRun, LastAsked};
use crate::event::{Event, TimedEvent};
use crate::ignored::IgnoredNotices;
use crate::links::{Links, Ticket};
use crate::memory::Remembered;
use crate::memory::record::Note;
use crate::phone::Phone;
use crate::phones::Phones;
use crate::recorder::{Direction, Kept, Recorder, Traffic};
use crate::view::{PhoneDetail, PhoneRow};
use drawn::Drawn;
use fingerpost_core::pnp::sync::SyncEvent;
use fingerpost_core::pnp::{
    Arrival, Card, CardAddress, CardId, Responder, ResponderConfig, Subnet, Token, Transmit,
};
use fingerpost_core::{Entropy, Instant};
use fingerpost_rules::{Cidr, Mode, Policy};
use fingerpost_trace::pcapng::WriteError;
use journal::Journal;
use linking::Purpose;
use marking::Undo;
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use threads::Threads;

/// Names of cards, those that are gone too.
const MOST_NAMES: usize = 256;
/// Messages shown of one phone.
const MOST_MESSAGES: usize = 100;

#[derive(Debug)]
pub(crate) struct Desk {
    clock: Clock,
    policy: Policy,
    responder: Responder,
    cards: Vec<Card>,
    card_names: BTreeMap<CardId, Arc<str>>,
    links: Links,
    purposes: BTreeMap<Ticket, Purpose>,
    /// What became of orders to send a phone something.
    outcomes: VecDeque<(Ticket, Result<(), CommandError>)>,
    /// How the phones that are asked to fetch anew are asked.
    sync_words: BTreeMap<Token, SyncEvent>,
    phones: Phones,
    ignored: IgnoredNotices,
    recorder: Recorder,
    threads: Threads,
    /// Where phones ask.
    group: SocketAddr,
    events: VecDeque<TimedEvent>,
    /// What is to be remembered, where anything is.
    journal: Option<Journal>,
    undo: Undo,
    /// When something was last handled: what leaves since then was caused by it.
    handled_at: Instant,
}

impl Desk {
    /// A desk that goes on where an earlier one ended, and writes down what is to be remembered. `group` is where phones
    /// ask.
    pub(crate) fn with_memory(
        policy: Policy,
        clock: Clock,
        entropy: Box<dyn Entropy + Send>,
        group: SocketAddr,
        remembered: Remembered,
    ) -> Self {
        let drawn = Drawn::default();
        let mut desk = Self::new(policy, clock, Box::new(drawn.tap(entropy)), group);
        // What was drawn at the beginning belongs to no exchange.
        drawn.clear();
        desk.journal = Some(Journal::new(remembered.last_exchange, group, drawn));
        desk.phones.watch();
        for row in remembered.phones {
            desk.phones.remember_row(row);
        }
        for learned in &remembered.learned {
            desk.responder.learn(&learned.product(), learned.dialect);
        }
        desk
    }

    /// A desk that remembers nothing beyond its end. `group` is where phones ask.
    pub(crate) fn new(
        policy: Policy,
        clock: Clock,
        entropy: Box<dyn Entropy + Send>,
        group: SocketAddr,
    ) -> Self {
        let config = ResponderConfig::default().with_allowed_sources(allowed(&policy));
        Self {
            clock,
            policy,
            responder: Responder::new(config, entropy),
            cards: Vec::new(),
            card_names: BTreeMap::new(),
            links: Links::default(),
            purposes: BTreeMap::new(),
            outcomes: VecDeque::new(),
            sync_words: BTreeMap::new(),
            phones: Phones::default(),
            ignored: IgnoredNotices::default(),
            recorder: Recorder::default(),
            threads: Threads::default(),
            group,
            events: VecDeque::new(),
            journal: None,
            undo: Undo::default(),
            handled_at: Instant::ZERO,
        }
    }

    pub(crate) fn set_cards(&mut self, cards: Vec<Card>) {
        // Names of cards that are gone are kept for a while: exchanges on them may still have something to say.
        self.card_names.extend(cards.iter().map(|card| (card.id, card.name.as_str().into())));
        while self.card_names.len() > MOST_NAMES {
            let gone = self.card_names.keys().find(|id| cards.iter().all(|card| card.id != **id));
            let Some(gone) = gone.copied() else { break };
            self.card_names.remove(&gone);
        }
        self.cards.clone_from(&cards);
        self.responder.set_cards(cards);
    }

    /// Phones ask elsewhere from now on.
    pub(crate) fn set_group(&mut self, group: SocketAddr) {
        self.group = group;
        self.noted(|journal| journal.set_group(group));
    }

    pub(crate) fn set_policy(&mut self, now: Instant, policy: Policy) {
        self.responder.set_allowed_sources(allowed(&policy));
        self.responder.reconsider();
        self.policy = policy;
        let (rules, answering) = (self.policy.rules().len(), self.policy.mode() == Mode::Answer);
        self.say(now, Event::PolicyChanged { rules, answering });
    }

    pub(crate) fn handle_datagram(&mut self, now: Instant, arrival: &Arrival<'_>) {
        let at = self.clock.wall_micros(now);
        self.noted(|journal| journal.arrives(at, arrival));
        let passed_over = self.ignored.passed_over();
        self.threads.next();
        self.responder.handle_datagram(now, arrival);
        self.drain(now);
        // Of a flood only what is said of it is kept: it must not push out what phones said.
        if self.ignored.passed_over() == passed_over {
            let exchange = self.threads.arrived(arrival.bytes);
            self.recorder.put(Kept {
                at,
                exchange,
                direction: Direction::In,
                local: self.own_side(arrival),
                peer: arrival.source,
                is_multicast: arrival.is_multicast,
                interface: self.card_name(arrival.card),
                bytes: arrival.bytes.to_vec(),
            });
        }
    }

    pub(crate) fn handle_timeout(&mut self, now: Instant) {
        self.links.handle_timeout(now);
        self.responder.handle_timeout(now);
        self.drain(now);
        for (source, reason, count) in self.ignored.due(now) {
            self.say(now, Event::Ignored { source, reason, count });
        }
        let phones = self.phones.take_forgotten();
        // Where there is a memory, it says so itself.
        if phones > 0 && self.journal.is_none() {
            self.say(now, Event::Forgotten { exchanges: 0, phones });
        }
    }

    pub(crate) fn poll_transmit(&mut self, now: Instant) -> Option<Transmit> {
        let transmit = self.responder.poll_transmit()?;
        let (at, caused) = (self.clock.wall_micros(now), self.clock.wall_micros(self.handled_at));
        // Where nobody asked, we did.
        let begins = transmit.exchange.is_some_and(|token| self.sync_words.contains_key(&token));
        let exchange = self.threads.leaves(transmit.exchange, begins, &transmit.bytes);
        self.recorder.put(Kept {
            at,
            exchange,
            direction: Direction::Out,
            local: transmit.from,
            peer: transmit.to,
            is_multicast: false,
            interface: self.card_name(transmit.card),
            bytes: transmit.bytes.clone(),
        });
        self.noted(|journal| journal.leaves(at, caused, &transmit));
        Some(transmit)
    }

    /// What is to be remembered since the last call.
    pub(crate) fn take_notes(&mut self) -> Vec<Note> {
        let Some(journal) = &mut self.journal else { return Vec::new() };
        let mut notes = journal.take();
        notes.extend(self.phones.take_changed().into_iter().map(|row| Note::Phone(Box::new(row))));
        notes
    }

    pub(crate) fn poll_event(&mut self) -> Option<TimedEvent> {
        self.events.pop_front()
    }

    pub(crate) fn poll_timeout(&self) -> Option<Instant> {
        let due =
            [self.responder.poll_timeout(), self.ignored.next_due(), self.links.poll_timeout()];
        due.into_iter().flatten().min()
    }

    /// Says something that the desk was told of.
    pub(crate) fn say(&mut self, now: Instant, event: Event) {
        let time = self.clock.wall(now);
        self.events.push_back(TimedEvent { time, event });
    }

    /// Everything about one phone.
    pub(crate) fn phone(&self, id: &str) -> Option<PhoneDetail> {
        let (row, timeline) = self.phones.known(id)?;
        let address = row.source.ip();
        // What belongs to no exchange may be anybody's who is there.
        let is_alone = self.phones.is_alone_at(address, id);
        let is_its = |kept: &Kept| match kept.exchange {
            Some(token) => self.phones.of(token).is_some_and(|phone| phone.id == id),
            None => is_alone && kept.peer.ip() == address,
        };
        let messages = self.recorder.latest(is_its, MOST_MESSAGES);
        Some(PhoneDetail { row, timeline, messages })
    }

    /// What came and went after the message with this number.
    pub(crate) fn traffic(&self, after: u64) -> Traffic {
        self.recorder.after(after)
    }

    /// The messages with these numbers as a capture file.
    pub(crate) fn capture(&self, numbers: &BTreeSet<u64>) -> Result<Vec<u8>, WriteError> {
        self.recorder.capture(numbers)
    }

    /// Where a datagram arrived: the group, or our address towards its source.
    fn own_side(&self, arrival: &Arrival<'_>) -> SocketAddr {
        let card = self.cards.iter().find(|card| card.id == arrival.card);
        let own = card.filter(|_| !arrival.is_multicast);
        let own = own.and_then(|card| card.towards(arrival.source.ip()));
        own.map_or(self.group, CardAddress::socket)
    }

    /// What `policy` would change for the phones seen so far.
    pub(crate) fn dry_run(&self, policy: &Policy) -> DryRun {
        DryRun::compare(self.phones.last_asked(), &self.policy, policy)
    }

    /// A phone's row and how it asked last.
    pub(crate) fn asked_as(&self, id: &str) -> Option<(&PhoneRow, &LastAsked)> {
        self.phones.asked_as(id)
    }

    fn card_name(&self, card: CardId) -> Arc<str> {
        self.card_names.get(&card).cloned().unwrap_or_default()
    }

    pub(crate) fn rows(&self) -> Vec<PhoneRow> {
        self.phones.rows()
    }

    pub(crate) fn ignored_total(&self) -> u64 {
        self.ignored.total()
    }

    pub(crate) fn wall(&self, now: Instant) -> Timestamp {
        self.clock.wall(now)
    }

    fn drain(&mut self, now: Instant) {
        self.handled_at = now;
        while let Some(event) = self.responder.poll_event() {
            self.happened(now, event);
        }
        self.noted(Journal::is_handled);
    }

    fn noted(&mut self, note: impl FnOnce(&mut Journal)) {
        if let Some(journal) = &mut self.journal {
            note(journal);
        }
    }

    /// Says something of an exchange's phone.
    fn say_of(&mut self, now: Instant, token: Token, event: impl FnOnce(Arc<Phone>) -> Event) {
        if let Some(phone) = self.phones.of(token).cloned() {
            let timed = TimedEvent { time: self.clock.wall(now), event: event(phone) };
            self.phones.happened(token, &timed);
            self.events.push_back(timed);
        }
    }
}

/// The policy's exceptions, as the core takes them: IPv4, for phones multicast nowhere else.
fn allowed(policy: &Policy) -> Vec<Subnet> {
    let subnet = |cidr: &Cidr| match cidr.network() {
        IpAddr::V4(network) => Some(Subnet::new(network, cidr.length())),
        IpAddr::V6(_) => None,
    };
    policy.allow_sources().iter().filter_map(subnet).collect()
}

#[cfg(test)]
mod tests;
