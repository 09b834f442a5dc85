//! Owns one exchange: what was asked, what was answered, what is still due. Decides nothing by itself.

use super::schedule::Schedule;
use super::{Token, schedule};
use crate::build::BuildError;
use crate::dialog::DialogError;
use crate::message::Message;
use crate::notifier::NotifierError;
use crate::pnp::answer::{Answered, Notice, Ours, both, notifier, notify};
use crate::pnp::subscription::{IgnoreReason, Subscription};
use crate::pnp::{Arrival, CardId, Dialect, Identity, Switches, Transmit};
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
    pub(super) is_multicast: bool,
    pub(super) transaction: ServerTransaction,
    pub(super) call_id: Vec<u8>,
    pub(super) product: Product,
    /// Seconds that are granted.
    pub(super) expires: u32,
    /// The schemes that the phone takes, as it lists them.
    schemes: Option<String>,
    pub(super) asked_at: Instant,
    pub(super) tag: String,
    pub(super) stage: Stage,
    /// When it wants to be woken.
    pub(super) due: Instant,
    /// The NOTIFYs that were written, by number and shape: a response says by its number which one it answers.
    pub(super) written: Vec<(u32, Dialect)>,
    pub(super) is_acknowledged: bool,
    pub(super) switches: Switches,
    /// Which of the policies in force, one after the other, it was put to; none, where what it was put to lacked something.
    pub(super) policy: Option<u64>,
    /// Whether something was answered, or nothing on purpose: what is asked again is not put to a policy again.
    pub(super) is_answered: bool,
    /// Where the phone was granted time: until when.
    pub(super) lasting: Option<Lasting>,
    /// Number of the next NOTIFY.
    pub(super) number: u32,
    /// When it can be forgotten at the earliest.
    pub(super) kept_until: Instant,
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
    /// Nothing more is sent of our own accord, until the subscription ends.
    Settled,
}

/// A subscription that lasts (RFC 6665 §4.2).
#[derive(Debug, Clone, Copy)]
pub(super) struct Lasting {
    pub(super) ends: Instant,
}

#[derive(Debug)]
pub(super) struct Notifying {
    /// `None`: the last word of a subscription.
    pub(super) url: Option<String>,
    pub(super) schedule: Schedule,
    pub(super) started: Instant,
    pub(super) cseq: u32,
    pub(super) bytes: Vec<u8>,
    /// The first one, where it was written together with the response.
    pub(super) ready: Option<Vec<u8>>,
}

