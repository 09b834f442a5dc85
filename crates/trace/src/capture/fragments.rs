//! Owns the fragments of IP packets until a packet is whole (RFC 791 §3.2, RFC 8200 §4.5). Of bytes that come twice the
//! first stay. What is held is bounded: the oldest packet is given up first.

use super::ip::{Fragment, Ip};
use super::placed::{Placed, Run};
use super::sighting::Sighting;
use std::collections::{BTreeMap, VecDeque};
use std::net::IpAddr;

/// Bytes held in fragments at most, with what keeping each of them costs.
const MOST_HELD: usize = 8 << 20;
const COST: usize = 64;
/// So many packets that were whole are remembered: what comes of them again is not missed.
const REMEMBERED: usize = 1024;
/// No packet is longer.
const LONGEST: usize = 65_535;

/// Which packet a fragment belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    from: IpAddr,
    to: IpAddr,
    id: u32,
    protocol: u8,
}

/// A packet in parts.
#[derive(Debug, Default)]
struct Parts {
    by_offset: BTreeMap<usize, Part>,
    /// How long the whole is, once the last fragment came.
    length: Option<usize>,
    held: usize,
    turn: u64,
    /// The first part that came.
    seen: Option<Sighting>,
}

#[derive(Debug)]
struct Part {
    bytes: Vec<u8>,
    runs: Vec<Run>,
}

/// The payload of a packet that was put together.
#[derive(Debug)]
pub(super) struct Assembled {
    pub(super) from: IpAddr,
    pub(super) to: IpAddr,
    pub(super) protocol: u8,
    pub(super) bytes: Vec<u8>,
    pub(super) runs: Vec<Run>,
    /// When its last part came; of one that is not whole, its first.
    pub(super) seen: Option<Sighting>,
    /// Whether all of it is there; else as much as was captured from the start on.
    pub(super) is_whole: bool,
}

/// Packets in parts.
#[derive(Debug, Default)]
pub(super) struct Fragments {
    packets: BTreeMap<Key, Parts>,
    turns: BTreeMap<u64, Key>,
    next_turn: u64,
    held: usize,
    whole: VecDeque<Key>,
}

impl Fragments {
    /// Takes a fragment; the packet that it makes whole.
    pub(super) fn add(
        &mut self,
        ip: &Ip<'_>,
        fragment: Fragment,
        seen: &Sighting,
    ) -> Option<Assembled> {
        let key = Key { from: ip.from, to: ip.to, id: fragment.id, protocol: ip.protocol };
        if fragment.offset + ip.payload.bytes.len() > LONGEST {
            return None;
        }
        let turn = self.next_turn;
        let parts = self.packets.entry(key).or_insert_with(|| Parts { turn, ..Parts::default() });
        parts.seen.get_or_insert_with(|| seen.clone());
        if parts.turn == turn {
            self.turns.insert(turn, key);
            self.next_turn += 1;
        }
        self.held += parts.add(ip, fragment);
        if !parts.is_whole() {
            return None;
        }
        self.whole.push_back(key);
        if self.whole.len() > REMEMBERED {
            self.whole.pop_front();
        }
        self.take(key)
    }

    /// The oldest packet, as far as it came, where too much is held.
    pub(super) fn overflow(&mut self) -> Option<Assembled> {
        if self.held > MOST_HELD { self.oldest() } else { None }
    }

    /// The oldest packet, as far as it came; a late copy of a part is passed over.
    pub(super) fn oldest(&mut self) -> Option<Assembled> {
        loop {
            let key = *self.turns.first_key_value()?.1;
            let packet = self.take(key);
            if !self.whole.contains(&key) {
                return packet;
            }
        }
    }

    fn take(&mut self, key: Key) -> Option<Assembled> {
        let parts = self.packets.remove(&key)?;
        self.turns.remove(&parts.turn);
        self.held = self.held.saturating_sub(parts.held);
        Some(parts.assembled(key))
    }
}

impl Parts {
    /// Takes a fragment; how much is held for it.
    fn add(&mut self, ip: &Ip<'_>, fragment: Fragment) -> usize {
        let payload = ip.payload;
        // A fragment that was captured in part is no last one, even where it was.
        if !fragment.has_more && payload.bytes.len() == ip.original {
            self.length = self.length.or(Some(fragment.offset + payload.bytes.len()));
        }
        if self.by_offset.contains_key(&fragment.offset) {
            return 0;
        }
        let part = Part { bytes: payload.bytes.to_vec(), runs: payload.runs().collect() };
        let held = part.bytes.len() + COST;
        self.held += held;
        self.by_offset.insert(fragment.offset, part);
        held
    }

    fn is_whole(&self) -> bool {
        self.length.is_some_and(|length| self.reach() >= length)
    }

    /// How far the bytes go from the start without a gap.
    fn reach(&self) -> usize {
        self.by_offset.iter().fold(0, |reach, (offset, part)| {
            if *offset <= reach { reach.max(offset + part.bytes.len()) } else { reach }
        })
    }

    fn assembled(self, key: Key) -> Assembled {
        let is_whole = self.is_whole();
        let (mut bytes, mut runs) = (Vec::new(), Vec::new());
        let length = self.length.unwrap_or(LONGEST);
        for (offset, part) in self.by_offset {
            if offset > bytes.len() {
                break;
            }
            let known = bytes.len() - offset;
            if let Some(fresh) = Placed::new(&part.bytes, &part.runs).skip(known) {
                runs.extend(fresh.runs().map(|run| Run { start: run.start + bytes.len(), ..run }));
                bytes.extend_from_slice(fresh.bytes);
            }
        }
        bytes.truncate(length);
        Assembled {
            from: key.from,
            to: key.to,
            protocol: key.protocol,
            bytes,
            runs,
            seen: self.seen,
            is_whole,
        }
    }
}
