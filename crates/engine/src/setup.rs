//! Owns how an engine is set up, and why it may not start.

use fingerpost_net::{CardsError, ChooseError, OpenError};
use fingerpost_rules::Policy;
use std::net::Ipv4Addr;

/// How an engine is set up.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Setup {
    /// What to answer.
    pub policy: Policy,
    /// Names or addresses of the cards to listen on; none: the policy's, else all that suit.
    pub interfaces: Vec<String>,
    /// The group that phones ask. Default 224.0.1.75.
    pub group: Ipv4Addr,
    /// Its port. Default 5060.
    pub port: u16,
}

impl Setup {
    /// Follows `policy` on all suitable cards, on 224.0.1.75:5060.
    #[must_use]
    pub fn new(policy: Policy) -> Self {
        Self { policy, interfaces: Vec::new(), group: Ipv4Addr::new(224, 0, 1, 75), port: 5060 }
    }

    /// The same on these cards.
    #[must_use]
    pub fn on_interfaces(mut self, interfaces: Vec<String>) -> Self {
        self.interfaces = interfaces;
        self
    }

    /// The same with another group and port.
    #[must_use]
    pub const fn with_group(mut self, group: Ipv4Addr, port: u16) -> Self {
        self.group = group;
        self.port = port;
        self
    }

    /// The cards that were asked for by name or address.
    pub(crate) fn wanted(&self) -> &[String] {
        if self.interfaces.is_empty() { self.policy.interfaces() } else { &self.interfaces }
    }
}

/// The engine did not start. Nothing is left open.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StartError {
    /// The system did not tell its cards.
    #[error(transparent)]
    Cards(#[from] CardsError),
    /// The wanted cards are not there, or none suits.
    #[error(transparent)]
    Choose(#[from] ChooseError),
    /// A card could not be opened: one that was asked for, or every one.
    #[error("{interface}: {cause}")]
    Open {
        /// The card's name.
        interface: String,
        /// Why.
        cause: OpenError,
    },
}
