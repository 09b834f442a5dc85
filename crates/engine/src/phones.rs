//! Owns what is known of the phones so far: one row each, and which exchange belongs to which phone. Bounded: the
//! phone that was silent longest goes first. Knows no protocol.

use crate::clock::Timestamp;
use crate::dry_run::LastAsked;
use crate::event::TimedEvent;
use crate::marks::Marks;
use crate::phone::Phone;
use crate::simulation::is_simulated;
use crate::view::{Elsewhere, PhoneRow, PhoneState};
use fingerpost_core::pnp::{Mac, Token};
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

/// Phones remembered at once of which nobody said anything.
const MOST_PHONES: usize = crate::memory::MOST_PHONES as usize;
/// Events remembered of one phone: some five exchanges.
const MOST_EVENTS: usize = 24;
/// Exchanges whose phone is remembered: more than the responder has open at any time.
const MOST_EXCHANGES: usize = 40_000;

#[derive(Debug, Default)]
pub(crate) struct Phones {
    rows: BTreeMap<String, PhoneRow>,
    /// What each row's phone was judged by.
    asked: BTreeMap<String, LastAsked>,
    timelines: BTreeMap<String, VecDeque<TimedEvent>>,
    by_last: BTreeSet<(Timestamp, String)>,
    /// Those of which nobody said anything: they go first.
    unmarked: BTreeSet<(Timestamp, String)>,
    /// Rows that changed since somebody last looked; where nobody looks they are not counted.
    changed: Option<BTreeSet<String>>,
    exchanges: BTreeMap<Token, Arc<Phone>>,
    order: VecDeque<Token>,
    /// Forgotten to make room since somebody last asked.
    forgotten: u64,
}

impl Phones {
    /// A phone asked.
    pub(crate) fn asked(
        &mut self,
        token: Token,
        at: Timestamp,
        phone: &Arc<Phone>,
        source: SocketAddr,
        last_asked: LastAsked,
    ) {
        self.remember(token, phone);
        let before = self
            .rows
            .get(&phone.id)
            .map(|row| (row.first_asked, row.asked, row.notified, row.last_asked));
        let (first_asked, asked, notified, last) = before.unwrap_or((at, 0, 0, at));
        let marks = self.marks(&phone.id).unwrap_or_default();
        let also_at = self.rows.get(&phone.id);
        let also_at = also_at.map(|row| Elsewhere::of(row, source.ip(), at)).unwrap_or_default();
        self.take_out(last, &phone.id);
        self.put_in(at, &phone.id, &marks);
        let Marks { name, tags, adoption } = marks;
        let row = PhoneRow {
            phone: phone.clone(),
            source,
            interface: last_asked.interface.clone(),
            first_asked,
            last_asked: at,
            asked: asked + 1,
            notified,
            state: PhoneState::Asked,
            rule: None,
            url: None,
            dialect: None,
            reason: None,
            name,
            tags,
            adoption,
            is_remembered: false,
            is_simulated: is_simulated(phone.mac),
            server: Some(last_asked.server),
            also_at,
        };
        self.note(&phone.id);
        self.rows.insert(phone.id.clone(), row);
        self.asked.insert(phone.id.clone(), last_asked);
        self.forget_the_most_silent();
    }

    /// An exchange of our own with the phone `id`.
    pub(crate) fn speak_of(&mut self, token: Token, id: &str) {
        if let Some(phone) = self.rows.get(id).map(|row| row.phone.clone()) {
            self.remember(token, &phone);
        }
    }

    /// A phone's row and how it asked last.
    pub(crate) fn asked_as(&self, id: &str) -> Option<(&PhoneRow, &LastAsked)> {
        Some((self.rows.get(id)?, self.asked.get(id)?))
    }

