//! Owns the bytes of very many messages in little memory: packed in blocks, and unpacked block by block where somebody
//! looks. Knows no message.

use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;
use std::cell::RefCell;
use std::io::{Read, Write};

/// So much is packed at once.
const BLOCK: usize = 256 << 10;

/// Where bytes are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stored {
    block: u32,
    start: u32,
    length: u32,
}

/// Bytes that are kept.
#[derive(Debug, Default)]
pub(super) struct Store {
    packed: Vec<Box<[u8]>>,
    /// The newest, not packed yet.
    open: Vec<u8>,
    /// The block that was looked into last.
    latest: RefCell<Option<(usize, Vec<u8>)>>,
}

impl Store {
    /// Keeps `bytes`.
    pub(super) fn add(&mut self, bytes: &[u8]) -> Stored {
        if !self.open.is_empty() && self.open.len() + bytes.len() > BLOCK {
            self.pack();
        }
        let number = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        let (block, start) = (number(self.packed.len()), number(self.open.len()));
        self.open.extend_from_slice(bytes);
        Stored { block, start, length: number(bytes.len()) }
    }

    fn pack(&mut self) {
        let mut encoder = DeflateEncoder::new(Vec::new(), Compression::fast());
        // Writing into memory does not fail.
        let block = encoder.write_all(&self.open).and_then(|()| encoder.finish());
        self.packed.push(block.unwrap_or_default().into_boxed_slice());
        self.open.clear();
    }

    /// The bytes again.
    pub(super) fn get(&self, stored: Stored) -> Vec<u8> {
        let size = |number: u32| usize::try_from(number).unwrap_or(usize::MAX);
        let block = size(stored.block);
        let range = size(stored.start)..size(stored.start).saturating_add(size(stored.length));
        let slice = |bytes: &[u8]| bytes.get(range).unwrap_or_default().to_vec();
        let Some(packed) = self.packed.get(block) else { return slice(&self.open) };
        let mut latest = self.latest.borrow_mut();
        if latest.as_ref().is_none_or(|(known, _)| *known != block) {
            let mut bytes = Vec::with_capacity(BLOCK);
            // What this packed, this unpacks.
            let _ = DeflateDecoder::new(&packed[..]).read_to_end(&mut bytes);
            *latest = Some((block, bytes));
        }
        latest.as_ref().map(|(_, bytes)| slice(bytes)).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_comes_back_in_any_order_and_takes_less_room() {
        let mut store = Store::default();
        let text =
            |number: usize| format!("SUBSCRIBE sip:{number} SIP/2.0\r\n").repeat(number % 90);
        let kept: Vec<Stored> =
            (0..2000).map(|number| store.add(text(number).as_bytes())).collect();
        let long = vec![b'a'; 3 * BLOCK];
        let stored = store.add(&long);
        for number in (0..2000).rev().step_by(7).chain(0..2000) {
            assert_eq!(store.get(kept[number]), text(number).as_bytes());
        }
        assert_eq!(store.get(stored), long);
        let all: usize = (0..2000).map(|number| text(number).len()).sum();
        assert!(store.packed.iter().map(|block| block.len()).sum::<usize>() < all / 4);
    }
}
