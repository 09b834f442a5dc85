//! Owns the messages that came and went, for people to look at. Bounded by bytes: the oldest go first. Judges nothing.

use crate::clock::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::VecDeque;
use std::net::{IpAddr, SocketAddr};

/// Bytes of messages kept: some 15,000 exchanges' worth.
const BUDGET: usize = 24 * 1024 * 1024;
/// Longer datagrams are kept up to here: nobody reads on.
const LONGEST: usize = 16 * 1024;

/// A datagram that came or went.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[non_exhaustive]
pub struct Recorded {
    /// When.
    pub time: Timestamp,
    /// Which way.
    pub direction: Direction,
    /// The other side's address and port.
    pub peer: SocketAddr,
    /// Our address and port; none where the group was asked.
    pub local: Option<SocketAddr>,
    /// The card's name.
    pub interface: String,
    /// Whether it was sent to the group.
    pub is_multicast: bool,
    /// Its bytes as text; those that are not UTF-8 are replaced.
    pub text: String,
}

/// Which way a datagram went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "lowercase")]
#[allow(clippy::exhaustive_enums, reason = "a datagram comes or goes")]
pub enum Direction {
    /// To us.
    In,
    /// From us.
    Out,
}

impl Recorded {
    /// Something that came to our address `local`, or to the group.
    pub(crate) fn arrived(
        time: Timestamp,
        peer: SocketAddr,
        local: Option<SocketAddr>,
        interface: &str,
    ) -> Self {
        Self {
            time,
            direction: Direction::In,
            peer,
            local,
            interface: interface.into(),
            is_multicast: local.is_none(),
            text: String::new(),
        }
    }

    /// Something that left.
    pub(crate) fn left(
        time: Timestamp,
        local: SocketAddr,
        peer: SocketAddr,
        interface: &str,
    ) -> Self {
        let arrived = Self::arrived(time, peer, Some(local), interface);
        Self { direction: Direction::Out, ..arrived }
    }
}

#[derive(Debug, Default)]
pub(crate) struct Recorder {
    messages: VecDeque<Recorded>,
    bytes: usize,
}

impl Recorder {
    /// Writes down what crossed the wire; all of `seen` but its text.
    pub(crate) fn put(&mut self, seen: Recorded, bytes: &[u8]) {
        let text = String::from_utf8_lossy(&bytes[..bytes.len().min(LONGEST)]).into_owned();
        self.bytes += text.len();
        self.messages.push_back(Recorded { text, ..seen });
        while self.bytes > BUDGET {
            let Some(oldest) = self.messages.pop_front() else { return };
            self.bytes -= oldest.text.len();
        }
    }

    /// The latest messages to and from an address, oldest first.
    pub(crate) fn with(&self, address: IpAddr, most: usize) -> Vec<Recorded> {
        let theirs = self.messages.iter().rev().filter(|message| message.peer.ip() == address);
        let mut latest: Vec<Recorded> = theirs.take(most).cloned().collect();
        latest.reverse();
        latest
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_oldest_go_when_there_is_too_much() {
        let mut recorder = Recorder::default();
        for number in 0..2000_u16 {
            let peer = SocketAddr::from(([192, 0, 2, 1], number + 1));
            let time = Timestamp::from_millis(i64::from(number));
            recorder.put(Recorded::arrived(time, peer, None, "eth0"), &vec![b'x'; 60_000]);
        }
        let kept = recorder.with(IpAddr::from([192, 0, 2, 1]), usize::MAX);
        assert_eq!(kept.len(), BUDGET / LONGEST);
        assert_eq!(kept.last().unwrap().peer.port(), 2000);
        assert_eq!(recorder.with(IpAddr::from([192, 0, 2, 1]), 3).len(), 3);
        assert!(recorder.with(IpAddr::from([192, 0, 2, 2]), 3).is_empty());
    }
}
