//! Owns [`Ipv4Network`]: an address together with the length of its network's prefix. Knows nothing of cards.

use std::fmt;
use std::net::Ipv4Addr;

/// A card's address and the network it stands in, written `192.0.2.7/24`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(clippy::exhaustive_structs, reason = "an address and its prefix, nothing else")]
pub struct Ipv4Network {
    /// The card's own address, not the network's.
    pub address: Ipv4Addr,
    /// Leading bits that all addresses of the network share, 0 to 32. More counts as 32.
    pub prefix_length: u8,
}

impl Ipv4Network {
    /// `address` in a network whose prefix is `prefix_length` bits long.
    #[must_use]
    pub const fn new(address: Ipv4Addr, prefix_length: u8) -> Self {
        Self { address, prefix_length }
    }

    /// Whether `other` stands in the same network.
    #[must_use]
    pub fn contains(self, other: Ipv4Addr) -> bool {
        let mask = self.mask();
        self.address.to_bits() & mask == other.to_bits() & mask
    }

    fn mask(self) -> u32 {
        let host_bits = 32_u32.saturating_sub(self.prefix_length.into());
        u32::MAX.checked_shl(host_bits).unwrap_or(0)
    }
}

impl fmt::Display for Ipv4Network {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.address, self.prefix_length)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn network(address: [u8; 4], prefix_length: u8) -> Ipv4Network {
        Ipv4Network::new(address.into(), prefix_length)
    }

    #[test]
    fn contains_what_shares_its_prefix() {
        let office = network([10, 1, 2, 3], 20);
        assert!(office.contains([10, 1, 15, 255].into()));
        assert!(!office.contains([10, 1, 16, 0].into()));
    }

    #[test]
    fn contains_everything_without_a_prefix_and_itself_with_a_whole_one() {
        assert!(network([10, 0, 0, 1], 0).contains([192, 0, 2, 1].into()));
        assert!(network([10, 0, 0, 1], 32).contains([10, 0, 0, 1].into()));
        assert!(!network([10, 0, 0, 1], 32).contains([10, 0, 0, 0].into()));
        assert!(!network([10, 0, 0, 1], 99).contains([10, 0, 0, 0].into()));
    }
}
