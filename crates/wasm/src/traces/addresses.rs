//! Owns the addresses of a trace, each once: very many messages go between few hosts.

use std::collections::HashMap;
use std::net::SocketAddr;

/// Addresses by their numbers.
#[derive(Debug, Default)]
pub(super) struct Addresses {
    all: Vec<SocketAddr>,
    known: HashMap<SocketAddr, u32>,
}

impl Addresses {
    pub(super) fn number(&mut self, address: SocketAddr) -> u32 {
        let next = u32::try_from(self.all.len()).unwrap_or(u32::MAX);
        let number = *self.known.entry(address).or_insert(next);
        if number == next {
            self.all.push(address);
        }
        number
    }

    pub(super) fn get(&self, number: u32) -> Option<SocketAddr> {
        self.all.get(usize::try_from(number).ok()?).copied()
    }
}