    /// The hardware address of the phone that asked from there last.
    pub(crate) fn mac_at(&self, source: SocketAddr, interface: &str) -> Option<Mac> {
        let is_there = |row: &&PhoneRow| row.source == source && row.interface == interface;
        let mut latest = self.by_last.iter().rev().filter_map(|(_, id)| self.rows.get(id));
        latest.find(is_there)?.phone.mac
    }

    /// The phone of an exchange turned out to have this hardware address: it is known by it from now on. The name that
    /// it went by before; `None` where it has one already.
    pub(crate) fn identified(&mut self, token: Token, mac: Mac) -> Option<String> {
        let formerly = self.exchanges.get(&token).filter(|phone| phone.mac.is_none())?.id.clone();
        let mut asked = self.asked.remove(&formerly)?;
        let row = self.rows.remove(&formerly)?;
        self.take_out(row.last_asked, &formerly);
        asked.phone = asked.phone.with_link_address(mac);
        let phone = Arc::new(Phone::clone(&row.phone).with_link_address(mac));
        let before = self.rows.remove(&phone.id);
        if let Some(before) = &before {
            self.take_out(before.last_asked, &phone.id);
        }
        let row = PhoneRow { phone: phone.clone(), ..row.joined_with(before.as_ref()) };
        self.put_in(row.last_asked, &phone.id, &row.marks());
        self.note(&phone.id);
        self.rows.insert(phone.id.clone(), row);
        self.asked.insert(phone.id.clone(), asked);
        let timeline = self.timelines.remove(&formerly).unwrap_or_default();
        self.timelines.entry(phone.id.clone()).or_default().extend(timeline);
        for known in self.exchanges.values_mut().filter(|known| known.id == formerly) {
            *known = phone.clone();
        }
        Some(formerly)
    }

    /// The phone of an exchange.
    pub(crate) fn of(&self, token: Token) -> Option<&Arc<Phone>> {
        self.exchanges.get(&token)
    }

    /// Changes the row of an exchange's phone.
    pub(crate) fn change(&mut self, token: Token, change: impl FnOnce(&mut PhoneRow)) {
        let id = self.exchanges.get(&token).map(|phone| phone.id.clone());
        if let Some((id, row)) = id.and_then(|id| Some((id.clone(), self.rows.get_mut(&id)?))) {
            change(row);
            self.note(&id);
        }
    }

    /// The row of an exchange's phone.
    pub(crate) fn row_of(&self, token: Token) -> Option<&PhoneRow> {
        self.rows.get(&self.exchanges.get(&token)?.id)
    }

    /// How an exchange's phone asked last.
    pub(crate) fn asking_of(&self, token: Token) -> Option<&LastAsked> {
        self.asked.get(&self.exchanges.get(&token)?.id)
    }

    /// A phone of an earlier run.
    pub(crate) fn remember_row(&mut self, row: PhoneRow) {
        let id = row.phone.id.clone();
        self.put_in(row.last_asked, &id, &row.marks());
        if let Some(asked) = LastAsked::of(&row) {
            self.asked.insert(id.clone(), asked);
        }
        self.rows.insert(id, row);
        self.forget_the_most_silent();
    }

    /// From now on it is written down which rows change.
    pub(crate) fn watch(&mut self) {
        self.changed = Some(BTreeSet::new());
    }

    /// The rows that changed since the last call.
    pub(crate) fn take_changed(&mut self) -> Vec<PhoneRow> {
        let changed = self.changed.as_mut().map(std::mem::take).unwrap_or_default();
        changed.iter().filter_map(|id| self.rows.get(id).cloned()).collect()
    }

    /// What people say of a phone; `None` where there is no such phone.
    pub(crate) fn marks(&self, id: &str) -> Option<Marks> {
        self.rows.get(id).map(PhoneRow::marks)
    }

    /// Whether people said something of a phone that asked from there.
    pub(crate) fn is_marked_at(&self, address: IpAddr) -> bool {
        self.rows.values().any(|row| row.source.ip() == address && row.marks().is_any())
    }

