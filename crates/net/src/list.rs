//! Owns the list of this machine's cards. The only place that knows the `netdev` crate, so that it can be replaced.

use crate::card::{Card, CardKind};
use crate::network::Ipv4Network;
use netdev::Interface;
use netdev::interface::types::InterfaceType;

/// Linux's numbers (`ARPHRD_*`) for what carries IP from one point to another: raw IP and `tun`, IP in IP, SIT, GRE.
const TUNNEL_TYPES: [u32; 5] = [519, 65534, 768, 776, 778];

/// The cards could not be listed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CardsError {
    /// The system named none at all, not even the loopback: it refuses to tell.
    #[error(
        "this system lists no network cards at all; check that the program may ask for them (on Linux: netlink, in a sandbox or container profile)"
    )]
    NothingListed,
}

/// Every network card of this machine (of this network namespace), suitable or not, by index. Takes a few milliseconds.
///
/// # Errors
/// [`CardsError`], when the system lists none.
pub fn list_cards() -> Result<Vec<Card>, CardsError> {
    let mut cards: Vec<_> = netdev::get_interfaces().iter().map(card_of).collect();
    cards.sort_by_key(|card| card.index);
    if cards.is_empty() { Err(CardsError::NothingListed) } else { Ok(cards) }
}

fn card_of(interface: &Interface) -> Card {
    Card {
        name: name_of(interface),
        index: interface.index,
        mac: interface.mac_addr.map(|mac| mac.octets()).filter(|mac| *mac != [0; 6]),
        networks: interface.ipv4.iter().copied().map(network_of).collect(),
        kind: kind_of(interface),
        is_up: interface.is_up(),
        is_multicast: interface.is_multicast(),
        has_link: interface.is_running(),
    }
}

fn network_of(net: netdev::ipnet::Ipv4Net) -> Ipv4Network {
    Ipv4Network::new(net.addr(), net.prefix_len())
}

/// Windows names cards by a GUID that nobody knows; people know the friendly name.
fn name_of(interface: &Interface) -> String {
    let friendly = if cfg!(windows) { interface.friendly_name.clone() } else { None };
    friendly.unwrap_or_else(|| interface.name.clone())
}

fn kind_of(interface: &Interface) -> CardKind {
    if interface.is_loopback() {
        CardKind::Loopback
    } else if interface.is_point_to_point() || is_tunnel(interface.if_type) {
        CardKind::Tunnel
    } else {
        CardKind::Lan
    }
}

fn is_tunnel(kind: InterfaceType) -> bool {
    match kind {
        InterfaceType::Tunnel | InterfaceType::Ppp | InterfaceType::Slip => true,
        InterfaceType::UnknownWithValue(number) => {
            cfg!(target_os = "linux") && TUNNEL_TYPES.contains(&number)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::Ipv4Addr;

    #[test]
    fn lists_the_loopback_with_its_network() {
        let cards = list_cards().unwrap();
        let loopback = cards.iter().find(|card| card.kind == CardKind::Loopback).unwrap();
        assert!(loopback.is_up && loopback.index > 0 && loopback.mac.is_none());
        assert!(loopback.networks.contains(&Ipv4Network::new(Ipv4Addr::LOCALHOST, 8)));
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn takes_a_wireguard_card_for_a_tunnel() {
        let mut interface = Interface::dummy();
        interface.if_type = InterfaceType::UnknownWithValue(65534);
        assert_eq!(kind_of(&interface), CardKind::Tunnel);
        interface.if_type = InterfaceType::Ethernet;
        assert_eq!(kind_of(&interface), CardKind::Lan);
    }
}
