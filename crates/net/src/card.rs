//! Owns [`Card`]: one network card as the system describes it. Knows no sockets.

use crate::network::Ipv4Network;
use std::fmt;
use std::net::Ipv4Addr;

/// A network card, as it was when the list was made.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(clippy::exhaustive_structs, reason = "simulated LANs write cards down field by field")]
pub struct Card {
    /// The name people know it by: `eth0`; on Windows the friendly one (`Ethernet 2`).
    pub name: String,
    /// The system's number for it, above 0.
    pub index: u32,
    /// Hardware address, where it has one.
    pub mac: Option<[u8; 6]>,
    /// Its IPv4 addresses, in the system's order.
    pub networks: Vec<Ipv4Network>,
    /// What it is for.
    pub kind: CardKind,
    /// Whether it is switched on. A pulled cable does not change this; see `has_link`.
    pub is_up: bool,
    /// Whether it says that it can multicast. Linux's `lo` says no, but can.
    pub is_multicast: bool,
    /// Whether the other end of the cable is there.
    pub has_link: bool,
}

/// What a card is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(clippy::exhaustive_enums, reason = "the three kinds that matter for phones")]
pub enum CardKind {
    /// A LAN: Ethernet, Wi-Fi, bridges and whatever looks like them (tap, veth, docker).
    Lan,
    /// The machine talking to itself.
    Loopback,
    /// Point to point: VPN, PPP, tun. No phones multicast there.
    Tunnel,
}

impl Card {
    /// Its addresses without their prefixes.
    pub fn addresses(&self) -> impl Iterator<Item = Ipv4Addr> {
        self.networks.iter().map(|network| network.address)
    }

    /// Whether `address` is one of its own.
    #[must_use]
    pub fn has_address(&self, address: Ipv4Addr) -> bool {
        self.addresses().any(|own| own == address)
    }
}

/// `eth0 (192.0.2.7/24, 10.0.0.1/8)` or `eth1 (no IPv4 address)`.
impl fmt::Display for Card {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.networks.is_empty() {
            return write!(f, "{} (no IPv4 address)", self.name);
        }
        let networks: Vec<_> = self.networks.iter().map(ToString::to_string).collect();
        write!(f, "{} ({})", self.name, networks.join(", "))
    }
}
