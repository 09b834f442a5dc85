//! Owns what is known of the phones so far: one row each, and which exchange belongs to which phone. Bounded: the
//! phone that was silent longest goes first. Knows no protocol.

mod exchanges;
mod order;

use crate::clock::Timestamp;
use crate::dry_run::LastAsked;
use crate::event::TimedEvent;
use crate::marks::Marks;
use crate::phone::Phone;
use crate::view::PhoneRow;
use exchanges::Exchanges;
use fingerpost_core::pnp::{Mac, Token};
use order::Order;
use std::collections::{BTreeSet, HashMap, VecDeque};
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

/// Phones remembered at once of which nobody said anything.
const MOST_PHONES: usize = crate::memory::MOST_PHONES as usize;
/// Events remembered of one phone: some five exchanges.
const MOST_EVENTS: usize = 24;

#[derive(Debug, Default)]
pub(crate) struct Phones {
    /// Boxed, for a row is large and often moved.
    known: HashMap<Key, Box<Known>>,
    by_id: HashMap<String, Key>,
    order: Order,
    /// Rows that changed since somebody last looked; where nobody looks they are not counted.
    changed: Option<BTreeSet<Key>>,
    exchanges: Exchanges,
    last_key: u64,
    /// Forgotten to make room since somebody last asked.
    forgotten: u64,
}

/// A phone, whatever it is known by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Key(u64);

