//! Owns what is to be remembered of the exchanges that run: which datagram belongs to which, what was decided, what was
//! drawn, each step with its time. Bounded. Writes nothing and decides nothing.

use super::drawn::Drawn;
use crate::memory::Decided;
use crate::memory::record::{ExchangeRecord, LearnedRecord, MessageRecord, Note, Step};
use crate::recorder::{Direction, call_id};
use crate::view::{PhoneRow, PhoneState};
use fingerpost_core::pnp::{Arrival, Asked, Decision, Dialect, Identity, Token, Transmit};
use std::collections::{BTreeMap, BTreeSet};
use std::net::SocketAddr;

/// Exchanges that may still have something to say: as many as the responder remembers.
const MOST_OPEN: usize = 20_000;
/// With so many, those that are old enough to be settled go; only what lasts longer loses its end.
const MANY_OPEN: usize = 4_096;
/// Microseconds after which an exchange without a lasting subscription has nothing more to say (Timer J, and as much).
const SETTLED_AFTER: i64 = 64_000_000;
/// Products told apart while it is known what was written of them.
const MOST_TAUGHT: usize = 1024;
/// Bytes of a To tag and of a branch, as the responder draws them.
const TAG: usize = 8;
const BRANCH: usize = 12;

#[derive(Debug)]
pub(super) struct Journal {
    /// Where the numbers of this run begin.
    base: u64,
    group: SocketAddr,
    drawn: Drawn,
    open: BTreeMap<Token, Open>,
    by_call: BTreeMap<Vec<u8>, Token>,
    changed: BTreeSet<Token>,
    /// The datagram that is being handled, until it is known where it belongs.
    arriving: Option<MessageRecord>,
    notes: Vec<Note>,
    /// What was written down of products, to write it once.
    taught: BTreeMap<[Option<String>; 3], Dialect>,
}

/// An exchange that may still have something to say.
#[derive(Debug)]
struct Open {
    record: ExchangeRecord,
    call_id: Vec<u8>,
    /// Datagrams of a phone of which it is not known yet who it is.
    waiting: Option<Vec<MessageRecord>>,
}

impl Journal {
    pub(super) fn new(base: u64, group: SocketAddr, drawn: Drawn) -> Self {
        Self {
            base,
            group,
            drawn,
            open: BTreeMap::new(),
            by_call: BTreeMap::new(),
            changed: BTreeSet::new(),
            arriving: None,
            notes: Vec::new(),
            taught: BTreeMap::new(),
        }
    }

    pub(super) fn set_group(&mut self, group: SocketAddr) {
        self.group = group;
    }

    pub(super) fn arrives(&mut self, at: i64, arrival: &Arrival<'_>) {
        self.arriving = Some(MessageRecord {
            exchange: 0,
            at,
            caused_at: None,
            direction: Direction::In,
            local: self.group,
            peer: arrival.source,
            is_multicast: arrival.is_multicast,
            bytes: arrival.bytes.to_vec(),
        });
    }

    /// What was handled has been handled. A response of which nothing was said belongs where its Call-ID does.
    pub(super) fn is_handled(&mut self) {
        let response = self.arriving.as_ref().filter(|one| one.bytes.starts_with(b"SIP/"));
        if let Some(token) = response.and_then(|response| self.dialog_of(&response.bytes)) {
            self.concerns(token);
        }
        self.arriving = None;
    }

    /// A phone asked; who it is may not be known yet. One that is asked about again goes on.
    pub(super) fn asked(
        &mut self,
        at: i64,
        asked: &Asked,
        interface: String,
        learned: Option<Dialect>,
    ) {
        if !self.open.contains_key(&asked.token) {
            let record = self.record(at, asked, interface, learned);
            let call_id = asked.call_id.clone();
            self.by_call.insert(call_id.clone(), asked.token);
            let waiting = Some(Vec::new());
            self.open.insert(asked.token, Open { record, call_id, waiting });
            self.forget_the_oldest(at);
        }
        self.concerns(asked.token);
    }

