//! Owns what comes in: datagrams, faults, and the task that reads one socket. Knows not which cards are open.

use crate::card::Card;
use crate::open::Listener;
use crate::shares::Shares;
use crate::socket::LONGEST_DATAGRAM;
use std::io;
use std::net::{Ipv4Addr, SocketAddr, SocketAddrV4};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use tokio::net::UdpSocket;
use tokio::sync::mpsc;

/// What [`Lan::recv`](crate::Lan::recv) brings.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Incoming {
    /// Somebody sent something.
    Datagram(Datagram),
    /// A card does not hear any more.
    Fault(Fault),
    /// The cards that this machine has now; every two seconds, changed or not. See [`changes`](crate::changes).
    Cards(Vec<Card>),
}

/// One UDP datagram, whole.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(clippy::exhaustive_structs, reason = "simulated LANs write datagrams down field by field")]
pub struct Datagram {
    /// [`Card::index`] of the card it arrived on.
    pub card_index: u32,
    /// Who sent it.
    pub source: SocketAddrV4,
    /// What it was sent to.
    pub destination: Destination,
    /// The payload, 0 to 65,507 bytes.
    pub bytes: Vec<u8>,
}

/// What a datagram was sent to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(clippy::exhaustive_enums, reason = "a datagram goes to many or to one")]
pub enum Destination {
    /// The multicast group.
    Group,
    /// This address of the card.
    Unicast(Ipv4Addr),
}

/// A card of which a socket cannot be read any more. It stays open until it is closed: close it, open it again.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{card} cannot be listened to any more: {cause}")]
#[non_exhaustive]
pub struct Fault {
    /// [`Card::index`].
    pub card_index: u32,
    /// The card's name.
    pub card: String,
    /// What the system said.
    pub cause: String,
}

/// What the tasks hand to the [`Lan`](crate::Lan).
#[derive(Debug)]
pub(crate) enum Item {
    Datagram(Datagram),
    Fault(Fault),
    /// The cards that there are now.
    Cards(Vec<Card>),
}

/// One socket to be listened to, and where what it hears goes.
#[derive(Debug)]
pub(crate) struct Receiver {
    pub(crate) card_index: u32,
    pub(crate) card: String,
    pub(crate) destination: Destination,
    pub(crate) socket: Arc<UdpSocket>,
    pub(crate) queue: mpsc::Sender<Item>,
    pub(crate) shares: Arc<Shares>,
    pub(crate) dropped: Arc<AtomicU64>,
}

impl Receiver {
    /// Listens until the queue is closed or the socket cannot be read any more.
    pub(crate) async fn run(self) {
        let mut buffer = vec![0; LONGEST_DATAGRAM];
        loop {
            match receive(&self.socket, &mut buffer).await {
                Ok((length, source)) => self.pass_on(source, &buffer[..length]),
                Err(cause) => return self.give_up(&cause).await,
            }
        }
    }

    /// A full queue must not stop the reading: what is new is dropped and counted, the phone will ask again.
    fn pass_on(&self, source: SocketAddrV4, bytes: &[u8]) {
        if !self.shares.take(source) {
            self.dropped.fetch_add(1, Ordering::Relaxed);
            return;
        }
        let (card_index, destination) = (self.card_index, self.destination);
        let datagram = Datagram { card_index, source, destination, bytes: bytes.into() };
        if self.queue.try_send(Item::Datagram(datagram)).is_err() {
            self.shares.give_back(source);
            self.dropped.fetch_add(1, Ordering::Relaxed);
        }
    }

    async fn give_up(self, cause: &io::Error) {
        let (card_index, cause) = (self.card_index, cause.to_string());
        let fault = Fault { card_index, card: self.card, cause };
        // Nobody left to tell is the one way this fails.
        let _ = self.queue.send(Item::Fault(fault)).await;
    }
}

/// The next datagram: its length in `buffer` and its source.
pub(crate) async fn receive(
    socket: &UdpSocket,
    buffer: &mut [u8],
) -> io::Result<(usize, SocketAddrV4)> {
    loop {
        match socket.recv_from(buffer).await {
            Ok((length, SocketAddr::V4(source))) => return Ok((length, source)),
            Err(cause) if !is_echo_of_a_send(&cause) => return Err(cause),
            // An IPv6 source cannot be: the socket is an IPv4 one.
            Ok(_) | Err(_) => {}
        }
    }
}

/// ICMP's "nobody there" after something we sent comes up when we next receive. It says nothing about this socket.
fn is_echo_of_a_send(cause: &io::Error) -> bool {
    use io::ErrorKind::{
        ConnectionRefused, ConnectionReset, HostUnreachable, Interrupted, NetworkUnreachable,
    };
    matches!(
        cause.kind(),
        ConnectionRefused | ConnectionReset | HostUnreachable | NetworkUnreachable | Interrupted
    )
}

impl Listener {
    /// Hands the socket to the running tokio.
    pub(crate) fn into_tokio(self) -> io::Result<(Arc<UdpSocket>, Destination)> {
        Ok((Arc::new(UdpSocket::from_std(self.socket)?), self.destination))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unreachable_phone_does_not_end_the_listening_and_a_dead_card_does() {
        assert!(is_echo_of_a_send(&io::ErrorKind::ConnectionRefused.into()));
        assert!(is_echo_of_a_send(&io::ErrorKind::ConnectionReset.into()));
        assert!(!is_echo_of_a_send(&io::ErrorKind::NetworkDown.into()));
        assert!(!is_echo_of_a_send(&io::ErrorKind::NotConnected.into()));
    }

    #[tokio::test]
    async fn counts_what_a_full_queue_cannot_take() {
        let socket = UdpSocket::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let (queue, mut items) = mpsc::channel(1);
        let receiver = Receiver {
            card_index: 7,
            card: "test0".into(),
            destination: Destination::Group,
            socket: Arc::new(socket),
            queue,
            shares: Arc::default(),
            dropped: Arc::default(),
        };
        for bytes in [b"first", b"other"] {
            receiver.pass_on("192.0.2.1:5060".parse().unwrap(), bytes);
        }
        assert_eq!(receiver.dropped.load(Ordering::Relaxed), 1);
        let Some(Item::Datagram(first)) = items.recv().await else { panic!("nothing queued") };
        assert_eq!(first.bytes, b"first");
    }
}
