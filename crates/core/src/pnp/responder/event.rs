//! Owns what the responder tells its caller.

use crate::pnp::subscription::IgnoreReason;
use crate::pnp::{CardId, Dialect, Identity};
use alloc::string::String;
use alloc::vec::Vec;
use core::net::SocketAddr;
use core::time::Duration;

/// The name of one exchange: a SUBSCRIBE and everything that follows from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Token(pub(super) u64);

impl Token {
    /// The number behind the name: it only grows.
    #[must_use]
    pub const fn number(self) -> u64 {
        self.0
    }
}

/// A phone asked: the question that [`super::Responder::decide`] answers.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Asked {
    /// The exchange.
    pub token: Token,
    /// Who asks, as far as the message says it.
    pub phone: Identity,
    /// The card on which it asks.
    pub card: CardId,
    /// Where it asks from.
    pub source: SocketAddr,
    /// Our address and port towards it.
    pub server: SocketAddr,
    /// Whether it asked the group, not us.
    pub is_multicast: bool,
    /// Whether it refreshes a subscription that it has.
    pub is_refresh: bool,
    /// The Call-ID of its SUBSCRIBE, as it stands there: the NOTIFY and what answers it have the same.
    pub call_id: Vec<u8>,
}

/// Something happened.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum ResponderEvent {
    /// A phone asked for its URL. Nothing is sent before a decision.
    Asked(Asked),
    /// The same SUBSCRIBE came again; what was answered was answered again.
    Repeated {
        /// The exchange.
        token: Token,
    },
    /// A final response to the SUBSCRIBE went out.
    Answered {
        /// The exchange.
        token: Token,
        /// Its status.
        status: u16,
        /// The rule that chose it.
        rule: String,
    },
    /// A NOTIFY went out.
    Notified {
        /// The exchange.
        token: Token,
        /// The URL in it.
        url: String,
        /// Its shape.
        dialect: Dialect,
        /// 1 for the first, one more for each that followed.
        attempt: u8,
    },
    /// The phone took the NOTIFY.
    Acknowledged {
        /// The exchange.
        token: Token,
        /// 200 to 299.
        status: u16,
        /// The shape that it took.
        dialect: Dialect,
    },
    /// The phone refused the NOTIFY.
    Refused {
        /// The exchange.
        token: Token,
        /// 300 to 699.
        status: u16,
        /// The shape that it refused.
        dialect: Dialect,
    },
    /// No answer to the NOTIFY came in time. In the manual's shape that proves nothing: the phone's answer may never
    /// reach us.
    Unacknowledged {
        /// The exchange.
        token: Token,
    },
    /// A subscription that lasted is over: its time, or the phone's own wish. The phone is told so in a last NOTIFY.
    Ended {
        /// The exchange in which it was granted or refreshed last.
        token: Token,
    },
    /// A request that was sent to us alone was refused, as RFC 3261 §8.2 asks; or an OPTIONS answered (§11.2). Nothing
    /// of it is remembered.
    Rejected {
        /// The card it arrived on.
        card: CardId,
        /// Who sent it.
        source: SocketAddr,
        /// The status of the answer.
        status: u16,
        /// Why.
        reason: IgnoreReason,
    },
    /// A check-sync went out (see [`super::Responder::check_sync`]).
    Synced {
        /// Its name.
        token: Token,
        /// 1 for the first, one more for each time it was sent again.
        attempt: u8,
    },
    /// The phone answered a check-sync.
    SyncAnswered {
        /// Its name.
        token: Token,
        /// 200 to 699.
        status: u16,
    },
    /// The phone did not answer a check-sync in time.
    SyncUnanswered {
        /// Its name.
        token: Token,
    },
    /// A message that somebody wrote went out (see [`super::Responder::send`]).
    Sent {
        /// Its name.
        token: Token,
    },
    /// The phone answered it: more than once where the first answer was provisional (RFC 3261 §7.2).
    SentAnswered {
        /// Its name.
        token: Token,
        /// 100 to 699.
        status: u16,
        /// The reason phrase, as the phone wrote it.
        reason: String,
        /// How long that took.
        after: Duration,
    },
    /// Nothing came in answer to it in time.
    SentUnanswered {
        /// Its name.
        token: Token,
    },
    /// A datagram got no answer.
    Ignored {
        /// The exchange, where it had become one.
        token: Option<Token>,
        /// The card it arrived on.
        card: CardId,
        /// Who sent it.
        source: SocketAddr,
        /// Why.
        reason: IgnoreReason,
    },
}