    /// Whether no other phone asked from there.
    pub(crate) fn is_alone_at(&self, address: IpAddr, id: &str) -> bool {
        let was_there = |row: &PhoneRow| {
            row.source.ip() == address || row.also_at.iter().any(|place| place.address == address)
        };
        !self.rows.values().any(|row| row.phone.id != id && was_there(row))
    }

    /// Lets people say something else of a phone; what they said before.
    pub(crate) fn set_marks(&mut self, id: &str, marks: &Marks) -> Option<Marks> {
        let row = self.rows.get_mut(id)?;
        let (before, last) = (row.marks(), row.last_asked);
        row.set_marks(marks.clone());
        self.put_in(last, id, marks);
        Some(before)
    }

    /// Forgets a phone.
    pub(crate) fn remove(&mut self, id: &str) {
        if let Some(row) = self.rows.remove(id) {
            self.take_out(row.last_asked, id);
        }
        self.timelines.remove(id);
        self.asked.remove(id);
    }

    fn put_in(&mut self, last: Timestamp, id: &str, marks: &Marks) {
        let entry = (last, id.to_owned());
        if marks.is_any() {
            self.unmarked.remove(&entry);
        } else {
            self.unmarked.insert(entry.clone());
        }
        self.by_last.insert(entry);
    }

    fn take_out(&mut self, last: Timestamp, id: &str) {
        let entry = (last, id.to_owned());
        self.by_last.remove(&entry);
        self.unmarked.remove(&entry);
    }

    fn note(&mut self, id: &str) {
        if let Some(changed) = &mut self.changed {
            changed.insert(id.to_owned());
        }
    }

    /// Something happened in an exchange.
    pub(crate) fn happened(&mut self, token: Token, event: &TimedEvent) {
        let Some(phone) = self.exchanges.get(&token) else { return };
        let timeline = self.timelines.entry(phone.id.clone()).or_default();
        append(timeline, event.clone());
    }

    /// Something was said of a phone.
    pub(crate) fn said_of(&mut self, id: &str, event: TimedEvent) {
        append(self.timelines.entry(id.to_owned()).or_default(), event);
    }

    /// A phone's row and what happened to it.
    pub(crate) fn known(&self, id: &str) -> Option<(PhoneRow, Vec<TimedEvent>)> {
        let timeline = self.timelines.get(id).into_iter().flatten().cloned().collect();
        self.rows.get(id).map(|row| (row.clone(), timeline))
    }

    /// The rows, the phone that asked last first.
    pub(crate) fn rows(&self) -> Vec<PhoneRow> {
        self.by_last.iter().rev().filter_map(|(_, id)| self.rows.get(id).cloned()).collect()
    }

    /// How each phone asked last, in the order of the rows.
    pub(crate) fn last_asked(&self) -> impl Iterator<Item = (&PhoneRow, &LastAsked)> {
        let ids = self.by_last.iter().rev().map(|(_, id)| id);
        ids.filter_map(|id| Some((self.rows.get(id)?, self.asked.get(id)?)))
    }

    /// How many were forgotten to make room since the last call.
    pub(crate) fn take_forgotten(&mut self) -> u64 {
        std::mem::take(&mut self.forgotten)
    }

    fn remember(&mut self, token: Token, phone: &Arc<Phone>) {
        self.exchanges.insert(token, phone.clone());
        self.order.push_back(token);
        if self.order.len() > MOST_EXCHANGES
            && let Some(oldest) = self.order.pop_front()
        {
            self.exchanges.remove(&oldest);
        }
    }

    fn forget_the_most_silent(&mut self) {
        while self.unmarked.len() > MOST_PHONES {
            let Some((_, id)) = self.unmarked.pop_first() else { return };
            self.remove(&id);
            self.forgotten += 1;
        }
    }
}

fn append(timeline: &mut VecDeque<TimedEvent>, event: TimedEvent) {
    timeline.push_back(event);
    while timeline.len() > MOST_EVENTS {
        timeline.pop_front();
    }
}
