//! Owns how a responder is set up.

use crate::pnp::Subnet;
use alloc::vec::Vec;

/// How a responder is set up.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct ResponderConfig {
    /// Sources that are answered besides those on a card's own subnets.
    pub allow_sources: Vec<Subnet>,
    /// Exchanges remembered at once; the oldest goes when there are more. Default 20,000.
    pub max_exchanges: usize,
}

impl Default for ResponderConfig {
    fn default() -> Self {
        Self { allow_sources: Vec::new(), max_exchanges: 20_000 }
    }
}

impl ResponderConfig {
    /// The same, answering also sources on `subnets`.
    #[must_use]
    pub fn with_allowed_sources(mut self, subnets: Vec<Subnet>) -> Self {
        self.allow_sources = subnets;
        self
    }

    /// The same with another size of the table.
    #[must_use]
    pub const fn with_max_exchanges(mut self, count: usize) -> Self {
        self.max_exchanges = count;
        self
    }
}
