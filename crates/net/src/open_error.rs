//! Owns [`OpenError`]: why a card or a phone's socket could not be opened, and what to do about it.

use crate::holder::HeldPort;
use std::io;
use std::net::{Ipv4Addr, SocketAddrV4};

/// A socket could not be opened. The causes stand in the text.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum OpenError {
    /// Another program has the port, and does not share it. It is never fought for.
    #[error(
        "{0}; stop that program, let it bind to a single address instead of all, or choose another port"
    )]
    PortHeld(HeldPort),
    /// A port below 1024 (or below the system's own limit) and no right to it.
    #[error(
        "this user may not open port {port} of {address}; give the program the right to it (sudo setcap cap_net_bind_service=+ep PROGRAM, or AmbientCapabilities=CAP_NET_BIND_SERVICE in its systemd unit), or choose a port above 1023"
    )]
    PermissionDenied {
        /// The address wanted.
        address: Ipv4Addr,
        /// The port wanted.
        port: u16,
    },
    /// Not a multicast address, or port 0.
    #[error("{group} is no multicast group with a port; SIP phones ask 224.0.1.75:5060")]
    NotAGroup {
        /// What was given.
        group: SocketAddrV4,
    },
    /// The card has nothing to answer from.
    #[error("card {card} has no IPv4 address; give it one or choose another card")]
    NoIpv4 {
        /// The card's name.
        card: String,
    },
    /// The card is open in this [`Lan`](crate::Lan).
    #[error("card {card} is open already; close it first")]
    AlreadyOpen {
        /// The card's name.
        card: String,
    },
    /// The system would not join the group on this card.
    #[error(
        "cannot join {group} on {card}: {cause}; check that the card is still there and switched on"
    )]
    Join {
        /// The card's name.
        card: String,
        /// The group.
        group: Ipv4Addr,
        /// What the system said.
        cause: io::Error,
    },
    /// The system would not give us the socket for another reason, such as an address that is gone.
    #[error(
        "cannot open a UDP socket on {address}: {cause}; check that the address is still there"
    )]
    Socket {
        /// The address and port wanted.
        address: SocketAddrV4,
        /// What the system said.
        cause: io::Error,
    },
}

impl OpenError {
    /// What a failed bind to `address` means.
    pub(crate) fn of_bind(address: SocketAddrV4, cause: io::Error) -> Self {
        let (ip, port) = (*address.ip(), address.port());
        match cause.kind() {
            io::ErrorKind::AddrInUse => Self::PortHeld(HeldPort::look_up(ip, port)),
            // Windows knows no privileged ports: it says so of one that another program holds exclusively.
            io::ErrorKind::PermissionDenied if cfg!(windows) => {
                Self::PortHeld(HeldPort::look_up(ip, port))
            }
            io::ErrorKind::PermissionDenied => Self::PermissionDenied { address: ip, port },
            _ => Self::Socket { address, cause },
        }
    }
}
