//! Owns [`Lan`]: all open cards, one task per socket, one queue in and one way out. Judges no datagram.

use crate::card::Card;
use crate::open::{CardSockets, Listener, OpenCard};
use crate::open_error::OpenError;
use crate::receive::{Destination, Incoming, Item, Receiver};
use crate::shares::Shares;
use crate::watch;
use std::collections::BTreeMap;
use std::io;
use std::net::{Ipv4Addr, SocketAddrV4};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use tokio::net::UdpSocket;
use tokio::sync::mpsc;
use tokio::task::JoinSet;

/// Datagrams that wait for [`Lan::recv`]; more are dropped and counted. With SUBSCRIBEs of 1 kB this is 2 MB.
const QUEUE_LENGTH: usize = 2048;

/// The open cards: hears on all of them, sends from any of their addresses.
///
/// Dropping it ends its tasks, soon; [`Lan::close`] also waits until the ports are free again.
#[derive(Debug)]
pub struct Lan {
    cards: BTreeMap<u32, Entry>,
    queue: mpsc::Sender<Item>,
    items: mpsc::Receiver<Item>,
    shares: Arc<Shares>,
    dropped: Arc<AtomicU64>,
    watch: JoinSet<()>,
}

#[derive(Debug)]
struct Entry {
    open: OpenCard,
    /// In the order of `open.addresses`.
    unicast: Vec<Arc<UdpSocket>>,
    tasks: JoinSet<()>,
}

/// A datagram was not sent.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SendError {
    /// No open card has this address.
    #[error("cannot send from {from}: no open card has that address")]
    NotOurAddress {
        /// The address wanted as the source.
        from: Ipv4Addr,
    },
    /// The system refused it: no route, a card that is gone, more than 65,507 bytes.
    #[error("cannot send from {from} to {to}: {cause}")]
    Refused {
        /// The source address.
        from: Ipv4Addr,
        /// The destination.
        to: SocketAddrV4,
        /// What the system said.
        cause: io::Error,
    },
}

impl Default for Lan {
    fn default() -> Self {
        let (queue, items) = mpsc::channel(QUEUE_LENGTH);
        Self {
            cards: BTreeMap::new(),
            queue,
            items,
            shares: Arc::default(),
            dropped: Arc::default(),
            watch: JoinSet::new(),
        }
    }
}

impl Lan {
    /// No cards yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Opens `card` (see [`CardSockets::open`]) and listens on it from now on.
    ///
    /// # Errors
    /// [`OpenError`]; the other cards stay as they are.
    ///
    /// # Panics
    /// Outside a tokio runtime with its I/O and time drivers enabled.
    pub fn open_card(
        &mut self,
        card: &Card,
        group: Ipv4Addr,
        port: u16,
    ) -> Result<&OpenCard, OpenError> {
        if self.cards.contains_key(&card.index) {
            return Err(OpenError::AlreadyOpen { card: card.name.clone() });
        }
        let entry = self.listen_to(CardSockets::open(card, group, port)?)?;
        Ok(&self.cards.entry(card.index).insert_entry(entry).into_mut().open)
    }

    /// Leaves the group on this card and frees its ports, waiting until they are free. `false` when it was not open.
    pub async fn close_card(&mut self, card_index: u32) -> bool {
        let Some(mut entry) = self.cards.remove(&card_index) else { return false };
        entry.tasks.shutdown().await;
        true
    }

    /// Closes every card and waits until their ports are free.
    pub async fn close(mut self) {
        for entry in self.cards.values_mut() {
            entry.tasks.shutdown().await;
        }
    }

    /// The open cards, by their index.
    pub fn cards(&self) -> impl Iterator<Item = &OpenCard> {
        self.cards.values().map(|entry| &entry.open)
    }

    /// The open card with this [`Card::index`].
    #[must_use]
    pub fn card(&self, card_index: u32) -> Option<&OpenCard> {
        self.cards.get(&card_index).map(|entry| &entry.open)
    }

    /// Datagrams dropped so far because nobody took them in time, or because too many of one sender waited. (What the kernel drops before us is not in it.)
    #[must_use]
    pub fn dropped(&self) -> u64 {
        self.dropped.load(Ordering::Relaxed)
    }

    /// Waits for the next datagram or fault of any open card, or the next look at the machine's cards. Cancel-safe:
    /// what is not returned stays queued.
    ///
    /// # Panics
    /// Outside a tokio runtime with its time driver enabled.
    pub async fn recv(&mut self) -> Incoming {
        if self.watch.is_empty() {
            self.watch.spawn(watch::watch(self.queue.clone()));
        }
        loop {
            // The queue cannot end while we hold a sender of it.
            let Some(item) = self.items.recv().await else { return std::future::pending().await };
            if let Some(incoming) = self.sorted(item) {
                return incoming;
            }
        }
    }

    /// What waits already, without waiting for more.
    pub fn try_recv(&mut self) -> Option<Incoming> {
        loop {
            let item = self.items.try_recv().ok()?;
            if let Some(incoming) = self.sorted(item) {
                return Some(incoming);
            }
        }
    }

    /// Sends one datagram from `from`, an address of an open card, and from the port bound there. To a group it leaves
    /// by that card with a TTL of 1. Longer ones than the MTU are sent in fragments.
    ///
    /// # Errors
    /// [`SendError`].
    pub async fn send(
        &self,
        from: Ipv4Addr,
        to: SocketAddrV4,
        bytes: &[u8],
    ) -> Result<(), SendError> {
        let socket = self.socket_at(from).ok_or(SendError::NotOurAddress { from })?;
        let sent = socket.send_to(bytes, to).await;
        sent.map(drop).map_err(|cause| SendError::Refused { from, to, cause })
    }

    fn socket_at(&self, address: Ipv4Addr) -> Option<&UdpSocket> {
        self.cards.values().find_map(|entry| {
            let at = entry.open.addresses.iter().position(|own| own.network.address == address)?;
            entry.unicast.get(at).map(AsRef::as_ref)
        })
    }

    fn listen_to(&self, sockets: CardSockets) -> Result<Entry, OpenError> {
        let CardSockets { open, group, unicast } = sockets;
        let mut tasks = JoinSet::new();
        let mut start = |listener: Listener| {
            let (socket, destination) = listener
                .into_tokio()
                .map_err(|cause| OpenError::Socket { address: open.group, cause })?;
            tasks.spawn(self.receiver(&open.card, Arc::clone(&socket), destination).run());
            Ok(socket)
        };
        group.map(&mut start).transpose()?;
        let unicast = unicast.into_iter().map(start).collect::<Result<_, _>>()?;
        Ok(Entry { open, unicast, tasks })
    }

    fn receiver(&self, card: &Card, socket: Arc<UdpSocket>, destination: Destination) -> Receiver {
        Receiver {
            card_index: card.index,
            card: card.name.clone(),
            destination,
            socket,
            queue: self.queue.clone(),
            shares: Arc::clone(&self.shares),
            dropped: Arc::clone(&self.dropped),
        }
    }

    /// What of `item` the caller gets: nothing of a card that was closed meanwhile.
    fn sorted(&self, item: Item) -> Option<Incoming> {
        match item {
            Item::Datagram(datagram) => {
                self.shares.give_back(datagram.source);
                let is_open = self.cards.contains_key(&datagram.card_index);
                is_open.then_some(Incoming::Datagram(datagram))
            }
            Item::Fault(fault) => {
                self.cards.contains_key(&fault.card_index).then_some(Incoming::Fault(fault))
            }
            Item::Cards(now) => Some(Incoming::Cards(now)),
        }
    }
}
