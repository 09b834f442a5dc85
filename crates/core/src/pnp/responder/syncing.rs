//! Owns check-sync: the NOTIFY that asks a phone to fetch its configuration anew, sent on somebody's order, outside any
//! subscription. Sent as often as the NOTIFY with a URL, and only from an address of ours on the phone's card. Whether
//! the phone may be asked is the caller's to know.

use super::schedule::{GIVE_UP, Schedule, Step};
use super::{Responder, ResponderEvent, Token};
use crate::build::{BuildError, HeaderValue, MessageBuilder};
use crate::entropy::hex_word;
use crate::message::{HeaderName as H, Message, Request};
use crate::pnp::{Arrival, CardId, Dialect, Transmit};
use crate::time::Instant;
use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::net::SocketAddr;

/// Check-syncs on their way at once; the oldest goes when there are more.
const MOST: usize = 1024;

/// A phone to be asked to fetch its configuration anew.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct CheckSync {
    /// The card it is on.
    pub card: CardId,
    /// Where it asked from.
    pub phone: SocketAddr,
    /// The value of Event: `check-sync;reboot=true`, say. See [`crate::pnp::sync::sync_event`].
    pub event: String,
    /// A URL as the body, which some vendors' phones want.
    pub url: Option<String>,
}

impl CheckSync {
    /// Asks the phone at `phone` on `card` with this Event.
    #[must_use]
    pub fn new(card: CardId, phone: SocketAddr, event: impl Into<String>) -> Self {
        Self { card, phone, event: event.into(), url: None }
    }

    /// The same with a URL as its body.
    #[must_use]
    pub fn with_url(mut self, url: Option<String>) -> Self {
        self.url = url;
        self
    }

    /// The message, from `local`; `noise` makes Call-ID, tag and branch (16 hex digits or more).
    ///
    /// # Errors
    /// [`BuildError`] where a part cannot stand in a message.
    pub fn write(&self, local: SocketAddr, noise: &str) -> Result<Vec<u8>, BuildError> {
        let target = format!("sip:{}", self.phone);
        let via = HeaderValue::via("UDP", local).with_flag("rport").with_branch(noise);
        let own = || HeaderValue::address(format!("sip:fingerpost@{local}"));
        let builder = Request::builder("NOTIFY", &target)
            .value(H::Via, via)
            .header(H::MaxForwards, "70")
            .value(H::From, own().with_param("tag", noise.get(..8).unwrap_or(noise)))
            .header(H::To, format!("<{target}>"))
            .header(H::CallId, format!("{noise}@{}", local.ip()))
            .header(H::CSeq, "1 NOTIFY")
            .value(H::Contact, own())
            .header(H::Event, &self.event)
            .header(H::SubscriptionState, "terminated");
        self.finish(builder)
    }

    fn finish(&self, builder: MessageBuilder) -> Result<Vec<u8>, BuildError> {
        match &self.url {
            Some(url) => builder.header(H::ContentType, "application/url").body(url.as_str()),
            None => builder,
        }
        .build()
    }
}

/// Those on their way.
#[derive(Debug, Default)]
pub(super) struct Syncs(BTreeMap<Token, Sync>);

#[derive(Debug)]
struct Sync {
    transmit: Transmit,
    call_id: Vec<u8>,
    schedule: Schedule,
    started: Instant,
}

impl Sync {
    fn due(&self) -> Instant {
        self.started + self.schedule.next()
    }
}

impl Syncs {
    pub(super) fn next_due(&self) -> Option<Instant> {
        self.0.values().map(Sync::due).min()
    }

    fn due(&self, now: Instant) -> Option<Token> {
        self.0.iter().find(|(_, sync)| sync.due() <= now).map(|(token, _)| *token)
    }

    #[cfg(test)]
    pub(super) fn is_clean(&self) -> bool {
        self.0.is_empty()
    }
}

impl Responder {
    /// Asks a phone to fetch its configuration anew; the name under which its events come. `None` where `sync` cannot be
    /// written, or its card is not one of ours.
    pub fn check_sync(&mut self, now: Instant, sync: &CheckSync) -> Option<Token> {
        let local = self.cards.get(&sync.card)?.towards(sync.phone.ip())?.socket();
        let noise = hex_word(self.entropy.as_mut(), 12);
        let bytes = sync.write(local, &noise).ok()?;
        let call_id = format!("{noise}@{}", local.ip()).into_bytes();
        let token = self.next_token();
        if self.syncs.0.len() >= MOST {
            let oldest = self.syncs.0.pop_first();
            let lost = oldest.map(|(token, _)| ResponderEvent::SyncUnanswered { token });
            self.events.extend(lost);
        }
        let exchange = Some(token);
        let transmit = Transmit { card: sync.card, from: local, to: sync.phone, bytes, exchange };
        let schedule = Schedule::new(Dialect::Rfc, Dialect::Rfc);
        self.syncs.0.insert(token, Sync { transmit, call_id, schedule, started: now });
        self.send_sync(token);
        Some(token)
    }

    pub(super) fn wake_syncs(&mut self, now: Instant) {
        while let Some(token) = self.syncs.due(now) {
            let is_over = |sync: &Sync| now.since(sync.started) >= GIVE_UP;
            if self.syncs.0.get(&token).is_none_or(is_over) {
                self.syncs.0.remove(&token);
                self.events.push_back(ResponderEvent::SyncUnanswered { token });
            } else {
                self.send_sync(token);
            }
        }
    }

    fn send_sync(&mut self, token: Token) {
        let Some(sync) = self.syncs.0.get_mut(&token) else { return };
        if sync.schedule.step() == Step::Stop {
            return;
        }
        let attempt = sync.schedule.sent();
        self.transmits.push_back(sync.transmit.clone());
        self.events.push_back(ResponderEvent::Synced { token, attempt });
    }

    /// Whether the response answers a check-sync of ours: by Call-ID, from the phone itself.
    pub(super) fn sync_answered(&mut self, arrival: &Arrival<'_>, message: &Message<'_>) -> bool {
        let Ok(Some(call_id)) = message.call_id() else { return false };
        let call_id = call_id.text.as_bytes();
        let is_this =
            |sync: &Sync| sync.call_id == call_id && sync.transmit.to.ip() == arrival.source.ip();
        let found = self.syncs.0.iter().find(|(_, sync)| is_this(sync)).map(|(token, _)| *token);
        let (Some(token), Some(status)) = (found, message.status()) else { return false };
        if status >= 200 {
            self.syncs.0.remove(&token);
            self.events.push_back(ResponderEvent::SyncAnswered { token, status });
        }
        true
    }
}
