//! Owns one exchange: what was asked, what was answered, what is still due. Decides nothing by itself.

use super::schedule::Schedule;
use super::{Token, schedule};
use crate::build::BuildError;
use crate::message::Message;
use crate::pnp::answer::{Notice, Ours, notify};
use crate::pnp::subscription::Subscription;
use crate::pnp::{Arrival, CardId, Dialect, Identity, Transmit};
use crate::time::Instant;
use crate::transaction::{ServerTransaction, Timers};
use alloc::string::String;
use alloc::vec::Vec;
use core::net::SocketAddr;
use core::time::Duration;

/// How long an exchange is remembered (RFC 3261 §17.2.2).
pub(super) const REMEMBERED: Duration = Timers::UDP.timer_j();
/// How long a decision may take.
pub(super) const DECIDED_WITHIN: Duration = Duration::from_secs(5);

#[derive(Debug)]
pub(super) struct Exchange {
    pub(super) token: Token,
    pub(super) card: CardId,
    pub(super) local: SocketAddr,
    pub(super) source: SocketAddr,
    pub(super) transaction: ServerTransaction,
    pub(super) call_id: Vec<u8>,
    pub(super) product: Product,
    pub(super) asked_at: Instant,
    pub(super) tag: String,
    pub(super) stage: Stage,
    /// When it wants to be woken.
    pub(super) due: Instant,
    /// The NOTIFYs that were written, by number and shape: a response says by its number which one it answers.
    pub(super) written: Vec<(u32, Dialect)>,
    pub(super) is_acknowledged: bool,
    request: Vec<u8>,
}

/// What a learned shape is remembered by: vendor, model, version.
pub(super) type Product = [Option<String>; 3];

pub(super) fn product(phone: &Identity) -> Product {
    [phone.vendor.clone(), phone.model.clone(), phone.version.clone()]
}

#[derive(Debug)]
pub(super) enum Stage {
    /// Nobody decided yet.
    Undecided,
    /// A NOTIFY is on its way.
    Notifying(Notifying),
    /// Nothing more is sent of our own accord.
    Settled,
}

#[derive(Debug)]
pub(super) struct Notifying {
    pub(super) url: String,
    pub(super) schedule: Schedule,
    pub(super) started: Instant,
    pub(super) cseq: u32,
    pub(super) bytes: Vec<u8>,
}

impl Notifying {
    pub(super) fn due(&self) -> Instant {
        self.started + self.schedule.next()
    }

    /// Whether the phone's patience has ended: whatever is due is not worth sending any more.
    pub(super) fn is_over(&self, now: Instant) -> bool {
        now.since(self.started) >= schedule::GIVE_UP
    }
}

impl Exchange {
    pub(super) fn new(
        token: Token,
        now: Instant,
        arrival: &Arrival<'_>,
        asked: &Subscription<'_>,
        local: SocketAddr,
        tag: String,
        product: Product,
    ) -> Self {
        Self {
            token,
            card: arrival.card,
            local,
            source: arrival.source,
            transaction: ServerTransaction::named(asked.transaction.clone(), Timers::UDP),
            call_id: asked.call_id(),
            product,
            asked_at: now,
            tag,
            stage: Stage::Undecided,
            due: now + DECIDED_WITHIN,
            written: Vec::new(),
            is_acknowledged: false,
            request: arrival.bytes.to_vec(),
        }
    }

    /// The shape of the NOTIFY with this number.
    pub(super) fn shape_of(&self, cseq: u32) -> Option<Dialect> {
        self.written.iter().find(|(number, _)| *number == cseq).map(|(_, dialect)| *dialect)
    }

    pub(super) fn forgotten_at(&self) -> Instant {
        self.asked_at + REMEMBERED
    }

    /// Sends the final response, which the transaction keeps. Its Timer J counts from when the phone asked, as the
    /// exchange does.
    pub(super) fn respond(&mut self, response: Vec<u8>) -> Option<Transmit> {
        self.transaction.respond(self.asked_at, response).ok()?;
        self.transaction.poll_transmit().map(|bytes| self.transmit(bytes))
    }

    /// The phone asked the same again: the same response, where there is one.
    pub(super) fn repeat(&mut self) -> Option<Transmit> {
        self.transaction.handle_repeated();
        while self.transaction.poll_event().is_some() {}
        self.transaction.poll_transmit().map(|bytes| self.transmit(bytes))
    }

    /// A datagram of ours to the phone: to where it asked from, never to an address out of its message.
    pub(super) fn transmit(&self, bytes: Vec<u8>) -> Transmit {
        let exchange = Some(self.token);
        Transmit { card: self.card, from: self.local, to: self.source, bytes, exchange }
    }

    /// Writes an answer out of the SUBSCRIBE, which was read once before and is read again.
    pub(super) fn write<T>(
        &self,
        write: impl FnOnce(&Subscription<'_>, &Ours<'_>) -> Result<T, BuildError>,
    ) -> Result<T, String> {
        let message = Message::parse(&self.request).map_err(|error| alloc::format!("{error}"))?;
        let asked = Subscription::read(message).map_err(|reason| alloc::format!("{reason}"))?;
        let ours = Ours { local: self.local, source: self.source, tag: &self.tag };
        write(&asked, &ours).map_err(|error| alloc::format!("{error}"))
    }

    /// Writes the NOTIFY in `dialect`. Its number grows with the phone's own, so that it also grows within a dialog
    /// that the phone refreshes (RFC 3261 §12.2.1.1), and with each NOTIFY of this exchange.
    pub(super) fn write_notify(
        &self,
        url: &str,
        branch: &str,
        written: u32,
        dialect: Dialect,
    ) -> Result<(u32, Vec<u8>), String> {
        self.write(|asked, ours| {
            let cseq = (asked.cseq.number & 0x3FFF_FFFF) + written;
            let notice = Notice { url, branch, cseq };
            notify(asked, ours, &notice, dialect).map(|bytes| (cseq, bytes))
        })
    }

    /// What is on its way to the phone unacknowledged, within its patience.
    pub(super) fn tried_in_vain(&self, now: Instant) -> Option<Schedule> {
        match &self.stage {
            Stage::Notifying(notifying) if !notifying.is_over(now) => Some(notifying.schedule),
            _ => None,
        }
    }
}
