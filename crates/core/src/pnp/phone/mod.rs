//! The subscriber side of SIP PnP: a phone that asks, asks again until somebody answers, and answers the NOTIFY. Knows
//! no clock and no socket; driven as the responder is.

use super::profile::{PhoneProfile, Subscriber};
use super::{Arrival, CardId, Transmit};
use crate::build::{BuildError, ReplyBuilder};
use crate::entropy::Entropy;
use crate::message::{Message, Response, StartLine};
use crate::time::Instant;
use crate::transaction::{TimerE, Timers};
use crate::typed::Via;
use alloc::collections::VecDeque;
use alloc::string::String;
use alloc::vec::Vec;
use core::net::{IpAddr, SocketAddr};
use core::time::Duration;

/// How patient a phone is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Patience {
    /// How long it asks and waits. `AudioCodes`: 5 s.
    pub wait: Duration,
    /// Whether it goes on listening after the first URL, to hear who else answers.
    pub hears_all: bool,
}

impl Default for Patience {
    fn default() -> Self {
        Self { wait: Duration::from_secs(5), hears_all: false }
    }
}

impl Patience {
    /// Waits for `wait`.
    #[must_use]
    pub fn new(wait: Duration) -> Self {
        Self { wait, ..Self::default() }
    }

    /// The same, listening until the end.
    #[must_use]
    pub const fn hearing_all(mut self, hears_all: bool) -> Self {
        self.hears_all = hears_all;
        self
    }
}

/// Something happened to the phone.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum PhoneEvent {
    /// It asked; 1 for the first time.
    Asked {
        /// How often by now.
        attempt: u32,
    },
    /// A response to its SUBSCRIBE came.
    Answered {
        /// The status.
        status: u16,
        /// From whom.
        from: SocketAddr,
    },
    /// A NOTIFY came, and was answered 200.
    Notified {
        /// The body, where it is text.
        url: String,
        /// From whom.
        from: SocketAddr,
    },
    /// It is done: with a URL, or because its patience ended.
    Ended,
}

/// The machine that is a phone.
///
/// ```
/// use fingerpost_core::pnp::*;
/// use fingerpost_core::{Instant, SeededEntropy};
/// let subscriber = Subscriber::new("192.0.2.7:5059".parse().unwrap());
/// let profile = profile::find("yealink").unwrap();
/// let mut phone = Phone::new(profile, &subscriber, Patience::default(), &mut SeededEntropy::new(1)).unwrap();
/// phone.start(Instant::ZERO);
/// let subscribe = phone.poll_transmit().unwrap();
/// assert_eq!(subscribe.to.to_string(), "224.0.1.75:5060");
/// assert_eq!(phone.poll_timeout(), Some(Instant::from_millis(500)));
/// ```
#[derive(Debug)]
pub struct Phone {
    local: SocketAddr,
    group: SocketAddr,
    patience: Patience,
    subscribe: Vec<u8>,
    state: State,
    urls: Vec<String>,
    asked: u32,
    transmits: VecDeque<Transmit>,
    events: VecDeque<PhoneEvent>,
}

#[derive(Debug, Clone, Copy)]
enum State {
    Idle,
    Asking {
        ends: Instant,
        again: Instant,
        pauses: TimerE,
    },
    /// A response came: no more asking, but waiting for the NOTIFY.
    Waiting {
        ends: Instant,
    },
    Ended,
}

impl Phone {
    /// A phone that will ask as `profile` does.
    ///
    /// # Errors
    /// [`BuildError`] where a value of `phone` cannot stand in a message.
    pub fn new(
        profile: &PhoneProfile,
        phone: &Subscriber,
        patience: Patience,
        entropy: &mut dyn Entropy,
    ) -> Result<Self, BuildError> {
        let subscribe = profile.subscribe(phone, entropy)?;
        Ok(Self::with_subscribe(subscribe, phone.local, phone.group, patience))
    }

    /// A phone that will send these bytes as its SUBSCRIBE.
    #[must_use]
    pub fn with_subscribe(
        subscribe: Vec<u8>,
        local: SocketAddr,
        group: SocketAddr,
        patience: Patience,
    ) -> Self {
        Self {
            local,
            group,
            patience,
            subscribe,
            state: State::Idle,
            urls: Vec::new(),
            asked: 0,
            transmits: VecDeque::new(),
            events: VecDeque::new(),
        }
    }

    /// Begins to ask.
    pub fn start(&mut self, now: Instant) {
        let ends = now + self.patience.wait;
        self.ask();
        let mut pauses = TimerE::new(&Timers::UDP);
        let again = now + pauses.pause();
        self.state = State::Asking { ends, again, pauses };
    }

    /// Takes a datagram that arrived at `now`.
    pub fn handle_datagram(&mut self, _now: Instant, arrival: &Arrival<'_>) {
        let Ok(message) = Message::parse(arrival.bytes) else { return };
        match message.start_line() {
            StartLine::Status(_) => self.response(&message, arrival.source),
            StartLine::Request(line) if line.method == "NOTIFY" => {
                self.notify(&message, arrival.source);
            }
            StartLine::Request(_) => {}
        }
    }