impl Notifying {
    /// Begins at `now`, without a URL: the last word.
    pub(super) const fn begin(now: Instant, schedule: Schedule) -> Self {
        Self { url: None, schedule, started: now, cseq: 0, bytes: Vec::new(), ready: None }
    }

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
            is_multicast: arrival.is_multicast,
            transaction: ServerTransaction::named(asked.transaction.clone(), Timers::UDP),
            call_id: asked.call_id(),
            product,
            expires: asked.expires(),
            schemes: asked.schemes(),
            asked_at: now,
            tag,
            stage: Stage::Undecided,
            due: now + DECIDED_WITHIN,
            written: Vec::new(),
            is_acknowledged: false,
            switches: Switches::default(),
            policy: None,
            is_answered: false,
            lasting: None,
            // It grows with the phone's own, so that it also grows within a dialog of RFC 2543, which has no name.
            number: asked.cseq.number & 0x3FFF_FFFF,
            kept_until: now + REMEMBERED,
            request: arrival.bytes.to_vec(),
        }
    }

    /// The same within a subscription that there is: its name and its numbers go on.
    pub(super) fn within(mut self, before: &Self) -> Self {
        self.tag.clone_from(&before.tag);
        self.number = before.number;
        self
    }

    /// Whether the phone takes a URL with this scheme.
    pub(super) fn takes_scheme_of(&self, url: &str) -> bool {
        let Some(listed) = &self.schemes else { return true };
        let Some((scheme, _)) = url.split_once(':') else { return true };
        listed.split(',').any(|one| one.trim().eq_ignore_ascii_case(scheme))
    }

    /// Whether the datagram came from the same phone on the same card.
    pub(super) fn is_of(&self, arrival: &Arrival<'_>) -> bool {
        self.card == arrival.card && self.source == arrival.source
    }

    /// The same, whichever port it was sent from: a phone may refresh from another one.
    pub(super) fn is_from(&self, arrival: &Arrival<'_>) -> bool {
        self.card == arrival.card && self.source.ip() == arrival.source.ip()
    }

    /// Opens the question anew where nobody was answered yet and `policy` was not asked.
    pub(super) fn reopen(&mut self, now: Instant, policy: u64) -> bool {
        let is_open = matches!(self.stage, Stage::Settled)
            && !self.is_answered
            && self.policy != Some(policy);
        if is_open {
            self.stage = Stage::Undecided;
            self.due = now + DECIDED_WITHIN;
            self.kept_until = self.kept_until.max(self.due);
        }
        is_open
    }

    /// Whether Call-ID and our tag name its dialog (RFC 3261 §12).
    pub(super) fn is_dialog(&self, call_id: &[u8], tag: &str) -> bool {
        self.call_id == call_id && self.tag == tag
    }

    /// Whether nothing more is due: all that would be forgotten with it is how to answer a repeated question.
    pub(super) fn is_done(&self) -> bool {
        matches!(self.stage, Stage::Settled) && self.lasting.is_none()
    }

    /// Whether `request` carries this subscription on (RFC 6665 §4.1.2.2).
    pub(super) fn takes(&self, now: Instant, request: &Message<'_>) -> Result<(), IgnoreReason> {
        let gone = || IgnoreReason::NoSubscription;
        if self.lasting.is_none() {
            return Err(gone());
        }
        let own = Message::parse(&self.request).map_err(|_| gone())?;
        let own = Subscription::read_again(own)?;
        let mut notifier = notifier(&own, &self.ours()).map_err(|_| gone())?;
        notifier.handle_subscribe(now, request).map_err(|error| match error {
            NotifierError::Dialog(DialogError::OutOfOrder { .. }) => IgnoreReason::OutOfOrder,
            _ => gone(),
        })
    }

    /// When it wants to be woken while nothing is on its way.
    pub(super) fn rests_until(&self) -> Instant {
        self.lasting.map_or(self.kept_until, |lasting| lasting.ends)
    }

    /// The shape of the NOTIFY with this number.
    pub(super) fn shape_of(&self, cseq: u32) -> Option<Dialect> {
        self.written.iter().find(|(number, _)| *number == cseq).map(|(_, dialect)| *dialect)
    }

    /// Sends the final response, which the transaction keeps. Its Timer J counts from when the phone asked, as the
    /// exchange does.
    pub(super) fn respond(&mut self, status: u16, response: Vec<u8>) -> Option<Transmit> {
        self.transaction.respond_with(self.asked_at, status, response).ok()?;
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
        let asked =
            Subscription::read_again(message).map_err(|reason| alloc::format!("{reason}"))?;
        write(&asked, &self.ours()).map_err(|error| alloc::format!("{error}"))
    }

    fn ours(&self) -> Ours<'_> {
        let Self { switches, local, source, ref tag, .. } = *self;
        Ours { switches, local, source, tag }
    }

    /// The first NOTIFY, where it is written already.
    pub(super) fn take_ready(&mut self) -> Option<Vec<u8>> {
        match &mut self.stage {
            Stage::Notifying(notifying) => notifying.ready.take(),
            Stage::Undecided | Stage::Settled => None,
        }
    }

    /// Writes the next NOTIFY in `dialect`.
    pub(super) fn write_notify(&self, branch: &str, dialect: Dialect) -> Result<Vec<u8>, String> {
        let url = match &self.stage {
            Stage::Notifying(notifying) => notifying.url.as_deref(),
            Stage::Undecided | Stage::Settled => None,
        };
        let notice = Notice { url, branch, cseq: self.number };
        self.write(|asked, ours| notify(asked, ours, &notice, dialect))
    }

    /// Writes the 200 and the first NOTIFY, in `dialect`.
    pub(super) fn write_both(
        &self,
        url: &str,
        branch: &str,
        dialect: Dialect,
    ) -> Result<Answered, String> {
        let notice = Notice { url: Some(url), branch, cseq: self.number };
        self.write(|asked, ours| both(asked, ours, &notice, dialect))
    }

    /// What is on its way to the phone unacknowledged, within its patience.
    pub(super) fn tried_in_vain(&self, now: Instant) -> Option<Schedule> {
        match &self.stage {
            Stage::Notifying(notifying) if !notifying.is_over(now) => Some(notifying.schedule),
            _ => None,
        }
    }
}
