//! Owns the kernel's own word on who joined a group, and what came in on a card: the two questions that a socket cannot
//! answer. Only Linux tells.

use crate::card::Card;
use std::net::Ipv4Addr;

/// How many sockets of this machine joined a group on one card.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Membership {
    /// [`Card::index`].
    pub card_index: u32,
    /// Sockets, of whatever program; above 0.
    pub sockets: u32,
}

/// What a card took in since it was switched on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Traffic {
    /// Packets of every kind.
    pub packets: u64,
    /// Of them, those sent to a group, as far as the card's driver counts them.
    pub multicast: u64,
}

/// The cards on which anybody joined `group`, as the kernel says; `None` where the system does not tell.
#[must_use]
pub fn group_members(group: Ipv4Addr) -> Option<Vec<Membership>> {
    #[cfg(target_os = "linux")]
    return crate::procfs_net::group_members(group);
    #[cfg(not(target_os = "linux"))]
    {
        let _ = group;
        None
    }
}

/// What came in on `card`; `None` where the system does not tell.
#[must_use]
pub fn traffic(card: &Card) -> Option<Traffic> {
    #[cfg(target_os = "linux")]
    return crate::procfs_net::traffic(&card.name);
    #[cfg(not(target_os = "linux"))]
    {
        let _ = card;
        None
    }
}

/// The hardware address behind `address`: of a neighbour that this machine talked to a moment ago. `None` where the
/// system does not tell or does not know it; beyond a router it is never known.
#[must_use]
pub fn hardware_address(address: Ipv4Addr) -> Option<[u8; 6]> {
    #[cfg(target_os = "linux")]
    return crate::procfs_net::hardware_address(address);
    #[cfg(not(target_os = "linux"))]
    {
        let _ = address;
        None
    }
}
