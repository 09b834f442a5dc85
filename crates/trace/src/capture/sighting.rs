//! Owns when and on which card a packet was seen.

use super::file::Packet;
use std::sync::Arc;
use std::time::Duration;

/// A packet, apart from its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Sighting {
    pub(super) time: Option<Duration>,
    pub(super) interface: Option<Arc<str>>,
    /// Its number in the file, from 1 on.
    pub(super) frame: u64,
}

impl Sighting {
    pub(super) fn of(packet: &Packet, frame: u64) -> Self {
        Self { time: packet.time, interface: packet.interface.clone(), frame }
    }
}
