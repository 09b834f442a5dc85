//! Owns what a window or a page shows: the engine's state at one moment, ready to be drawn.

use crate::clock::Timestamp;
use crate::dry_run::LastAsked;
use crate::event::{CardState, TimedEvent};
use crate::marks::{Adoption, Marks};
use crate::phone::{Evidence, Phone};
use crate::recorder::Recorded;
use crate::simulation::is_simulated;
use crate::trouble::Trouble;
use fingerpost_core::pnp::Dialect;
use fingerpost_rules::Mode;
use serde::{Deserialize, Serialize};
use std::net::{IpAddr, Ipv4Addr, SocketAddr, SocketAddrV4};
use std::sync::Arc;

/// The engine's state.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[non_exhaustive]
pub struct View {
    /// When.
    pub time: Timestamp,
    /// Whether phones are answered or only looked at.
    #[cfg_attr(test, ts(type = "\"answer\" | \"observe\""))]
    pub mode: Mode,
    /// How things stand, in one sentence.
    pub state: String,
    /// On how many cards phones are heard, what is broken and what to do, in one sentence.
    pub health: String,
    /// What is wrong, the worst first.
    pub troubles: Vec<Trouble>,
    /// The URL for phones that no rule names.
    pub url: Option<String>,
    /// Rules of the policy besides.
    #[cfg_attr(test, ts(type = "number"))]
    pub rules: usize,
    /// The group that phones ask, and its port.
    pub group: SocketAddrV4,
    /// Cards, in the system's order.
    pub cards: Vec<CardView>,
    /// Phones, the one that asked last first.
    pub phones: Vec<PhoneRow>,
    /// What [`Command::Undo`](crate::Command::Undo) would take back.
    pub undo: Option<Undoable>,
    /// Datagrams that got no answer.
    #[cfg_attr(test, ts(type = "number"))]
    pub ignored: u64,
    /// Datagrams lost because they came faster than they were read.
    #[cfg_attr(test, ts(type = "number"))]
    pub dropped: u64,
    /// Why the policy file on the disk is not followed: the one before it holds.
    pub policy_problem: Option<String>,
    /// Where phones and their exchanges are remembered; `None`: they are forgotten at the end.
    pub memory: Option<MemoryView>,
}

/// A change of what is said of phones, which can be taken back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[non_exhaustive]
pub struct Undoable {
    /// What was done, in words: `adopted`, `tagged "lobby"`.
    pub what: String,
    /// Of how many phones.
    #[cfg_attr(test, ts(type = "number"))]
    pub phones: usize,
}

impl Undoable {
    pub(crate) const fn new(what: String, phones: usize) -> Self {
        Self { what, phones }
    }
}

/// How the memory stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[non_exhaustive]
pub struct MemoryView {
    /// Its file.
    pub file: String,
    /// Why nothing can be written now.
    pub problem: Option<String>,
    /// Datagrams and states of exchanges that could not be written.
    #[cfg_attr(test, ts(type = "number"))]
    pub lost: u64,
    /// Exchanges that went to make room for newer ones.
    #[cfg_attr(test, ts(type = "number"))]
    pub forgotten: u64,
}

impl MemoryView {
    pub(crate) const fn new(file: String) -> Self {
        Self { file, problem: None, lost: 0, forgotten: 0 }
    }
}

/// A card.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[non_exhaustive]
pub struct CardView {
    /// Its name.
    pub name: String,
    /// Our addresses on it.
    pub addresses: Vec<Ipv4Addr>,
    /// How it stands.
    pub state: CardState,
    /// Why it stands so, where it does not listen as wished.
    pub reason: Option<String>,
}

/// A phone and how far it came.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[non_exhaustive]
pub struct PhoneRow {
    /// Who.
    pub phone: Arc<Phone>,
    /// Where it asked from last.
    pub source: SocketAddr,
    /// The card on which it asked last.
    pub interface: String,
    /// When it first asked.
    pub first_asked: Timestamp,
    /// When it last asked.
    pub last_asked: Timestamp,
    /// How often it asked.
    #[cfg_attr(test, ts(type = "number"))]
    pub asked: u64,
    /// How often it was sent a URL.
    #[cfg_attr(test, ts(type = "number"))]
    pub notified: u64,
    /// How far the last exchange came.
    pub state: PhoneState,
    /// The rule that matched last.
    pub rule: Option<String>,
    /// The URL it was sent last.
    pub url: Option<String>,
    /// In which shape.
    #[cfg_attr(test, ts(type = "\"rfc\" | \"manual\" | null"))]
    pub dialect: Option<Dialect>,
    /// Why it was ignored, or what it answered, in words.
    pub reason: Option<String>,
    /// What people call it.
    pub name: Option<String>,
    /// Tags that people gave it, which rules can ask for.
    pub tags: Vec<String>,
    /// Whether people took it in, or want nothing to do with it.
    pub adoption: Adoption,
    /// Whether it is known from an earlier run only: not heard since the start.
    pub is_remembered: bool,
    /// Whether no real phone has such a hardware address: it is made up.
    pub is_simulated: bool,
    /// Our address towards it.
    pub server: Option<IpAddr>,
    /// Where else this hardware address asked from in the ten minutes before it asked last, the latest first: two devices
    /// with one address, or a phone that moved.
    pub also_at: Vec<Elsewhere>,
}

