//! Owns what can go wrong in setting up and running a LAN.

use fingerpost_core::Instant;
use fingerpost_core::build::BuildError;
use std::fmt;

/// A run took more steps than it may: somebody goes on for ever.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EndlessError {
    /// How many steps it was given.
    pub steps: u64,
    /// When it was stopped.
    pub at: Instant,
}

impl fmt::Display for EndlessError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "no end after {} steps, at {} µs", self.steps, self.at.as_micros())
    }
}

impl std::error::Error for EndlessError {}

/// There is no such phone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoPhoneError {
    /// Core has no profile of that vendor.
    Vendor(String),
    /// Its SUBSCRIBE cannot be written.
    Subscribe(BuildError),
}

impl fmt::Display for NoPhoneError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Vendor(name) => write!(f, "no profile of a phone by {name}"),
            Self::Subscribe(error) => write!(f, "{error}"),
        }
    }
}

impl std::error::Error for NoPhoneError {}
