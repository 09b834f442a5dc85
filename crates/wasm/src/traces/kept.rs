//! Owns what is kept of each message of a trace, in few bytes: where its own are, where it came from, and of one that
//! was put together how that was done.

use super::addresses::Addresses;
use super::store::{Store, Stored};
use fingerpost_core::Span;
use fingerpost_trace::{Found, Origin, Time, Transport};
use std::net::SocketAddr;
use std::sync::Arc;

/// What the messages of a trace share.
#[derive(Debug, Default)]
pub(super) struct Stock {
    store: Store,
    addresses: Addresses,
}

/// One message.
#[derive(Debug)]
pub(super) struct Kept {
    bytes: Stored,
    pub(super) time: Option<Time>,
    from: Option<u32>,
    to: Option<u32>,
    transport: Option<Transport>,
    interface: Option<Arc<str>>,
    /// A file with more packets than that is not read in a browser.
    frame: Option<u32>,
    pub(super) place: Span,
    /// Which of the trace's sources it came from.
    pub(super) source: u32,
    /// All of it but bytes and origin, where it is more than a stretch of its source.
    made: Option<Box<Found>>,
}

impl Kept {
    pub(super) fn new(mut found: Found, source: u32, stock: &mut Stock) -> Self {
        let is_made = !found.is_as_it_stood();
        let bytes = stock.store.add(&std::mem::take(&mut found.bytes));
        let origin = std::mem::take(&mut found.origin);
        let mut number = |address| stock.addresses.number(address);
        let (from, to) = (origin.from.map(&mut number), origin.to.map(&mut number));
        Self {
            bytes,
            time: origin.time,
            from,
            to,
            transport: origin.transport,
            interface: origin.interface,
            frame: origin.frame.and_then(|frame| u32::try_from(frame).ok()),
            place: found.source,
            source,
            made: is_made.then(|| Box::new(found)),
        }
    }

    pub(super) fn bytes(&self, stock: &Stock) -> Vec<u8> {
        stock.store.get(self.bytes)
    }

    /// Who sent it to whom, as far as the source tells.
    pub(super) fn ends(&self, stock: &Stock) -> [Option<SocketAddr>; 2] {
        [self.from, self.to].map(|number| stock.addresses.get(number?))
    }

    pub(super) fn origin(&self, stock: &Stock) -> Origin {
        let mut origin = Origin::default();
        origin.time = self.time;
        [origin.from, origin.to] = self.ends(stock);
        origin.transport = self.transport;
        origin.interface.clone_from(&self.interface);
        origin.frame = self.frame.map(u64::from);
        origin
    }

    /// As it was found.
    pub(super) fn found(&self, stock: &Stock) -> Found {
        let bytes = self.bytes(stock);
        let mut found = match &self.made {
            Some(made) => {
                let mut found = Found::clone(made);
                found.bytes = bytes;
                found
            }
            None => Found::standing_at(bytes, self.place),
        };
        found.origin = self.origin(stock);
        found
    }
}

/// One more, without room for as many again: what doubles holds three times as much while it grows.
pub(super) fn push(messages: &mut Vec<Kept>, kept: Kept) {
    if messages.len() == messages.capacity() {
        messages.reserve_exact(messages.len() / 8 + 256);
    }
    messages.push(kept);
}