/// What is known of a phone.
#[derive(Debug)]
struct Known {
    row: PhoneRow,
    /// What it was judged by.
    asked: Option<LastAsked>,
    timeline: VecDeque<TimedEvent>,
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
        let key = self.key_of(&phone.id);
        self.exchanges.put(token, key, phone);
        let before = self.take(key);
        let before_row = before.as_ref().map(|known| &known.row);
        let row = PhoneRow::asking(phone, at, source, &last_asked, before_row);
        let asked = Some(last_asked);
        let known = match before {
            Some(mut known) => {
                (known.row, known.asked) = (row, asked);
                known
            }
            None => Box::new(Known { row, asked, timeline: VecDeque::new() }),
        };
        self.put(key, known);
        self.note(key);
        self.forget_the_most_silent();
    }

    /// An exchange of our own with the phone `id`.
    pub(crate) fn speak_of(&mut self, token: Token, id: &str) {
        let Some(key) = self.by_id.get(id) else { return };
        if let Some(known) = self.known.get(key) {
            self.exchanges.put(token, *key, &known.row.phone);
        }
    }

    /// A phone's row and how it asked last.
    pub(crate) fn asked_as(&self, id: &str) -> Option<(&PhoneRow, &LastAsked)> {
        self.named(id)?.as_asked()
    }

    /// The hardware address of the phone that asked from there last.
    pub(crate) fn mac_at(&self, source: SocketAddr, interface: &str) -> Option<Mac> {
        let is_there = |row: &&PhoneRow| row.source == source && row.interface == interface;
        self.latest_first().map(|known| &known.row).find(is_there)?.phone.mac
    }

    /// The phone of an exchange turned out to have this hardware address: it is known by it from now on. The name that
    /// it went by before; `None` where it has one already.
    pub(crate) fn identified(&mut self, token: Token, mac: Mac) -> Option<String> {
        let (key, phone) = self.exchanges.get(token).filter(|(_, phone)| phone.mac.is_none())?;
        let formerly = phone.id.clone();
        let is_same = |known: &Known| known.row.phone.id == formerly && known.asked.is_some();
        let is_known = self.known.get(&key).is_some_and(|known| is_same(known));
        let Known { row, asked, timeline } = *is_known.then(|| self.take(key))??;
        self.by_id.remove(&formerly);
        let phone = Arc::new(Phone::clone(&row.phone).with_link_address(mac));
        let asked = asked.map(|asked| asked.with_link_address(mac));
        let other = self.by_id.insert(phone.id.clone(), key);
        let before = other.and_then(|other| self.take(other));
        let row = row.joined_with(before.as_ref().map(|known| &known.row));
        let mut timelines = before.map(|known| known.timeline).unwrap_or_default();
        timelines.extend(timeline);
        let row = PhoneRow { phone: phone.clone(), ..row };
        self.put(key, Box::new(Known { row, asked, timeline: timelines }));
        self.exchanges.identify(key, other, &phone);
        self.note(key);
        Some(formerly)
    }

    /// The phone of an exchange.
    pub(crate) fn of(&self, token: Token) -> Option<&Arc<Phone>> {
        self.exchanges.get(token).map(|(_, phone)| phone)
    }

    /// Changes the row of an exchange's phone.
    pub(crate) fn change(&mut self, token: Token, change: impl FnOnce(&mut PhoneRow)) {
        let Some((key, _)) = self.exchanges.get(token) else { return };
        if let Some(known) = self.known.get_mut(&key) {
            change(&mut known.row);
            self.note(key);
        }
    }

    /// The row of an exchange's phone.
    pub(crate) fn row_of(&self, token: Token) -> Option<&PhoneRow> {
        self.known_of(token).map(|known| &known.row)
    }

    /// How an exchange's phone asked last.
    pub(crate) fn asking_of(&self, token: Token) -> Option<&LastAsked> {
        self.known_of(token)?.asked.as_ref()
    }

    /// A phone of an earlier run.
    pub(crate) fn remember_row(&mut self, row: PhoneRow) {
        let key = self.key_of(&row.phone.id);
        let before = self.take(key);
        let (asked, timeline) =
            before.map(|known| (known.asked, known.timeline)).unwrap_or_default();
        let asked = LastAsked::of(&row).or(asked);
        self.put(key, Box::new(Known { row, asked, timeline }));
        self.forget_the_most_silent();
    }

    /// From now on it is written down which rows change.
    pub(crate) fn watch(&mut self) {
        self.changed = Some(BTreeSet::new());
    }

    /// The rows that changed since the last call.
    pub(crate) fn take_changed(&mut self) -> Vec<PhoneRow> {
        let changed = self.changed.as_mut().map(std::mem::take).unwrap_or_default();
        changed.iter().filter_map(|key| Some(self.known.get(key)?.row.clone())).collect()
    }

    /// What people say of a phone; `None` where there is no such phone.
    pub(crate) fn marks(&self, id: &str) -> Option<Marks> {
        self.named(id).map(|known| known.row.marks())
    }

    /// Whether people said something of a phone that asked from there.
    pub(crate) fn is_marked_at(&self, address: IpAddr) -> bool {
        self.rows_in_any_order().any(|row| row.source.ip() == address && row.is_marked())
    }

    /// Whether no other phone asked from there.
    pub(crate) fn is_alone_at(&self, address: IpAddr, id: &str) -> bool {
        let was_there = |row: &PhoneRow| {
            row.source.ip() == address || row.also_at.iter().any(|place| place.address == address)
        };
        !self.rows_in_any_order().any(|row| row.phone.id != id && was_there(row))
    }

    /// Lets people say something else of a phone; what they said before.
    pub(crate) fn set_marks(&mut self, id: &str, marks: &Marks) -> Option<Marks> {
        let key = *self.by_id.get(id)?;
        let row = &mut self.known.get_mut(&key)?.row;
        let before = row.marks();
        row.set_marks(marks.clone());
        self.order.put(row.last_asked, key, marks.is_any());
        Some(before)
    }

    /// Forgets a phone.
    pub(crate) fn remove(&mut self, id: &str) {
        if let Some(key) = self.by_id.remove(id) {
            self.take(key);
        }
    }

    /// Something happened in an exchange.
    pub(crate) fn happened(&mut self, token: Token, event: &TimedEvent) {
        let Some((key, _)) = self.exchanges.get(token) else { return };
        if let Some(known) = self.known.get_mut(&key) {
            known.append(event.clone());
        }
    }

    /// Something was said of a phone.
    pub(crate) fn said_of(&mut self, id: &str, event: TimedEvent) {
        let known = self.by_id.get(id).and_then(|key| self.known.get_mut(key));
        if let Some(known) = known {
            known.append(event);
        }
    }

    /// A phone's row and what happened to it.
    pub(crate) fn known(&self, id: &str) -> Option<(PhoneRow, Vec<TimedEvent>)> {
        let known = self.named(id)?;
        Some((known.row.clone(), known.timeline.iter().cloned().collect()))
    }

    /// The rows, the phone that asked last first.
    pub(crate) fn rows(&self) -> Vec<PhoneRow> {
        self.latest_first().map(|known| known.row.clone()).collect()
    }

    /// How each phone asked last, in the order of the rows.
    pub(crate) fn last_asked(&self) -> impl Iterator<Item = (&PhoneRow, &LastAsked)> {
        self.latest_first().filter_map(Known::as_asked)
    }

    /// How many were forgotten to make room since the last call.
    pub(crate) fn take_forgotten(&mut self) -> u64 {
        std::mem::take(&mut self.forgotten)
    }

    fn key_of(&mut self, id: &str) -> Key {
        if let Some(key) = self.by_id.get(id) {
            return *key;
        }
        self.last_key += 1;
        self.by_id.insert(id.to_owned(), Key(self.last_key));
        Key(self.last_key)
    }

    fn named(&self, id: &str) -> Option<&Known> {
        self.known.get(self.by_id.get(id)?).map(Box::as_ref)
    }

    fn known_of(&self, token: Token) -> Option<&Known> {
        self.known.get(&self.exchanges.get(token)?.0).map(Box::as_ref)
    }

    fn latest_first(&self) -> impl Iterator<Item = &Known> {
        self.order.latest_first().filter_map(|key| self.known.get(&key).map(Box::as_ref))
    }

    fn rows_in_any_order(&self) -> impl Iterator<Item = &PhoneRow> {
        self.known.values().map(|known| &known.row)
    }

    fn put(&mut self, key: Key, known: Box<Known>) {
        self.order.put(known.row.last_asked, key, known.row.is_marked());
        self.known.insert(key, known);
    }

    fn take(&mut self, key: Key) -> Option<Box<Known>> {
        let known = self.known.remove(&key)?;
        self.order.take_out(known.row.last_asked, key);
        Some(known)
    }

    fn note(&mut self, key: Key) {
        if let Some(changed) = &mut self.changed {
            changed.insert(key);
        }
    }

    fn forget_the_most_silent(&mut self) {
        while let Some(key) = self.order.over(MOST_PHONES) {
            let Some(known) = self.take(key) else { return };
            self.by_id.remove(&known.row.phone.id);
            self.forgotten += 1;
        }
    }
}

impl Known {
    fn as_asked(&self) -> Option<(&PhoneRow, &LastAsked)> {
        Some((&self.row, self.asked.as_ref()?))
    }

    fn append(&mut self, event: TimedEvent) {
        self.timeline.push_back(event);
        while self.timeline.len() > MOST_EVENTS {
            self.timeline.pop_front();
        }
    }
}
