//! Owns what is to be remembered of the exchanges that run: which datagram belongs to which, what was decided, what was
//! drawn, each step with its time. Bounded. Writes nothing and decides nothing.

use super::drawn::Drawn;
use crate::memory::Decided;
use crate::memory::record::{ExchangeRecord, LearnedRecord, MessageRecord, Note, Step};
use crate::recorder::Direction;
use crate::view::PhoneState;
use fingerpost_core::pnp::{Arrival, Asked, Decision, Dialect, Identity, Token, Transmit};
use std::collections::{BTreeMap, BTreeSet};
use std::net::SocketAddr;

/// Exchanges that may still have something to say: as many as the responder remembers.
const MOST_OPEN: usize = 20_000;
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
    open: BTreeMap<Token, ExchangeRecord>,
    changed: BTreeSet<Token>,
    /// The datagram that is being handled, until it is known where it belongs.
    arriving: Option<MessageRecord>,
    notes: Vec<Note>,
    /// What was written down of products, to write it once.
    taught: BTreeMap<[Option<String>; 3], Dialect>,
}

impl Journal {
    pub(super) fn new(base: u64, group: SocketAddr, drawn: Drawn) -> Self {
        let (open, changed, notes) = (BTreeMap::new(), BTreeSet::new(), Vec::new());
        let taught = BTreeMap::new();
        Self { base, group, drawn, open, changed, arriving: None, notes, taught }
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

    /// What was handled has been handled.
    pub(super) fn is_handled(&mut self) {
        self.arriving = None;
        self.drawn.clear();
    }

    pub(super) fn asked(
        &mut self,
        at: i64,
        asked: &Asked,
        phone: String,
        interface: String,
        learned: Option<Dialect>,
    ) {
        let record = ExchangeRecord {
            id: self.base + asked.token.number(),
            phone,
            asked_at: at,
            interface,
            source: asked.source,
            server: Some(asked.server),
            decision: None,
            learned,
            entropy: self.drawn.next(TAG).into_iter().collect(),
            steps: Vec::new(),
            state: PhoneState::Asked,
            status: None,
            reason: None,
            lost: 0,
        };
        self.open.insert(asked.token, record);
        if self.open.len() > MOST_OPEN {
            self.open.pop_first();
        }
        self.concerns(asked.token);
    }

    pub(super) fn decided(&mut self, at: i64, token: Token, decision: &Decision) {
        self.change(token, |record| record.decision = Some(Decided::new(at, decision)));
    }

    /// The datagram that is being handled belongs to this exchange.
    pub(super) fn concerns(&mut self, token: Token) {
        let Some(record) = self.open.get(&token) else { return };
        self.changed.insert(token);
        if let Some(arrived) = self.arriving.take() {
            let local = if arrived.is_multicast { None } else { record.server };
            let local = local.unwrap_or(self.group);
            let exchange = record.id;
            self.notes.push(Note::Message(MessageRecord { exchange, local, ..arrived }));
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
        let Some(record) = transmit.exchange.and_then(|token| self.open.get(&token)) else {
            return;
        };
        self.notes.push(Note::Message(MessageRecord {
            exchange: record.id,
            at,
            caused_at: Some(caused_at),
            direction: Direction::Out,
            local: transmit.from,
            peer: transmit.to,
            is_multicast: false,
            bytes: transmit.bytes.clone(),
        }));
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
        let changed = std::mem::take(&mut self.changed);
        let records = changed.iter().filter_map(|token| self.open.get(token));
        self.notes.extend(records.map(|record| Note::Exchange(Box::new(record.clone()))));
        std::mem::take(&mut self.notes)
    }

    fn change(&mut self, token: Token, change: impl FnOnce(&mut ExchangeRecord)) {
        if let Some(record) = self.open.get_mut(&token) {
            change(record);
            self.changed.insert(token);
        }
        self.concerns(token);
    }
}
