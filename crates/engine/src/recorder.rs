//! Owns the datagrams that came and went, for people to look at. Bounded by bytes: the oldest go first. Each has a number
//! that grows, so that whoever looks again sees what is new. Judges nothing.

use crate::clock::Timestamp;
use fingerpost_core::Message;
use fingerpost_core::message::StartLine;
use fingerpost_core::pnp::Token;
use fingerpost_trace::pcapng::{self, Interface, WriteError, Writer};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeSet, VecDeque};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

/// Bytes of messages kept: some 15,000 exchanges' worth.
pub(crate) const BUDGET: usize = 24 * 1024 * 1024;
/// Longer datagrams are kept up to here: nobody reads on.
const LONGEST: usize = 16 * 1024;
/// Told at once.
const AT_ONCE: usize = 2_000;

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

/// What came and went on all cards, from a number on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[non_exhaustive]
pub struct Traffic {
    /// Oldest first; at most 2,000 at once.
    pub messages: Vec<TrafficMessage>,
    /// Whether there are more behind them.
    pub has_more: bool,
    /// How many that were asked for are gone, to make room for newer ones.
    #[cfg_attr(test, ts(type = "number"))]
    pub gone: u64,
}

/// One of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[non_exhaustive]
pub struct TrafficMessage {
    /// Its number since the start, from 1 on.
    #[cfg_attr(test, ts(type = "number"))]
    pub number: u64,
    /// What it is, in a few words: `SUBSCRIBE`, `200 OK to SUBSCRIBE`; none where it is no SIP message.
    pub summary: Option<String>,
    /// The datagram.
    #[serde(flatten)]
    pub recorded: Recorded,
}

/// A datagram that is to be kept.
#[derive(Debug, Clone)]
pub(crate) struct Kept {
    /// Microseconds after 1970-01-01 00:00 UTC.
    pub(crate) at: i64,
    /// The exchange that it belongs to, as far as that is known.
    pub(crate) exchange: Option<Token>,
    pub(crate) direction: Direction,
    /// Our side: the group where it was sent to all.
    pub(crate) local: SocketAddr,
    pub(crate) peer: SocketAddr,
    pub(crate) is_multicast: bool,
    pub(crate) interface: Arc<str>,
    pub(crate) bytes: Vec<u8>,
}

impl Kept {
    fn recorded(&self) -> Recorded {
        Recorded {
            time: Timestamp::from_millis(self.at.div_euclid(1000)),
            direction: self.direction,
            peer: self.peer,
            local: (!self.is_multicast).then_some(self.local),
            interface: self.interface.to_string(),
            is_multicast: self.is_multicast,
            text: String::from_utf8_lossy(&self.bytes).into_owned(),
        }
    }

    fn packet(&self) -> pcapng::Datagram<'_> {
        let time = Duration::from_micros(u64::try_from(self.at).unwrap_or(0));
        match self.direction {
            Direction::In => {
                pcapng::Datagram::new(time, self.peer, self.local, &self.bytes).inbound()
            }
            Direction::Out => {
                pcapng::Datagram::new(time, self.local, self.peer, &self.bytes).outbound()
            }
        }
    }
}

#[derive(Debug, Default)]
pub(crate) struct Recorder {
    kept: VecDeque<Kept>,
    bytes: usize,
    /// Datagrams that went to make room: the oldest one's number is one more.
    gone: u64,
}

impl Recorder {
    pub(crate) fn put(&mut self, mut datagram: Kept) {
        datagram.bytes.truncate(LONGEST);
        self.bytes += datagram.bytes.len();
        self.kept.push_back(datagram);
        while self.bytes > BUDGET {
            let Some(oldest) = self.kept.pop_front() else { return };
            self.bytes -= oldest.bytes.len();
            self.gone += 1;
        }
    }

    /// The latest messages that are wanted, oldest first.
    pub(crate) fn latest(&self, is_wanted: impl Fn(&Kept) -> bool, most: usize) -> Vec<Recorded> {
        let theirs = self.kept.iter().rev().filter(|kept| is_wanted(kept));
        let mut latest: Vec<Recorded> = theirs.take(most).map(Kept::recorded).collect();
        latest.reverse();
        latest
    }

    /// What came and went after the message with this number; 0 for all.
    pub(crate) fn after(&self, number: u64) -> Traffic {
        let known = usize::try_from(number.saturating_sub(self.gone)).unwrap_or(usize::MAX);
        let has_more = self.kept.len().saturating_sub(known) > AT_ONCE;
        let new = self.kept.iter().zip(self.gone + 1..).skip(known);
        let messages = new.take(AT_ONCE).map(told).collect();
        Traffic { messages, has_more, gone: self.gone.saturating_sub(number) }
    }

