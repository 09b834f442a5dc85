//! Owns messages that somebody wrote by hand: sent as they are, once, from an address of ours on the phone's card; and
//! what the phone answers. Reads no more of the bytes than what an answer is known by, and puts nothing right. Whether
//! the phone may be sent anything is the caller's to know.

use super::limit::Limit;
use super::schedule::GIVE_UP;
use super::{Responder, ResponderEvent, Token};
use crate::message::{Message, StartLine};
use crate::pnp::{Arrival, CardId, Transmit};
use crate::time::Instant;
use alloc::collections::BTreeMap;
use alloc::string::ToString;
use alloc::vec::Vec;
use core::net::SocketAddr;

/// Messages that wait for their answer at once.
const MOST: usize = 256;

/// A message that somebody wrote, for a phone.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct HandWritten {
    /// The card that the phone is on.
    pub card: CardId,
    /// Where it asked from.
    pub phone: SocketAddr,
    /// What is sent, to the byte.
    pub bytes: Vec<u8>,
}

/// A message was not sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SendError {
    /// The card is none of ours, or has no address towards the phone.
    #[error("the card is not listened on now")]
    Card,
    /// The bytes fit into no datagram.
    #[error("{0} bytes fit into no UDP datagram: {max} is the most", max = HandWritten::LONGEST)]
    TooLong(usize),
    /// More than eight a second to one phone, or 256 to all.
    #[error("too many messages were sent within a second: wait a moment")]
    TooMany,
}

impl HandWritten {
    /// The most bytes that an IPv4 datagram of UDP carries (RFC 791 §3.1, RFC 768).
    pub const LONGEST: usize = 65_507;

    /// `bytes` for the phone at `phone` on `card`.
    #[must_use]
    pub const fn new(card: CardId, phone: SocketAddr, bytes: Vec<u8>) -> Self {
        Self { card, phone, bytes }
    }

    /// Whether an answer can come: none does to a response, nor to an ACK (RFC 3261 §17.1.1.3). What cannot be read
    /// may be answered all the same.
    #[must_use]
    pub fn wants_answer(&self) -> bool {
        let message = Message::parse(&self.bytes);
        message.map_or(true, |message| match message.start_line() {
            StartLine::Request(line) => line.method.as_bytes() != b"ACK",
            StartLine::Status(_) => false,
        })
    }
}

/// What tells an answer to one message from an answer to another: nothing where a mistake on purpose took both away.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Marks {
    call_id: Option<Vec<u8>>,
    branch: Option<Vec<u8>>,
}

impl Marks {
    fn of(message: &Message<'_>) -> Self {
        let call_id = message.call_id().ok().flatten().map(|id| id.text.as_bytes().to_vec());
        let via = message.top_via().ok().flatten();
        let branch = via.and_then(|via| via.branch()).map(|text| text.as_bytes().to_vec());
        Self { call_id, branch }
    }

    fn is_none(&self) -> bool {
        *self == Self::default()
    }

    /// Whether a message with `other` marks answers this one: none of them differs, and one is the same. A phone that
    /// drops one is understood.
    fn meets(&self, other: &Self) -> bool {
        let pairs = [(&self.call_id, &other.call_id), (&self.branch, &other.branch)];
        let both = || pairs.iter().filter_map(|(own, other)| own.as_ref().zip(other.as_ref()));
        both().count() > 0 && both().all(|(own, other)| own == other)
    }
}

/// Those that wait for an answer.
#[derive(Debug, Default)]
pub(super) struct Sendings {
    waiting: BTreeMap<Token, Waiting>,
    limit: Limit,
}

#[derive(Debug)]
struct Waiting {
    phone: SocketAddr,
    marks: Marks,
    sent: Instant,
    /// Whether something came that was not the last word.
    has_heard: bool,
}

impl Sendings {
    pub(super) fn next_due(&self) -> Option<Instant> {
        self.waiting.values().map(|waiting| waiting.sent + GIVE_UP).min()
    }

    #[cfg(test)]
    pub(super) fn is_clean(&self) -> bool {
        self.waiting.is_empty()
    }
}

impl Responder {
    /// Sends a message that somebody wrote, once; the name under which its events come.
    ///
    /// # Errors
    /// [`SendError`]; then nothing is sent.
    pub fn send(&mut self, now: Instant, message: HandWritten) -> Result<Token, SendError> {
        let phone = message.phone;
        if message.bytes.len() > HandWritten::LONGEST {
            return Err(SendError::TooLong(message.bytes.len()));
        }
        let own = self.cards.get(&message.card).and_then(|card| card.towards(phone.ip()));
        let from = own.ok_or(SendError::Card)?.socket();
        if !self.sendings.limit.allows(now, phone.ip()) {
            return Err(SendError::TooMany);
        }
        let token = self.next_token();
        self.events.push_back(ResponderEvent::Sent { token });
        if message.wants_answer() {
            self.await_answer(now, token, &message);
        }
        let (card, exchange) = (message.card, Some(token));
        let transmit = Transmit { card, from, to: phone, bytes: message.bytes, exchange };
        self.transmits.push_back(transmit);
        Ok(token)
    }

    fn await_answer(&mut self, now: Instant, token: Token, message: &HandWritten) {
        if self.sendings.waiting.len() >= MOST {
            self.give_up_the_oldest();
        }
        let read = Message::parse(&message.bytes);
        let marks = read.map(|message| Marks::of(&message)).unwrap_or_default();
        let waiting = Waiting { phone: message.phone, marks, sent: now, has_heard: false };
        self.sendings.waiting.insert(token, waiting);
    }

    fn give_up_the_oldest(&mut self) {
        let Some((token, waiting)) = self.sendings.waiting.pop_first() else { return };
        // Who heard that it is being worked on was told what there is to tell.
        if !waiting.has_heard {
            self.events.push_back(ResponderEvent::SentUnanswered { token });
        }
    }

    pub(super) fn wake_sendings(&mut self, now: Instant) {
        while self.sendings.next_due().is_some_and(|due| due <= now) {
            self.give_up_the_oldest();
        }
    }

    /// Whether the response answers a message that somebody wrote. One that is known by nothing is answered by whatever
    /// the phone says that is `stray`: that answers nothing else.
    pub(super) fn sending_answered(
        &mut self,
        now: Instant,
        arrival: &Arrival<'_>,
        message: &Message<'_>,
        stray: bool,
    ) -> bool {
        let (Some(status), StartLine::Status(line)) = (message.status(), message.start_line())
        else {
            return false;
        };
        let marks = Marks::of(message);
        let is_this = |waiting: &Waiting| {
            waiting.phone.ip() == arrival.source.ip()
                && if stray { waiting.marks.is_none() } else { waiting.marks.meets(&marks) }
        };
        let mut waiting = self.sendings.waiting.iter_mut();
        let Some((token, waiting)) = waiting.find(|(_, waiting)| is_this(waiting)) else {
            return false;
        };
        let (token, after) = (*token, now.since(waiting.sent));
        waiting.has_heard = true;
        if status >= 200 {
            self.sendings.waiting.remove(&token);
        }
        let reason = line.reason.to_string();
        self.events.push_back(ResponderEvent::SentAnswered { token, status, reason, after });
        true
    }
}
