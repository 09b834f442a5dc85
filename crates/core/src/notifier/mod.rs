//! The notifier's side of a subscription (RFC 6665 §4.2): how long it lasts, what each NOTIFY says of it, and when it
//! ends. Time comes with each call; sending reliably is [`crate::transaction`]'s work, and what a NOTIFY tells is the
//! caller's.

use crate::build::{HeaderValue, MessageBuilder, ReplyBuilder};
use crate::dialog::{Dialog, DialogError};
use crate::message::{HeaderName as H, Message};
use crate::time::Instant;
use alloc::collections::VecDeque;
use alloc::string::{String, ToString};
use core::time::Duration;

/// How long subscriptions to a package last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Terms {
    /// Seconds for a SUBSCRIBE without Expires: the package says how many (RFC 6665 §5.4.4).
    pub default: u32,
    /// The most that is granted.
    pub longest: u32,
}

/// A subscription that was accepted.
///
/// ```
/// use fingerpost_core::notifier::{Notifier, NotifierEvent, Terms};
/// use fingerpost_core::build::HeaderValue;
/// use fingerpost_core::{HeaderName, Instant, Message, Response};
/// let subscribe = Message::parse(b"SUBSCRIBE sip:b@192.0.2.1 SIP/2.0\r\n\
///     Via: SIP/2.0/UDP 192.0.2.7;branch=z9hG4bK1\r\nFrom: <sip:a@x>;tag=7\r\nTo: <sip:b@x>\r\n\
///     Call-ID: 1@x\r\nCSeq: 1 SUBSCRIBE\r\nContact: <sip:a@192.0.2.7>\r\nEvent: presence;id=4\r\nExpires: 600\r\n\r\n")?;
/// let mut notifier = Notifier::accept(Instant::ZERO, &subscribe, "mine", Terms::new(3600))?;
/// let contact = || HeaderValue::address("sip:192.0.2.1");
/// let ok = notifier.reply(Instant::ZERO, Response::reply_to(&subscribe, 200, "OK"), contact()).build()?;
/// assert_eq!(Message::parse(&ok)?.expires()?.unwrap().value, 600);
///
/// let via = HeaderValue::via("UDP", "192.0.2.1:5060").with_branch("2");
/// let notify = notifier.notify(Instant::from_millis(60_000), via, contact()).build()?;
/// let notify = Message::parse(&notify)?;
/// assert_eq!(notify.event()?.unwrap().id().unwrap(), "4");
/// assert_eq!(notify.header(HeaderName::SubscriptionState).unwrap().value(), "active;expires=540");
///
/// notifier.handle_timeout(notifier.poll_timeout().unwrap());
/// assert!(matches!(notifier.poll_event(), Some(NotifierEvent::Ended { .. })));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct Notifier {
    dialog: Dialog,
    tag: String,
    event: HeaderValue,
    identity: (String, Option<String>),
    terms: Terms,
    state: State,
    events: VecDeque<NotifierEvent>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Active { ends: Instant },
    Terminated(EndReason),
    Removed,
}

/// Why a subscription ended (RFC 6665 §4.1.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum EndReason {
    /// Its time is over, or the subscriber ended it.
    Timeout,
    /// Subscribe anew at once.
    Deactivated,
    /// Subscribe anew later.
    Probation,
    /// A policy forbids it now.
    Rejected,
    /// Nobody decided in time.
    GiveUp,
    /// What was subscribed to is no more.
    NoResource,
    /// What was subscribed to never changes.
    Invariant,
}

/// Something happened to a subscription.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum NotifierEvent {
    /// The subscriber asked for more time: a NOTIFY is due (RFC 6665 §4.2.1.2).
    Refreshed,
    /// It is over: a last NOTIFY is due (RFC 6665 §4.2.2).
    Ended {
        /// Why.
        reason: EndReason,
    },
    /// The subscriber refused a NOTIFY, or does not answer: nothing is sent any more (RFC 6665 §4.2.2).
    Removed,
}