    /// Somebody wants something sent to a phone: an exchange that is ours, and of a phone that is known.
    pub(super) fn ordered(
        &mut self,
        at: i64,
        token: Token,
        phone: String,
        interface: String,
        source: SocketAddr,
        own: SocketAddr,
    ) {
        let record = ExchangeRecord {
            id: self.base + token.number(),
            phone,
            asked_at: at,
            interface,
            source,
            server: Some(own),
            is_refresh: false,
            decisions: Vec::new(),
            learned: None,
            entropy: Vec::new(),
            steps: Vec::new(),
            state: PhoneState::Notified,
            status: None,
            reason: None,
            lost: 0,
        };
        self.open.insert(token, Open { record, call_id: Vec::new(), waiting: None });
        self.forget_the_oldest(at);
    }

    fn record(
        &self,
        at: i64,
        asked: &Asked,
        interface: String,
        learned: Option<Dialect>,
    ) -> ExchangeRecord {
        // Within a subscription the tag is the first exchange's.
        let tag = if asked.is_refresh { None } else { self.drawn.next(TAG) };
        ExchangeRecord {
            id: self.base + asked.token.number(),
            phone: String::new(),
            asked_at: at,
            interface,
            source: asked.source,
            server: Some(asked.server),
            is_refresh: asked.is_refresh,
            decisions: Vec::new(),
            learned,
            entropy: tag.into_iter().collect(),
            steps: Vec::new(),
            state: PhoneState::Asked,
            status: None,
            reason: None,
            lost: 0,
        }
    }

    fn forget_the_oldest(&mut self, now: i64) {
        while let Some((token, oldest)) = self.open.first_key_value() {
            let is_old = now - oldest.record.asked_at > SETTLED_AFTER;
            let is_full = self.open.len() > if is_old { MANY_OPEN } else { MOST_OPEN };
            if !is_full {
                return;
            }
            self.dismissed(*token);
        }
    }

    /// How many exchanges may still have something to say.
    #[cfg(test)]
    pub(super) fn open(&self) -> usize {
        assert!(self.by_call.len() <= self.open.len());
        self.open.len()
    }

    /// The exchange with the Call-ID of this datagram.
    fn dialog_of(&self, bytes: &[u8]) -> Option<Token> {
        self.by_call.get(&call_id(bytes)?).copied()
    }

    /// Who asked.
    pub(super) fn met(&mut self, token: Token, phone: &str) {
        let Some(open) = self.open.get_mut(&token) else { return };
        phone.clone_into(&mut open.record.phone);
        self.notes.extend(open.waiting.take().into_iter().flatten().map(Note::Message));
        self.changed.insert(token);
    }

    /// Nothing more of this exchange is to be remembered.
    pub(super) fn dismissed(&mut self, token: Token) {
        let Some(open) = self.open.remove(&token) else { return };
        self.changed.remove(&token);
        if self.by_call.get(&open.call_id) == Some(&token) {
            self.by_call.remove(&open.call_id);
        }
    }

    /// A phone is known by another name from now on.
    pub(super) fn identified(&mut self, formerly: &str, row: Option<&PhoneRow>) {
        let Some(row) = row else { return };
        let theirs = self.open.iter_mut().filter(|(_, open)| open.record.phone == formerly);
        for (token, open) in theirs {
            open.record.phone.clone_from(&row.phone.id);
            self.changed.insert(*token);
        }
        self.notes.push(Note::Renamed { formerly: formerly.into(), row: Box::new(row.clone()) });
    }

    pub(super) fn decided(&mut self, at: i64, token: Token, decision: &Decision) {
        self.change(token, |record| record.decisions.push(Decided::new(at, decision)));
    }

