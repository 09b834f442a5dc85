//! Owns the record of a run: every datagram with its fate, everything that hosts had to say, in order of time.

use crate::{Datagram, HostId, Note};
use fingerpost_core::Instant;
use fingerpost_core::pnp::{CardId, PhoneEvent, ResponderEvent};
use std::collections::BTreeSet;
use std::rc::Rc;

/// What became of a datagram, at one receiver.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// It was sent; what became of it follows in entries of its own.
    Sent,
    /// It arrived.
    Delivered {
        /// At whom.
        host: HostId,
        /// On which card.
        card: CardId,
    },
    /// It arrived once more.
    Duplicated {
        /// At whom.
        host: HostId,
        /// On which card.
        card: CardId,
    },
    /// It was lost.
    Lost {
        /// Who would have got it.
        host: HostId,
        /// On which card.
        card: CardId,
    },
    /// Nobody on the segment has that address.
    Unreachable,
}

impl Fate {
    /// The host that got it, where one did.
    #[must_use]
    pub const fn receiver(self) -> Option<HostId> {
        match self {
            Self::Delivered { host, .. } | Self::Duplicated { host, .. } => Some(host),
            Self::Sent | Self::Lost { .. } | Self::Unreachable => None,
        }
    }
}

/// One step of a datagram.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    /// When.
    pub at: Instant,
    /// Which datagram.
    pub datagram: Rc<Datagram>,
    /// What happened to it.
    pub fate: Fate,
}

/// Something that a host had to say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Noted {
    /// When.
    pub at: Instant,
    /// Who.
    pub host: HostId,
    /// What.
    pub note: Note,
}

/// The record of a run.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Log {
    pub(crate) passages: Vec<Passage>,
    pub(crate) notes: Vec<Noted>,
}

impl Log {
    /// Every step of every datagram.
    #[must_use]
    pub fn passages(&self) -> &[Passage] {
        &self.passages
    }

    /// Everything that hosts had to say.
    #[must_use]
    pub fn notes(&self) -> &[Noted] {
        &self.notes
    }

    /// Every datagram, once.
    pub fn sent(&self) -> impl Iterator<Item = &Datagram> {
        let sent = self.passages.iter().filter(|passage| passage.fate == Fate::Sent);
        sent.map(|passage| passage.datagram.as_ref())
    }

    /// Every datagram of `host`, once.
    pub fn sent_by(&self, host: HostId) -> impl Iterator<Item = &Datagram> {
        self.sent().filter(move |datagram| datagram.sender == Some(host))
    }

    /// What arrived at `host`, copies too, with the time and the card.
    pub fn arrived_at(&self, host: HostId) -> impl Iterator<Item = &Passage> {
        self.passages.iter().filter(move |passage| passage.fate.receiver() == Some(host))
    }

    /// How many steps were as `is` says.
    pub fn count(&self, is: impl Fn(&Fate) -> bool) -> usize {
        self.passages.iter().filter(|passage| is(&passage.fate)).count()
    }

    /// What `host` had to say.
    pub fn notes_of(&self, host: HostId) -> impl Iterator<Item = &Noted> {
        self.notes.iter().filter(move |noted| noted.host == host)
    }

    /// What happened to the servers, with its time.
    pub fn responder_events(&self) -> impl Iterator<Item = (Instant, &ResponderEvent)> {
        self.notes.iter().filter_map(|noted| match &noted.note {
            Note::Responder(event) => Some((noted.at, event)),
            Note::Phone(_) => None,
        })
    }

    /// What happened to one phone, with its time.
    pub fn phone_events(&self, host: HostId) -> impl Iterator<Item = (Instant, &PhoneEvent)> {
        self.notes_of(host).filter_map(|noted| match &noted.note {
            Note::Phone(event) => Some((noted.at, event)),
            Note::Responder(_) => None,
        })
    }

    /// When a phone asked, in milliseconds from the run's beginning.
    #[must_use]
    pub fn asked_ms(&self, phone: HostId) -> Vec<u64> {
        let asked = self.phone_events(phone).filter(|(_, e)| matches!(e, PhoneEvent::Asked { .. }));
        asked.map(|(at, _)| at.as_micros() / 1_000).collect()
    }

    /// Every URL that a phone took, with its time.
    pub fn urls_of(&self, phone: HostId) -> impl Iterator<Item = (Instant, &str)> {
        self.phone_events(phone).filter_map(|(at, event)| match event {
            PhoneEvent::Notified { url, .. } => Some((at, url.as_str())),
            _ => None,
        })
    }

    /// Every phone that took a URL.
    #[must_use]
    pub fn served(&self) -> BTreeSet<HostId> {
        let took = |noted: &&Noted| matches!(noted.note, Note::Phone(PhoneEvent::Notified { .. }));
        self.notes.iter().filter(took).map(|noted| noted.host).collect()
    }

    /// The URL that a phone took first.
    #[must_use]
    pub fn url_of(&self, phone: HostId) -> Option<&str> {
        self.urls_of(phone).next().map(|(_, url)| url)
    }
}