/// A SUBSCRIBE that a notifier cannot take.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NotifierError {
    /// It makes no dialog, or belongs to another.
    #[error("{0}")]
    Dialog(DialogError),
    /// No Event that can be read: answer 489 (RFC 6665 §4.2.1.1).
    #[error("Event is missing or broken")]
    NoEvent,
    /// Another package or `id` than the subscription's: answer 481 (RFC 6665 §4.5.2).
    #[error("the Event is another one")]
    OtherEvent,
    /// The subscription is over: answer 481 (RFC 6665 §4.2.1.4).
    #[error("the subscription is over")]
    Over,
}

impl Terms {
    /// `seconds` by default and at most.
    #[must_use]
    pub const fn new(seconds: u32) -> Self {
        Self { default: seconds, longest: seconds }
    }

    /// The same with another default.
    #[must_use]
    pub const fn with_default(mut self, seconds: u32) -> Self {
        self.default = seconds;
        self
    }

    fn granted(self, subscribe: &Message<'_>) -> u32 {
        let asked = subscribe.expires().ok().flatten();
        asked.map_or(self.default, |asked| asked.value).min(self.longest)
    }
}

impl EndReason {
    /// The word for it on the wire.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Timeout => "timeout",
            Self::Deactivated => "deactivated",
            Self::Probation => "probation",
            Self::Rejected => "rejected",
            Self::GiveUp => "giveup",
            Self::NoResource => "noresource",
            Self::Invariant => "invariant",
        }
    }
}

impl Notifier {
    /// Accepts `subscribe`, with `tag` as our own. A NOTIFY is due at once, also for Expires 0 (RFC 6665 §4.2.1.2).
    ///
    /// # Errors
    /// [`NotifierError::Dialog`] or [`NotifierError::NoEvent`].
    pub fn accept(
        now: Instant,
        subscribe: &Message<'_>,
        tag: &str,
        terms: Terms,
    ) -> Result<Self, NotifierError> {
        let dialog = Dialog::as_server(subscribe, tag).map_err(NotifierError::Dialog)?;
        let identity = identity(subscribe)?;
        let event = HeaderValue::new(identity.0.clone());
        let event = match &identity.1 {
            Some(id) => event.with_param("id", id),
            None => event,
        };
        let state = State::after(now, terms.granted(subscribe));
        let (tag, events) = (tag.to_string(), VecDeque::new());
        Ok(Self { dialog, tag, event, identity, terms, state, events })
    }

    /// The same in a dialog with another remote target.
    #[must_use]
    pub fn with_target(mut self, uri: impl Into<String>) -> Self {
        self.dialog = self.dialog.with_target(uri);
        self
    }

    /// The same, the next NOTIFY having `number`.
    #[must_use]
    pub fn with_next_number(mut self, number: u32) -> Self {
        self.dialog = self.dialog.with_next_number(number);
        self
    }

    /// Completes the 200 to a SUBSCRIBE: our tag, our Contact, and the seconds that remain, never more than were
    /// asked for (RFC 6665 §4.2.1.1).
    pub fn reply(&self, now: Instant, reply: ReplyBuilder, contact: HeaderValue) -> MessageBuilder {
        let builder = reply.with_to_tag(&self.tag).headers().value(H::Contact, contact);
        builder.header(H::Expires, self.remaining(now).to_string())
    }

    /// Begins the next NOTIFY: Contact, the Event with its `id` and Subscription-State stand in it (RFC 6665 §4.2.2).
    pub fn notify(
        &mut self,
        now: Instant,
        via: HeaderValue,
        contact: HeaderValue,
    ) -> MessageBuilder {
        let (event, state) = (self.event(), self.state(now));
        self.begin_notify(via, contact).value(H::Event, event).value(H::SubscriptionState, state)
    }

    /// The same without Event and Subscription-State.
    pub(crate) fn begin_notify(
        &mut self,
        via: HeaderValue,
        contact: HeaderValue,
    ) -> MessageBuilder {
        self.dialog.request("NOTIFY", via).value(H::Contact, contact)
    }