    /// The datagram that is being handled belongs to this exchange.
    pub(super) fn concerns(&mut self, token: Token) {
        let Some(open) = self.open.get_mut(&token) else { return };
        let Some(arrived) = self.arriving.take() else { return };
        let own = open.record.server.filter(|_| !arrived.is_multicast);
        let (exchange, local) = (open.record.id, own.unwrap_or(self.group));
        let message = MessageRecord { exchange, local, ..arrived };
        match &mut open.waiting {
            Some(waiting) => waiting.push(message),
            None => self.notes.push(Note::Message(message)),
        }
    }

    pub(super) fn step(&mut self, token: Token, state: PhoneState, step: Step) {
        let drawn = self.drawn.clone();
        self.change(token, |record| {
            if let Step::Notified { dialect, attempt, .. } = &step
                && (*attempt == 1 || record.dialect() != Some(*dialect))
            {
                // It was written anew.
                record.entropy.extend(drawn.next(BRANCH));
            }
            if let Step::Answered { status, .. } = &step {
                record.status = Some(*status);
            }
            if let Step::Ignored { reason, .. } = &step {
                record.reason = Some(reason.clone());
            }
            record.state = state;
            record.steps.push(step);
        });
    }

    pub(super) fn leaves(&mut self, at: i64, caused_at: i64, transmit: &Transmit) {
        // An exchange of which nobody was asked ends the subscription of another one.
        let own = transmit.exchange.filter(|token| self.open.contains_key(token));
        let other = || transmit.exchange.and_then(|_| self.dialog_of(&transmit.bytes));
        let Some(token) = own.or_else(other) else { return };
        self.known_by_its_words(token, transmit);
        // The last word of a subscription is said without an event.
        if let Some(word) = self.drawn.next_in(BRANCH, &transmit.bytes) {
            self.change(token, |record| record.entropy.push(word));
        }
        let Some(open) = self.open.get(&token) else { return };
        self.notes.push(Note::Message(MessageRecord {
            exchange: open.record.id,
            at,
            caused_at: Some(caused_at),
            direction: Direction::Out,
            local: transmit.from,
            peer: transmit.to,
            is_multicast: false,
            bytes: transmit.bytes.clone(),
        }));
    }

    /// The Call-ID of an exchange that we began stands in its first datagram, and so does where it leaves from.
    fn known_by_its_words(&mut self, token: Token, transmit: &Transmit) {
        let Some(open) = self.open.get_mut(&token).filter(|open| open.call_id.is_empty()) else {
            return;
        };
        open.record.server = Some(transmit.from);
        if let Some(call_id) = call_id(&transmit.bytes) {
            open.call_id.clone_from(&call_id);
            // What somebody wrote may be of a call that runs: that stays where it was.
            self.by_call.entry(call_id).or_insert(token);
        }
    }

    pub(super) fn learned(&mut self, at: i64, phone: &Identity, dialect: Dialect) {
        let (vendor, model, version) =
            (phone.vendor.clone(), phone.model.clone(), phone.version.clone());
        let product = [vendor.clone(), model.clone(), version.clone()];
        if self.taught.len() > MOST_TAUGHT {
            self.taught.clear();
        }
        if self.taught.insert(product, dialect) == Some(dialect) {
            return;
        }
        self.notes.push(Note::Learned(LearnedRecord { vendor, model, version, dialect, at }));
    }

    /// What is to be remembered since the last time.
    pub(super) fn take(&mut self) -> Vec<Note> {
        self.drawn.clear();
        let changed = std::mem::take(&mut self.changed);
        let records = changed.iter().filter_map(|token| self.open.get(token));
        let records = records.filter(|open| open.waiting.is_none());
        let records = records.map(|open| Note::Exchange(Box::new(open.record.clone())));
        self.notes.extend(records);
        std::mem::take(&mut self.notes)
    }

    fn change(&mut self, token: Token, change: impl FnOnce(&mut ExchangeRecord)) {
        if let Some(open) = self.open.get_mut(&token) {
            change(&mut open.record);
            self.changed.insert(token);
        }
        self.concerns(token);
    }
}
