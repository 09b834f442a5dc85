//! Owns the socket of somebody who asks: sends to a group out of one card, hears unicast answers. Joins nothing.

use crate::open::bind;
use crate::open_error::OpenError;
use crate::receive::receive;
use crate::socket::LONGEST_DATAGRAM;
use std::io;
use std::net::{Ipv4Addr, SocketAddrV4};
use tokio::net::UdpSocket;

/// The socket of one phone, real or simulated.
///
/// What it sends to a group leaves by the card that has its address, with a TTL of 1, and is heard by programs on this
/// machine too.
#[derive(Debug)]
pub struct PhoneSocket {
    socket: UdpSocket,
    local: SocketAddrV4,
}

impl PhoneSocket {
    /// A socket on `address`, an address of one of this machine's cards, and on `port`, or any free port. Never shared
    /// with another program.
    ///
    /// # Errors
    /// [`OpenError`].
    ///
    /// # Panics
    /// Outside a tokio runtime with its I/O driver enabled.
    pub fn open(address: Ipv4Addr, port: Option<u16>) -> Result<Self, OpenError> {
        let (port, socket) = bind(address, port.unwrap_or(0))?;
        let local = SocketAddrV4::new(address, port);
        let socket = UdpSocket::from_std(socket.into())
            .map_err(|cause| OpenError::Socket { address: local, cause })?;
        Ok(Self { socket, local })
    }

    /// The same, heard on this machine only: what it sends to a group has a TTL of 0 (RFC 1112 §6.1).
    ///
    /// # Errors
    /// [`OpenError::Socket`].
    pub fn staying_here(self) -> Result<Self, OpenError> {
        let failed = |cause| OpenError::Socket { address: self.local, cause };
        self.socket.set_multicast_ttl_v4(0).map_err(failed)?;
        Ok(self)
    }

    /// Its own address and port.
    #[must_use]
    pub fn local_address(&self) -> SocketAddrV4 {
        self.local
    }

    /// Sends one datagram, to a group or to a single address.
    ///
    /// # Errors
    /// What the system said: no route, a card that is gone, more than 65,507 bytes.
    pub async fn send(&self, to: SocketAddrV4, bytes: &[u8]) -> io::Result<()> {
        self.socket.send_to(bytes, to).await.map(drop)
    }

    /// The next datagram that comes for this socket: who sent it, and its bytes. Cancel-safe.
    ///
    /// # Errors
    /// What the system said, when the socket cannot be read any more. "Nobody there" (ICMP) about something sent
    /// before is no such error.
    pub async fn recv(&self) -> io::Result<(SocketAddrV4, Vec<u8>)> {
        // Waits first: a thousand simulated phones must not hold a buffer each.
        self.socket.readable().await?;
        let mut buffer = vec![0; LONGEST_DATAGRAM];
        let (length, source) = receive(&self.socket, &mut buffer).await?;
        buffer.truncate(length);
        buffer.shrink_to_fit();
        Ok((source, buffer))
    }
}
