//! What goes in: one message, and what is known of how it was heard.

use std::net::SocketAddr;

/// One message as it was heard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Heard<'a> {
    /// The message.
    pub bytes: &'a [u8],
    /// When, in microseconds since any fixed moment.
    pub time: Option<u64>,
    /// Who sent it.
    pub source: Option<SocketAddr>,
    /// Whom it was sent to.
    pub destination: Option<SocketAddr>,
}

impl<'a> Heard<'a> {
    /// A message of which nothing else is known.
    #[must_use]
    pub const fn text(bytes: &'a [u8]) -> Self {
        Self { bytes, time: None, source: None, destination: None }
    }

    /// The same, heard at `time` (microseconds since any fixed moment).
    #[must_use]
    pub const fn at(mut self, time: u64) -> Self {
        self.time = Some(time);
        self
    }

    /// The same, sent from `source` to `destination`.
    #[must_use]
    pub const fn between(mut self, source: SocketAddr, destination: SocketAddr) -> Self {
        self.source = Some(source);
        self.destination = Some(destination);
        self
    }
}
