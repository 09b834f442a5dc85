//! Owns how much of the queue one sender may fill: a flood from one place must leave room for all others. Judges no
//! datagram.

use std::collections::HashMap;
use std::hash::Hash;
use std::net::{Ipv4Addr, SocketAddrV4};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Datagrams of one address and port that may wait. A phone asks four times in five seconds.
const MOST_OF_SENDER: usize = 16;
/// Datagrams of one address that may wait: half the queue.
pub(crate) const MOST_OF_ADDRESS: usize = 1024;

/// What of the queue is taken, and by whom. Holds an entry only for those of whom something waits.
#[derive(Debug, Default)]
pub(crate) struct Shares(Mutex<Counts>);

#[derive(Debug, Default)]
struct Counts {
    senders: HashMap<SocketAddrV4, usize>,
    addresses: HashMap<Ipv4Addr, usize>,
}

impl Shares {
    /// Whether `sender` may have one datagram more in the queue; counts it.
    pub(crate) fn take(&self, sender: SocketAddrV4) -> bool {
        let mut counts = self.lock();
        let address = *sender.ip();
        if of(&counts.addresses, &address) >= MOST_OF_ADDRESS
            || of(&counts.senders, &sender) >= MOST_OF_SENDER
        {
            return false;
        }
        *counts.senders.entry(sender).or_default() += 1;
        *counts.addresses.entry(address).or_default() += 1;
        true
    }

    /// One of `sender`'s datagrams left the queue.
    pub(crate) fn give_back(&self, sender: SocketAddrV4) {
        let mut counts = self.lock();
        release(&mut counts.senders, &sender);
        release(&mut counts.addresses, sender.ip());
    }

    fn lock(&self) -> MutexGuard<'_, Counts> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn of<K: Eq + Hash>(counts: &HashMap<K, usize>, key: &K) -> usize {
    counts.get(key).copied().unwrap_or_default()
}

fn release<K: Eq + Hash>(counts: &mut HashMap<K, usize>, key: &K) {
    if let Some(count) = counts.get_mut(key) {
        *count = count.saturating_sub(1);
        if *count == 0 {
            counts.remove(key);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_sender_fills_little_and_one_address_half() {
        let shares = Shares::default();
        let sender = |port| SocketAddrV4::new(Ipv4Addr::new(192, 0, 2, 1), port);
        assert_eq!((0..100).filter(|_| shares.take(sender(9))).count(), MOST_OF_SENDER);
        let more = (100..5_000).filter(|port| shares.take(sender(*port))).count();
        assert_eq!(more, MOST_OF_ADDRESS - MOST_OF_SENDER);
        assert!(shares.take("192.0.2.2:5060".parse().unwrap()));
        (0..MOST_OF_SENDER).for_each(|_| shares.give_back(sender(9)));
        assert!(shares.take(sender(9)));
    }

    #[test]
    fn of_whom_nothing_waits_nothing_is_kept() {
        let shares = Shares::default();
        for port in 1..2_000 {
            let sender = SocketAddrV4::new(Ipv4Addr::LOCALHOST, port);
            assert!(shares.take(sender));
            shares.give_back(sender);
        }
        assert!(shares.lock().senders.is_empty() && shares.lock().addresses.is_empty());
    }
}