    /// Does what is due at `now`.
    pub fn handle_timeout(&mut self, now: Instant) {
        match self.state {
            State::Asking { ends, .. } | State::Waiting { ends } if ends <= now => self.end(),
            State::Asking { ends, again, mut pauses } if again <= now => {
                self.ask();
                let again = again + pauses.pause();
                self.state = State::Asking { ends, again, pauses };
            }
            State::Idle | State::Asking { .. } | State::Waiting { .. } | State::Ended => {}
        }
    }

    /// The next datagram to send.
    pub fn poll_transmit(&mut self) -> Option<Transmit> {
        self.transmits.pop_front()
    }

    /// The next event.
    pub fn poll_event(&mut self) -> Option<PhoneEvent> {
        self.events.pop_front()
    }

    /// When [`Phone::handle_timeout`] wants to be called next; `None` once it is over.
    #[must_use]
    pub fn poll_timeout(&self) -> Option<Instant> {
        match self.state {
            State::Asking { ends, again, .. } => Some(ends.min(again)),
            State::Waiting { ends } => Some(ends),
            State::Idle | State::Ended => None,
        }
    }

    /// The SUBSCRIBE that it sends.
    #[must_use]
    pub fn subscribe(&self) -> &[u8] {
        &self.subscribe
    }

    /// The URL it was told first.
    #[must_use]
    pub fn url(&self) -> Option<&str> {
        self.urls.first().map(String::as_str)
    }

    /// How often it asked.
    #[must_use]
    pub const fn asked(&self) -> u32 {
        self.asked
    }

    /// Whether it is done.
    #[must_use]
    pub const fn has_ended(&self) -> bool {
        matches!(self.state, State::Ended)
    }

    fn ask(&mut self) {
        self.asked += 1;
        self.send(self.group, self.subscribe.clone());
        self.events.push_back(PhoneEvent::Asked { attempt: self.asked });
    }

    fn send(&mut self, to: SocketAddr, bytes: Vec<u8>) {
        self.transmits.push_back(Transmit {
            card: CardId(0),
            from: self.local,
            to,
            bytes,
            exchange: None,
        });
    }

    fn response(&mut self, message: &Message<'_>, from: SocketAddr) {
        let is_ours = message.method().is_some_and(|method| method == "SUBSCRIBE");
        if !is_ours || !self.is_same_call(message) {
            return;
        }
        let Some(status) = message.status() else { return };
        self.events.push_back(PhoneEvent::Answered { status, from });
        match self.state {
            State::Asking { ends, .. } if !self.patience.hears_all => {
                self.state = State::Waiting { ends }
            }
            _ => {}
        }
        if status >= 300 && !self.patience.hears_all {
            self.end();
        }
    }

    fn notify(&mut self, message: &Message<'_>, from: SocketAddr) {
        let is_ours = matches!(message.event(), Ok(Some(event)) if event.package == "ua-profile");
        if !is_ours || !self.is_same_call(message) {
            return;
        }
        let reply = Response::reply_to(message, 200, "OK");
        if let Ok(bytes) = received(reply, message, from).headers().build() {
            self.send(reply_address(message, from), bytes);
        }
        if self.has_ended() {
            return;
        }
        let url = String::from(message.body().to_str().trim());
        self.urls.push(url.clone());
        self.events.push_back(PhoneEvent::Notified { url, from });
        if !self.patience.hears_all {
            self.end();
        }
    }

    /// Loosely matched, as phones do: by Call-ID.
    fn is_same_call(&self, message: &Message<'_>) -> bool {
        let Ok(own) = Message::parse(&self.subscribe) else { return false };
        matches!((own.call_id(), message.call_id()), (Ok(Some(own)), Ok(Some(other))) if own == other)
    }

    fn end(&mut self) {
        if !self.has_ended() {
            self.state = State::Ended;
            self.events.push_back(PhoneEvent::Ended);
        }
    }
}

/// A Via that names another address than the datagram's source gets `received` (RFC 3261 §18.2.1): so the 200 to a
/// NOTIFY in the manual's shape, whose Via is the phone's own, still finds its way.
fn received(reply: ReplyBuilder, message: &Message<'_>, source: SocketAddr) -> ReplyBuilder {
    match message.top_via() {
        Ok(Some(_)) => reply.with_received(source),
        Ok(None) | Err(_) => reply,
    }
}

/// Where a response goes (RFC 3261 §18.2.2, RFC 3581 §4).
fn reply_address(message: &Message<'_>, source: SocketAddr) -> SocketAddr {
    let Ok(Some(via)) = message.top_via() else { return source };
    let is_named = |via: &Via<'_>| via.sent_by.host.address == Some(source.ip());
    if via.wants_rport() {
        return source;
    }
    let port = via.sent_by.port.unwrap_or(5060);
    // A filled `received`, as a proxy on the way would have written it; the sender's own word is never trusted.
    let ip: IpAddr =
        if is_named(&via) { source.ip() } else { via.received().unwrap_or(source.ip()) };
    SocketAddr::new(ip, port)
}

#[cfg(test)]
mod tests;
