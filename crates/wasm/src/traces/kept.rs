//! Owns what is kept of each message of a trace, in few bytes: where its own are, where it came from, and of one that
//! was put together how that was done.

use super::addresses::Addresses;
use super::store::{Store, Stored};
use fingerpost_core::Span;
use fingerpost_trace::{Clock, Found, Origin, Time, Transport};
use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

/// What the messages of a trace share.
#[derive(Debug, Default)]
pub(super) struct Stock {
    store: Store,
    addresses: Addresses,
    /// Cards, each once.
    interfaces: Vec<Arc<str>>,
    known: HashMap<Arc<str>, u32>,
}

/// One message. There may be very many: every number has as few bytes as a file of a browser can need.
#[derive(Debug)]
pub(super) struct Kept {
    bytes: Stored,
    seconds: [u32; 2],
    nanoseconds: u32,
    from: u32,
    to: u32,
    interface: u32,
    /// 0 where it is not known: packets are counted from 1.
    frame: u32,
    start: u32,
    end: u32,
    /// Which of the trace's sources it came from.
    pub(super) source: u32,
    clock: Option<Clock>,
    transport: Option<Transport>,
    /// All of it but bytes and origin, where it is more than a stretch of its source.
    made: Option<Box<Found>>,
}

/// Stands for no number.
const NONE: u32 = u32::MAX;

impl Kept {
    pub(super) fn new(mut found: Found, source: u32, stock: &mut Stock) -> Self {
        let is_made = !found.is_as_it_stood();
        let bytes = stock.store.add(&std::mem::take(&mut found.bytes));
        let origin = std::mem::take(&mut found.origin);
        let mut number = |address| stock.addresses.number(address);
        let (from, to) = (origin.from.map(&mut number), origin.to.map(&mut number));
        let since = origin.time.map_or(Duration::ZERO, |time| time.since);
        Self {
            bytes,
            seconds: halves(since.as_secs()),
            nanoseconds: since.subsec_nanos(),
            from: from.unwrap_or(NONE),
            to: to.unwrap_or(NONE),
            interface: origin.interface.map_or(NONE, |name| stock.interface(name)),
            frame: origin.frame.and_then(|frame| u32::try_from(frame).ok()).unwrap_or(0),
            start: number_of(found.source.start),
            end: number_of(found.source.end),
            source,
            clock: origin.time.map(|time| time.clock),
            transport: origin.transport,
            made: is_made.then(|| Box::new(found)),
        }
    }

    pub(super) fn bytes(&self, stock: &Stock) -> Vec<u8> {
        stock.store.get(self.bytes)
    }

    pub(super) fn time(&self) -> Option<Time> {
        let [high, low] = self.seconds.map(u64::from);
        let since = Duration::new(high << 32 | low, self.nanoseconds);
        Some(Time { clock: self.clock?, since })
    }

    /// Where in its source it stands.
    pub(super) fn place(&self) -> Span {
        let place = |number: u32| usize::try_from(number).unwrap_or(usize::MAX);
        Span::new(place(self.start), place(self.end))
    }

    /// Who sent it to whom, as far as the source tells.
    pub(super) fn ends(&self, stock: &Stock) -> [Option<SocketAddr>; 2] {
        [self.from, self.to].map(|number| stock.addresses.get(number))
    }

    pub(super) fn origin(&self, stock: &Stock) -> Origin {
        let mut origin = Origin::default();
        origin.time = self.time();
        [origin.from, origin.to] = self.ends(stock);
        origin.transport = self.transport;
        let interface = usize::try_from(self.interface).ok();
        origin.interface = interface.and_then(|number| stock.interfaces.get(number)).cloned();
        origin.frame = (self.frame > 0).then(|| self.frame.into());
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
            None => Found::standing_at(bytes, self.place()),
        };
        found.origin = self.origin(stock);
        found
    }
}

impl Stock {
    fn interface(&mut self, name: Arc<str>) -> u32 {
        if let Some(known) = self.known.get(&name) {
            return *known;
        }
        let number = number_of(self.interfaces.len());
        self.interfaces.push(Arc::clone(&name));
        self.known.insert(name, number);
        number
    }
}

/// A place in a file that a browser opens fits, and so does one in what it unpacks to.
fn number_of(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(NONE)
}

fn halves(number: u64) -> [u32; 2] {
    let half = |number: u64| u32::try_from(number & u64::from(u32::MAX)).unwrap_or(0);
    [half(number >> 32), half(number)]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(origin: Origin) -> Origin {
        let mut stock = Stock::default();
        let mut found = Found::standing_at(b"OPTIONS".to_vec(), Span::new(7, 14));
        found.origin = origin;
        let kept = Kept::new(found.clone(), 0, &mut stock);
        assert_eq!(kept.found(&stock), found);
        kept.origin(&stock)
    }

    #[test]
    fn what_is_known_of_a_message_comes_back() {
        assert!(kept(Origin::default()).is_unknown());
        for seconds in [0, 1, 1_767_225_600, u64::MAX] {
            let mut origin = Origin::default();
            origin.time =
                Some(Time { clock: Clock::OfDay, since: Duration::new(seconds, 999_999_999) });
            origin.from = Some("10.0.0.1:5060".parse().unwrap());
            origin.to = Some("[fe80::1]:5061".parse().unwrap());
            origin.transport = Some(Transport::Tls);
            origin.interface = Some("eth0".into());
            origin.frame = Some(1);
            assert_eq!(kept(origin.clone()), origin);
        }
    }

    #[test]
    fn a_message_takes_few_bytes() {
        assert!(size_of::<Kept>() <= 64, "{}", size_of::<Kept>());
    }
}