    /// The Event of each NOTIFY: the package, and its `id` where there is one (RFC 6665 §4.5.2).
    pub(crate) fn event(&self) -> HeaderValue {
        self.event.clone()
    }

    /// The Subscription-State of a NOTIFY at `now` (RFC 6665 §4.1.3).
    pub(crate) fn state(&self, now: Instant) -> HeaderValue {
        match self.state {
            State::Active { .. } => {
                HeaderValue::new("active").with_param("expires", &self.remaining(now).to_string())
            }
            State::Terminated(reason) => {
                HeaderValue::new("terminated").with_param("reason", reason.name())
            }
            State::Removed => HeaderValue::new("terminated"),
        }
    }

    /// Takes a further SUBSCRIBE of the same subscription: more time, or with Expires 0 its end.
    ///
    /// # Errors
    /// [`NotifierError`]; nothing changed then.
    pub fn handle_subscribe(
        &mut self,
        now: Instant,
        subscribe: &Message<'_>,
    ) -> Result<(), NotifierError> {
        if self.has_ended() {
            return Err(NotifierError::Over);
        }
        if identity(subscribe)? != self.identity {
            return Err(NotifierError::OtherEvent);
        }
        self.dialog.handle_request(subscribe).map_err(NotifierError::Dialog)?;
        self.state = State::after(now, self.terms.granted(subscribe));
        self.events.push_back(match self.state {
            State::Terminated(reason) => NotifierEvent::Ended { reason },
            State::Active { .. } | State::Removed => NotifierEvent::Refreshed,
        });
        Ok(())
    }

    /// Takes the status of the answer to a NOTIFY; 408 where none came.
    pub fn handle_response(&mut self, status: u16) {
        let is_refusal =
            matches!(status, 404 | 405 | 408 | 410 | 416 | 480..=485 | 489 | 501 | 604);
        if is_refusal && self.state != State::Removed {
            self.state = State::Removed;
            self.events.push_back(NotifierEvent::Removed);
        }
    }

    /// Ends the subscription from our side.
    pub fn end(&mut self, reason: EndReason) {
        if !self.has_ended() {
            self.state = State::Terminated(reason);
            self.events.push_back(NotifierEvent::Ended { reason });
        }
    }

    /// Does what is due at `now`. Calling too early or twice does no harm.
    pub fn handle_timeout(&mut self, now: Instant) {
        if matches!(self.state, State::Active { ends } if ends <= now) {
            self.end(EndReason::Timeout);
        }
    }

    /// The next event, in order.
    pub fn poll_event(&mut self) -> Option<NotifierEvent> {
        self.events.pop_front()
    }

    /// When [`Notifier::handle_timeout`] wants to be called next; `None` once it is over.
    #[must_use]
    pub const fn poll_timeout(&self) -> Option<Instant> {
        match self.state {
            State::Active { ends } => Some(ends),
            State::Terminated(_) | State::Removed => None,
        }
    }

    /// Whether it is over.
    #[must_use]
    pub const fn has_ended(&self) -> bool {
        !matches!(self.state, State::Active { .. })
    }

    /// Whole seconds that remain.
    fn remaining(&self, now: Instant) -> u64 {
        self.poll_timeout().map_or(0, |ends| ends.since(now).as_secs())
    }
}

impl State {
    /// A request for nothing but the present state gets it and ends (RFC 6665 §4.4.3).
    fn after(now: Instant, seconds: u32) -> Self {
        match seconds {
            0 => Self::Terminated(EndReason::Timeout),
            seconds => Self::Active { ends: now + Duration::from_secs(seconds.into()) },
        }
    }
}

/// What two SUBSCRIBEs of one subscription have in common besides their dialog: package and `id`.
fn identity(subscribe: &Message<'_>) -> Result<(String, Option<String>), NotifierError> {
    let event = subscribe.event().ok().flatten().ok_or(NotifierError::NoEvent)?;
    Ok((event.package.to_string(), event.id().map(|id| id.to_string())))
}

#[cfg(test)]
mod tests;
