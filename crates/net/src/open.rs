//! Owns the sockets of one card: one listener on the group and one unicast socket per address. Knows no tasks.

use crate::card::Card;
use crate::group;
use crate::holder::HeldPort;
use crate::network::Ipv4Network;
use crate::open_error::OpenError;
use crate::receive::Destination;
use crate::socket::bind_unicast;
use socket2::Socket;
use std::net::{Ipv4Addr, SocketAddrV4};

/// A card that is open: the group joined on it, and the addresses it answers from.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct OpenCard {
    /// The card, as it was when it was opened.
    pub card: Card,
    /// The group and port it listens on.
    pub group: SocketAddrV4,
    /// One for each of the card's networks, in their order; never empty.
    pub addresses: Vec<CardAddress>,
}

/// An address that datagrams can be sent from and to.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct CardAddress {
    /// The address and its network.
    pub network: Ipv4Network,
    /// The port it is bound to: the wanted one, or a free one where that was taken.
    pub port: u16,
    /// The wanted port and who holds it, when `port` is another.
    pub instead_of: Option<HeldPort>,
}

impl OpenCard {
    /// The address to answer `phone` from: the one whose network holds it, else the first.
    #[must_use]
    pub fn address_towards(&self, phone: Ipv4Addr) -> &CardAddress {
        let near = self.addresses.iter().position(|own| own.network.contains(phone));
        &self.addresses[near.unwrap_or(0)]
    }
}

/// A socket, and what the datagrams that arrive there were sent to.
#[derive(Debug)]
pub(crate) struct Listener {
    pub(crate) socket: std::net::UdpSocket,
    pub(crate) destination: Destination,
}

/// The open sockets of one card, not yet listened to. Dropping them leaves the group and frees the ports; opening them
/// needs no tokio, so they also serve to find out whether a card *can* be opened.
#[derive(Debug)]
pub struct CardSockets {
    pub(crate) open: OpenCard,
    pub(crate) group: Option<Listener>,
    /// In the order of `open.addresses`.
    pub(crate) unicast: Vec<Listener>,
}

impl CardSockets {
    /// Joins `group` on `card` alone and binds `port` (above 0) there and on each of the card's addresses.
    ///
    /// A unicast port that is taken is no error: see [`CardAddress::instead_of`]. (On Windows it is one for the card's
    /// first address, which has to hear the group as well.)
    ///
    /// # Errors
    /// [`OpenError`]. Nothing stays open.
    pub fn open(card: &Card, group: Ipv4Addr, port: u16) -> Result<Self, OpenError> {
        let group = checked_group(card, SocketAddrV4::new(group, port))?;
        let listener = if group::BINDS_TO_GROUP { Some(listen(card, group)?) } else { None };
        let (mut addresses, mut unicast) = (Vec::new(), Vec::new());
        for network in &card.networks {
            let joins = listener.is_none() && unicast.is_empty();
            let (address, socket) = open_address(*network, port, joins)?;
            unicast.push(listener_at(card, group, joins, network.address, socket)?);
            addresses.push(address);
        }
        Ok(Self {
            open: OpenCard { card: card.clone(), group, addresses },
            group: listener,
            unicast,
        })
    }

    /// What was opened.
    #[must_use]
    pub fn about(&self) -> &OpenCard {
        &self.open
    }
}

pub(crate) fn checked_group(card: &Card, group: SocketAddrV4) -> Result<SocketAddrV4, OpenError> {
    if !group.ip().is_multicast() || group.port() == 0 {
        Err(OpenError::NotAGroup { group })
    } else if card.networks.is_empty() {
        Err(OpenError::NoIpv4 { card: card.name.clone() })
    } else {
        Ok(group)
    }
}

/// What hears the group on this card alone; where no socket can be bound to a group, one on the card's first address.
pub(crate) fn open_listener(card: &Card, group: SocketAddrV4) -> Result<Listener, OpenError> {
    if group::BINDS_TO_GROUP {
        return listen(card, group);
    }
    let address = card.addresses().next();
    let address = address.ok_or_else(|| OpenError::NoIpv4 { card: card.name.clone() })?;
    let (_, socket) = bind(address, group.port())?;
    listener_at(card, group, true, address, socket)
}

