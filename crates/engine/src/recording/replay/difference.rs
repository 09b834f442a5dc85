//! Owns what of a recording is not as it was: which datagram of ours, and where in it.

use crate::recording::RecordedMessage;
use crate::view::PhoneState;
use fingerpost_core::pnp::Transmit;
use serde::Serialize;
use std::net::SocketAddr;

/// What is not as it was recorded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "difference", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Difference {
    /// A datagram of ours is another one.
    Message {
        /// Which of ours, from 1.
        number: usize,
        /// The first byte that differs.
        byte: usize,
        /// From there on, in the recording, to the end of the line.
        recorded: String,
        /// The same, as it is said now.
        now: String,
    },
    /// A datagram of ours goes elsewhere.
    Address {
        /// Which of ours, from 1.
        number: usize,
        /// From where to where in the recording.
        recorded: String,
        /// The same, now.
        now: String,
    },
    /// A recorded datagram of ours is not sent any more.
    Missing {
        /// Which of ours, from 1.
        number: usize,
        /// Its first line.
        recorded: String,
    },
    /// A datagram is sent that was not recorded.
    Surplus {
        /// Which of ours, from 1.
        number: usize,
        /// Its first line.
        now: String,
    },
    /// The exchange ends elsewhere.
    State {
        /// In the recording.
        recorded: PhoneState,
        /// Now.
        now: PhoneState,
    },
}

/// The first difference between what was and what is sent.
pub(super) fn difference(recorded: &[&RecordedMessage], now: &[Transmit]) -> Option<Difference> {
    let pairs = recorded.iter().zip(now).zip(1..);
    let different = pairs.filter_map(|((recorded, now), number)| between(number, recorded, now));
    different.into_iter().next().or_else(|| {
        let number = recorded.len().min(now.len()) + 1;
        match (recorded.get(number - 1), now.get(number - 1)) {
            (Some(one), None) => Some(Difference::Missing { number, recorded: line(&one.bytes) }),
            (None, Some(one)) => Some(Difference::Surplus { number, now: line(&one.bytes) }),
            _ => None,
        }
    })
}

fn between(number: usize, recorded: &RecordedMessage, now: &Transmit) -> Option<Difference> {
    if recorded.bytes != now.bytes {
        let same = recorded.bytes.iter().zip(&now.bytes).take_while(|(one, other)| one == other);
        let byte = same.count();
        let (recorded, now) = (line(&recorded.bytes[byte..]), line(&now.bytes[byte..]));
        return Some(Difference::Message { number, byte, recorded, now });
    }
    let way = |from: SocketAddr, to: SocketAddr| format!("from {from} to {to}");
    let (recorded, now) = (way(recorded.local, recorded.peer), way(now.from, now.to));
    (recorded != now).then_some(Difference::Address { number, recorded, now })
}

/// Up to the end of the line.
pub(super) fn line(bytes: &[u8]) -> String {
    let end = bytes.iter().position(|byte| *byte == b'\r' || *byte == b'\n');
    String::from_utf8_lossy(&bytes[..end.unwrap_or(bytes.len())]).into_owned()
}
