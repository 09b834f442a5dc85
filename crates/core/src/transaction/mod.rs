//! Transactions of requests other than INVITE (RFC 3261 §17.1.2, §17.2.2): what makes a datagram sent once arrive, and
//! be answered once. Each is driven with the words of every machine here: `handle_datagram`, `handle_timeout`,
//! `poll_transmit`, `poll_event`, `poll_timeout`. Knows no clock, no socket and no address: bytes go in and out.

mod client;
mod key;
mod server;
mod timers;

pub use client::{ClientEvent, ClientTransaction};
pub use key::{ClientKey, ServerKey};
pub use server::{ServerEvent, ServerTransaction};
pub use timers::{TimerE, Timers};

/// A message makes no such transaction, or does not belong to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TransactionError {
    /// The bytes are no request that can be read.
    #[error("not a request")]
    NotARequest,
    /// The bytes are no response that can be read.
    #[error("not a response with a status")]
    NotAResponse,
    /// INVITE and ACK follow other rules (RFC 3261 §17.1.1, §17.2.1).
    #[error("an INVITE or its ACK, which follow other rules")]
    Invite,
    /// Without Via and `CSeq` nothing names the transaction.
    #[error("no Via and CSeq to name the transaction by")]
    Unnamed,
    /// The final response was sent already (RFC 3261 §17.2.2).
    #[error("a final response was sent before")]
    Answered,
}

#[cfg(test)]
mod tests;
