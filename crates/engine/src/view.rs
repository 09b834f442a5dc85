//! Owns what a window or a page shows: the engine's state at one moment, ready to be drawn.

use crate::clock::Timestamp;
use crate::event::{CardState, Phone, TimedEvent};
use crate::recorder::Recorded;
use fingerpost_core::pnp::Dialect;
use fingerpost_rules::Mode;
use serde::Serialize;
use std::net::{Ipv4Addr, SocketAddr, SocketAddrV4};

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
    /// Datagrams that got no answer.
    #[cfg_attr(test, ts(type = "number"))]
    pub ignored: u64,
    /// Datagrams lost because they came faster than they were read.
    #[cfg_attr(test, ts(type = "number"))]
    pub dropped: u64,
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
    pub phone: Phone,
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
}

impl PhoneRow {
    /// The same with what was known of the phone under another name.
    pub(crate) fn joined_with(self, before: Option<&Self>) -> Self {
        let Some(before) = before else { return self };
        Self {
            first_asked: self.first_asked.min(before.first_asked),
            asked: self.asked + before.asked,
            notified: self.notified + before.notified,
            ..self
        }
    }
}

/// How far an exchange came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
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
