//! Owns [`GroupProbe`]: a datagram sent to a group and heard again on the same card, without leaving this machine. Knows
//! not what the datagram says.

use crate::card::Card;
use crate::open::{checked_group, open_listener};
use crate::open_error::OpenError;
use crate::receive::receive;
use crate::socket::{LONGEST_DATAGRAM, bind_unicast};
use std::io;
use std::net::SocketAddrV4;
use std::sync::Arc;
use tokio::net::UdpSocket;

/// A listener on the group, joined on one card, and a sender on the card's first address.
///
/// What it sends has a TTL of 0: every socket of this machine that joined the group on the card hears it, no cable ever
/// carries it. It works beside a program that listens to the group with address reuse.
#[derive(Debug)]
pub struct GroupProbe {
    listener: Arc<UdpSocket>,
    sender: UdpSocket,
    group: SocketAddrV4,
    local: SocketAddrV4,
}

impl GroupProbe {
    /// Joins the group on `card` alone.
    ///
    /// # Errors
    /// [`OpenError`]. Nothing stays open.
    ///
    /// # Panics
    /// Outside a tokio runtime with its I/O driver enabled.
    pub fn open(card: &Card, group: SocketAddrV4) -> Result<Self, OpenError> {
        let group = checked_group(card, group)?;
        let address = card.addresses().next();
        let address = address.ok_or_else(|| OpenError::NoIpv4 { card: card.name.clone() })?;
        let listener = open_listener(card, group)?;
        let wanted = SocketAddrV4::new(address, 0);
        let failed = |cause| OpenError::Socket { address: wanted, cause };
        let (listener, _) = listener.into_tokio().map_err(failed)?;
        let sender = sender(wanted).map_err(failed)?;
        let local = SocketAddrV4::new(address, sender.local_addr().map_err(failed)?.port());
        Ok(Self { listener, sender, group, local })
    }

    /// Where it sends from.
    #[must_use]
    pub const fn local_address(&self) -> SocketAddrV4 {
        self.local
    }

    /// Sends one datagram to the group, to this machine only.
    ///
    /// # Errors
    /// What the system said; a firewall refuses with "operation not permitted".
    pub async fn send(&self, bytes: &[u8]) -> io::Result<()> {
        self.sender.send_to(bytes, self.group).await.map(drop)
    }

    /// The next datagram that comes to the group on this card, from whomever. Cancel-safe.
    ///
    /// # Errors
    /// What the system said, when the socket cannot be read any more.
    pub async fn recv(&self) -> io::Result<(SocketAddrV4, Vec<u8>)> {
        let mut buffer = vec![0; LONGEST_DATAGRAM];
        let (length, source) = receive(&self.listener, &mut buffer).await?;
        buffer.truncate(length);
        Ok((source, buffer))
    }
}

/// RFC 1112 §6.1: a TTL of 0 never leaves the host.
fn sender(address: SocketAddrV4) -> io::Result<UdpSocket> {
    let socket = bind_unicast(*address.ip(), address.port())?;
    socket.set_multicast_ttl_v4(0)?;
    UdpSocket::from_std(socket.into())
}
