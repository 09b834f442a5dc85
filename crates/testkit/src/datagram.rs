//! Owns one datagram on its way, and the few questions that tests ask about it. Reads SIP only through core.

use crate::{HostId, SegmentId};
use fingerpost_core::{Instant, Message};
use std::net::SocketAddr;

/// A datagram that was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Datagram {
    /// 0 for the run's first, one more for each that follows.
    pub number: u64,
    /// When it was sent.
    pub sent: Instant,
    /// Who sent it; `None` where the test itself put it on the wire.
    pub sender: Option<HostId>,
    /// Where it was sent.
    pub segment: SegmentId,
    /// The address it claims to come from.
    pub from: SocketAddr,
    /// Where it goes.
    pub to: SocketAddr,
    /// What it holds.
    pub bytes: Vec<u8>,
}

impl Datagram {
    /// Whether it is a request called `method`.
    #[must_use]
    pub fn is_request(&self, method: &str) -> bool {
        let rest = self.bytes.strip_prefix(method.as_bytes());
        rest.is_some_and(|rest| rest.starts_with(b" "))
    }

    /// Whether it is a response with `status` to a `method`.
    #[must_use]
    pub fn is_response(&self, status: u16, method: &str) -> bool {
        let Ok(message) = Message::parse(&self.bytes) else { return false };
        let answered = matches!(message.cseq(), Ok(Some(cseq)) if cseq.method == method);
        message.status() == Some(status) && answered
    }

    /// Milliseconds from the run's beginning to its sending.
    #[must_use]
    pub const fn sent_ms(&self) -> u64 {
        self.sent.as_micros() / 1_000
    }
}
