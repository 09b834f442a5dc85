//! Owns who stands behind an address on a card, as the system's neighbour table says. Only Linux tells. Sends nothing:
//! the table knows an address once this machine sent something there.

use std::collections::HashMap;
use std::net::Ipv4Addr;
use std::time::{Duration, Instant};

/// A table that was read this long ago is read again: the phones of a boot storm share one reading.
const FRESH: Duration = Duration::from_millis(5);

/// The neighbour table, read when it is asked and not oftener than it can have changed.
#[derive(Debug, Default)]
pub struct Neighbours {
    read: Option<Instant>,
    rows: HashMap<(Ipv4Addr, String), [u8; 6]>,
}

impl Neighbours {
    /// The hardware address that answered for `address` on the card called `card`; `None` where nobody did (yet), and
    /// where the system does not tell. Beyond a router it is never known.
    pub fn behind(&mut self, card: &str, address: Ipv4Addr) -> Option<[u8; 6]> {
        if self.read.is_none_or(|read| read.elapsed() >= FRESH) {
            self.rows = rows();
            self.read = Some(Instant::now());
        }
        self.rows.get(&(address, card.to_owned())).copied()
    }
}

fn rows() -> HashMap<(Ipv4Addr, String), [u8; 6]> {
    #[cfg(target_os = "linux")]
    return crate::procfs_net::neighbours().into_iter().collect();
    #[cfg(not(target_os = "linux"))]
    HashMap::new()
}