/// Another place of a phone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[non_exhaustive]
pub struct Elsewhere {
    /// Its IP address there.
    pub address: IpAddr,
    /// The card on which it asked.
    pub interface: String,
    /// When it last asked from there.
    pub last_asked: Timestamp,
}

impl Elsewhere {
    /// As long as a phone that moved could not be told from two that share a hardware address.
    const WHILE_MILLIS: i64 = 10 * 60 * 1000;
    /// Places of one phone.
    const MOST: usize = 4;

    /// Where else a phone was that asks from `now_at` at `time`, and whose row is `before`.
    pub(crate) fn of(before: &PhoneRow, now_at: IpAddr, time: Timestamp) -> Vec<Self> {
        let (address, interface) = (before.source.ip(), before.interface.clone());
        let last = Self { address, interface, last_asked: before.last_asked };
        let mut places: Vec<Self> = std::iter::once(last)
            .chain(before.also_at.iter().filter(|place| place.address != address).cloned())
            .filter(|place| place.address != now_at)
            .filter(|place| time.as_millis() - place.last_asked.as_millis() <= Self::WHILE_MILLIS)
            .collect();
        places.truncate(Self::MOST);
        places
    }
}

impl View {
    /// The same without where each value of a phone was found, which is most of a long list: [`PhoneDetail`] tells it.
    #[must_use]
    pub fn without_evidence(mut self) -> Self {
        let none: Arc<[Evidence]> = Arc::default();
        for row in &mut self.phones {
            row.phone = Arc::new(row.phone.with_evidence(Arc::clone(&none)));
        }
        self
    }
}

impl PhoneRow {
    pub(crate) fn marks(&self) -> Marks {
        Marks { name: self.name.clone(), tags: self.tags.clone(), adoption: self.adoption }
    }

    pub(crate) fn set_marks(&mut self, marks: Marks) {
        let Marks { name, tags, adoption } = marks;
        (self.name, self.tags, self.adoption) = (name, tags, adoption);
    }
}

impl PhoneRow {
    /// The row of a phone that asks, with what was known of it before.
    pub(crate) fn asking(
        phone: &Arc<Phone>,
        at: Timestamp,
        source: SocketAddr,
        last_asked: &LastAsked,
        before: Option<&Self>,
    ) -> Self {
        let Marks { name, tags, adoption } = before.map(Self::marks).unwrap_or_default();
        Self {
            phone: phone.clone(),
            source,
            interface: last_asked.interface.clone(),
            first_asked: before.map_or(at, |row| row.first_asked),
            last_asked: at,
            asked: before.map_or(0, |row| row.asked) + 1,
            notified: before.map_or(0, |row| row.notified),
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
            also_at: before.map(|row| Elsewhere::of(row, source.ip(), at)).unwrap_or_default(),
        }
    }

    /// As [`Marks::is_any`] of [`PhoneRow::marks`], without a copy of them.
    pub(crate) fn is_marked(&self) -> bool {
        self.name.is_some() || !self.tags.is_empty() || self.adoption != Adoption::default()
    }

    /// The same with what was known of the phone under another name.
    pub(crate) fn joined_with(self, before: Option<&Self>) -> Self {
        let Some(before) = before else { return self };
        // What was said of the name that stays outweighs what was said of the one that goes.
        let said = if before.marks().is_any() { before.marks() } else { self.marks() };
        let Marks { name, tags, adoption } = said;
        Self {
            name,
            tags,
            adoption,
            first_asked: self.first_asked.min(before.first_asked),
            asked: self.asked + before.asked,
            notified: self.notified + before.notified,
            ..self
        }
    }
}

/// How far an exchange came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum PhoneState {
    /// It asked; nothing was said (yet).
    Asked,
    /// It got its 200, or a refusal.
    Answered,
    /// The NOTIFY is on its way.
    Notified,
    /// It took the NOTIFY.
    Acknowledged,
    /// The NOTIFY was sent and its answer never came.
    Unconfirmed,
    /// It refused the NOTIFY.
    Refused,
    /// A rule, or a missing value, kept us silent.
    Ignored,
}

/// Everything about one phone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[non_exhaustive]
pub struct PhoneDetail {
    /// Who, and how far it came.
    pub row: PhoneRow,
    /// What happened, oldest first.
    pub timeline: Vec<TimedEvent>,
    /// What was said, oldest first.
    pub messages: Vec<Recorded>,
}

impl PhoneDetail {
    /// The same with what happened and was said in `past` before any of it.
    pub(crate) fn after(mut self, mut past: Self) -> Self {
        let first = self.timeline.first().map(|event| event.time);
        past.timeline.retain(|event| first.is_none_or(|first| event.time < first));
        let first = self.messages.first().map(|message| message.time);
        past.messages.retain(|message| first.is_none_or(|first| message.time < first));
        past.timeline.append(&mut self.timeline);
        past.messages.append(&mut self.messages);
        Self { row: self.row, ..past }
    }
}