fn listen(card: &Card, group: SocketAddrV4) -> Result<Listener, OpenError> {
    let socket = group::bind(group).map_err(|cause| OpenError::of_bind(group, cause))?;
    join(&socket, card, *group.ip())?;
    Ok(Listener { socket: socket.into(), destination: Destination::Group })
}

fn join(socket: &Socket, card: &Card, group: Ipv4Addr) -> Result<(), OpenError> {
    group::join(socket, group, card).map_err(|cause| OpenError::Join {
        card: card.name.clone(),
        group,
        cause,
    })
}

/// The wanted port, or any free one where it is taken and another will do.
fn open_address(
    network: Ipv4Network,
    port: u16,
    must_be_wanted_port: bool,
) -> Result<(CardAddress, Socket), OpenError> {
    match bind(network.address, port) {
        Err(OpenError::PortHeld(held)) if !must_be_wanted_port => {
            let (port, socket) = bind(network.address, 0)?;
            Ok((CardAddress { network, port, instead_of: Some(held) }, socket))
        }
        bound => {
            bound.map(|(port, socket)| (CardAddress { network, port, instead_of: None }, socket))
        }
    }
}

/// The socket and the port that it got.
pub(crate) fn bind(address: Ipv4Addr, port: u16) -> Result<(u16, Socket), OpenError> {
    let wanted = SocketAddrV4::new(address, port);
    let socket = bind_unicast(address, port).map_err(|cause| OpenError::of_bind(wanted, cause))?;
    let bound =
        socket.local_addr().map_err(|cause| OpenError::Socket { address: wanted, cause })?;
    Ok((bound.as_socket_ipv4().map_or(port, |bound| bound.port()), socket))
}

/// A unicast socket that also joins hears both, and cannot tell them apart: the cautious reading is the group.
fn listener_at(
    card: &Card,
    group: SocketAddrV4,
    joins: bool,
    address: Ipv4Addr,
    socket: Socket,
) -> Result<Listener, OpenError> {
    if joins {
        join(&socket, card, *group.ip())?;
    }
    let destination = if joins { Destination::Group } else { Destination::Unicast(address) };
    Ok(Listener { socket: socket.into(), destination })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::card::CardKind;

    fn network(address: [u8; 4]) -> Ipv4Network {
        Ipv4Network::new(address.into(), 24)
    }

    fn card(networks: &[Ipv4Network]) -> Card {
        Card {
            name: "test0".into(),
            index: 1,
            mac: None,
            networks: networks.into(),
            kind: CardKind::Loopback,
            is_up: true,
            is_multicast: true,
            has_link: true,
        }
    }

    #[test]
    fn answers_from_the_address_in_the_phones_network() {
        let networks = [network([192, 0, 2, 1]), network([198, 51, 100, 1])];
        let addresses =
            networks.map(|network| CardAddress { network, port: 5060, instead_of: None });
        let group = "224.0.1.75:5060".parse().unwrap();
        let open = OpenCard { card: card(&networks), group, addresses: addresses.into() };
        let from = |phone: [u8; 4]| open.address_towards(phone.into()).network;
        assert_eq!(from([198, 51, 100, 9]), networks[1]);
        assert_eq!(from([203, 0, 113, 9]), networks[0]);
    }

    #[test]
    fn refuses_what_is_no_group_and_a_card_without_an_address() {
        let local = card(&[network([127, 0, 0, 1])]);
        for (address, port) in [([192, 0, 2, 1], 5060), ([224, 0, 1, 75], 0)] {
            let refused = CardSockets::open(&local, address.into(), port).unwrap_err();
            assert!(matches!(refused, OpenError::NotAGroup { .. }), "{refused}");
        }
        let bare = CardSockets::open(&card(&[]), [224, 0, 1, 75].into(), 5060).unwrap_err();
        assert!(matches!(bare, OpenError::NoIpv4 { .. }), "{bare}");
    }
}
