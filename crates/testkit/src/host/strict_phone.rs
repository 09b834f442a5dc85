//! Owns a phone that takes a NOTIFY in one shape only, as phones with a strict stack do. How it asks and answers is
//! a desk phone's; here is only what it refuses.

use super::{DeskPhone, Machine, Note, Parcel};
use fingerpost_core::message::HeaderError;
use fingerpost_core::pnp::{Arrival, CardId};
use fingerpost_core::typed::NameAddr;
use fingerpost_core::{HeaderName, Instant, Message, Response};
use std::collections::VecDeque;
use std::net::SocketAddr;

/// The one shape that a phone takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Taste {
    /// A request in the dialog: From and To swapped, its own tag in To (RFC 3261 §12.2.1.1).
    Rfc,
    /// As the manual prints it: From and To as in the SUBSCRIBE, the phone's own Via.
    Manual,
}

/// What a phone does with a NOTIFY in the other shape.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// It answers 481 (RFC 3261 §12.2.2).
    Says481,
    /// It does not answer.
    Silent,
}

/// A phone with a strict stack.
#[derive(Debug)]
pub struct StrictPhone {
    inner: DeskPhone,
    local: SocketAddr,
    taste: Taste,
    refusal: Refusal,
    parcels: VecDeque<Parcel>,
}

impl StrictPhone {
    /// `inner` at `local`, with `taste`.
    #[must_use]
    pub const fn new(inner: DeskPhone, local: SocketAddr, taste: Taste, refusal: Refusal) -> Self {
        Self { inner, local, taste, refusal, parcels: VecDeque::new() }
    }

    fn takes(&self, notify: &Message<'_>) -> bool {
        let Ok(asked) = Message::parse(self.inner.phone().subscribe()) else { return false };
        match self.taste {
            Taste::Rfc => is_in_dialog(&asked, notify),
            Taste::Manual => [HeaderName::Via, HeaderName::From, HeaderName::To]
                .into_iter()
                .all(|name| value(&asked, name) == value(notify, name)),
        }
    }

    fn refuse(&mut self, notify: &Message<'_>, source: SocketAddr) {
        let reply = Response::reply_to(notify, 481, "Subscription Does Not Exist");
        let reply = reply.with_received(source).headers().build();
        if let (Refusal::Says481, Ok(bytes)) = (self.refusal, reply) {
            let card = CardId(0);
            self.parcels.push_back(Parcel { card, from: self.local, to: source, bytes });
        }
    }
}

/// Whether the NOTIFY's To carries the phone's tag, its From another's, and its Via is not the phone's own.
fn is_in_dialog(asked: &Message<'_>, notify: &Message<'_>) -> bool {
    let own = tag(asked.from());
    let is_ours = own.is_some() && tag(notify.to()) == own && tag(notify.from()).is_some();
    is_ours && value(asked, HeaderName::Via) != value(notify, HeaderName::Via)
}

fn tag(address: Result<Option<NameAddr<'_>>, HeaderError>) -> Option<String> {
    address.ok().flatten()?.tag().map(|tag| tag.to_string())
}

fn value(message: &Message<'_>, name: HeaderName) -> Option<String> {
    message.header(name).map(|header| header.value().to_string())
}

impl Machine for StrictPhone {
    fn handle_datagram(&mut self, now: Instant, arrival: &Arrival<'_>) {
        match Message::parse(arrival.bytes) {
            Ok(message) if message.method().is_some_and(|method| method == "NOTIFY") => {
                let is_request = message.status().is_none();
                if is_request && !self.takes(&message) {
                    return self.refuse(&message, arrival.source);
                }
                self.inner.handle_datagram(now, arrival);
            }
            Ok(_) | Err(_) => self.inner.handle_datagram(now, arrival),
        }
    }

    fn handle_timeout(&mut self, now: Instant) {
        self.inner.handle_timeout(now);
    }

    fn poll_transmit(&mut self) -> Option<Parcel> {
        self.parcels.pop_front().or_else(|| self.inner.poll_transmit())
    }

    fn poll_note(&mut self) -> Option<Note> {
        self.inner.poll_note()
    }

    fn poll_timeout(&self) -> Option<Instant> {
        self.inner.poll_timeout()
    }
}