    /// The messages with these numbers as a capture file; those that are gone are not in it.
    pub(crate) fn capture(&self, numbers: &BTreeSet<u64>) -> Result<Vec<u8>, WriteError> {
        let chosen = self.kept.iter().zip(self.gone + 1..);
        let chosen = chosen.filter(|(_, number)| numbers.contains(number));
        let chosen: Vec<&Kept> = chosen.map(|(kept, _)| kept).collect();
        let names: BTreeSet<&str> = chosen.iter().map(|kept| &*kept.interface).collect();
        let names: Vec<&str> = names.into_iter().collect();
        let cards: Vec<Interface<'_>> = names.iter().copied().map(Interface::named).collect();
        let mut writer = Writer::new(&cards);
        for kept in chosen {
            let card = names.binary_search(&&*kept.interface).unwrap_or(0);
            writer.add(&kept.packet().on(card))?;
        }
        Ok(writer.take())
    }
}

fn told((kept, number): (&Kept, u64)) -> TrafficMessage {
    TrafficMessage { number, summary: summary(&kept.bytes), recorded: kept.recorded() }
}

/// The Call-ID of a datagram, where it has one: what belongs to one dialog has the same (RFC 3261 §12).
pub(crate) fn call_id(bytes: &[u8]) -> Option<Vec<u8>> {
    let message = Message::parse(bytes).ok()?;
    Some(message.call_id().ok()??.text.as_bytes().to_vec())
}

/// `SUBSCRIBE`, `200 OK to SUBSCRIBE`.
pub(crate) fn summary(bytes: &[u8]) -> Option<String> {
    let message = Message::parse(bytes).ok()?;
    let method = message.method().map(|method| method.to_string());
    Some(match (message.start_line(), method) {
        (StartLine::Request(line), _) => line.method.to_string(),
        (StartLine::Status(line), None) => format!("{} {}", line.code, line.reason),
        (StartLine::Status(line), Some(method)) => {
            format!("{} {} to {method}", line.code, line.reason)
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::IpAddr;

    fn datagram(number: u16, bytes: &[u8]) -> Kept {
        Kept {
            at: i64::from(number) * 1_000,
            exchange: None,
            direction: Direction::In,
            local: SocketAddr::from(([224, 0, 1, 75], 5060)),
            peer: SocketAddr::from(([192, 0, 2, 1], number)),
            is_multicast: true,
            interface: if number.is_multiple_of(2) { "eth0" } else { "eth1" }.into(),
            bytes: bytes.to_vec(),
        }
    }

    fn numbers(traffic: &Traffic) -> Vec<u64> {
        traffic.messages.iter().map(|message| message.number).collect()
    }

    #[test]
    fn the_oldest_go_when_there_is_too_much_and_that_is_told() {
        let mut recorder = Recorder::default();
        for number in 1..=2000 {
            recorder.put(datagram(number, &vec![b'x'; 60_000]));
        }
        let most = BUDGET / LONGEST;
        let with = |last| move |kept: &Kept| kept.peer.ip() == IpAddr::from([192, 0, 2, last]);
        let kept = recorder.latest(with(1), usize::MAX);
        assert_eq!((kept.len(), kept.last().unwrap().peer.port()), (most, 2000));
        assert_eq!(recorder.latest(with(1), 3).len(), 3);
        assert!(recorder.latest(with(2), 3).is_empty());
        let traffic = recorder.after(10);
        assert_eq!(traffic.gone, 2000 - most as u64 - 10);
        assert_eq!(traffic.messages.first().unwrap().number, 2000 - most as u64 + 1);
    }

    #[test]
    fn whoever_looks_again_sees_what_is_new() {
        let mut recorder = Recorder::default();
        for number in 1..=3 {
            recorder.put(datagram(number, b"SIP/2.0 200 OK\r\nCSeq: 1 SUBSCRIBE\r\n\r\n"));
        }
        assert_eq!(numbers(&recorder.after(0)), [1, 2, 3]);
        assert_eq!(numbers(&recorder.after(2)), [3]);
        assert!(numbers(&recorder.after(3)).is_empty());
        assert!(numbers(&recorder.after(99)).is_empty(), "of another run");
        let traffic = recorder.after(2);
        assert_eq!(traffic.messages[0].summary.as_deref(), Some("200 OK to SUBSCRIBE"));
    }

    #[test]
    fn many_are_told_piece_by_piece() {
        let mut recorder = Recorder::default();
        for number in 1..=2_500 {
            recorder.put(datagram(number, b"x"));
        }
        let first = recorder.after(0);
        assert!(first.has_more && first.messages.len() == AT_ONCE);
        let rest = recorder.after(AT_ONCE as u64);
        assert!(!rest.has_more && rest.messages.len() == 500);
    }

    #[test]
    fn the_chosen_ones_are_a_capture_with_their_cards_and_bytes() {
        let mut recorder = Recorder::default();
        for number in 1..=4_u8 {
            recorder.put(datagram(number.into(), &[b'a', 0xff, number]));
        }
        let file = recorder.capture(&[2, 3, 77].into()).unwrap();
        let packets = pcapng::read(&file).unwrap();
        let payloads: Vec<_> = packets.iter().map(|packet| packet.payload.clone()).collect();
        assert_eq!(payloads, [vec![b'a', 0xff, 2], vec![b'a', 0xff, 3]]);
        assert_eq!(packets[0].from.port(), 2);
        assert_eq!(packets[0].time.as_micros(), 2_000);
    }
}
