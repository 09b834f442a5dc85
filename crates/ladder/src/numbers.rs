//! Owns numbers for what is said again and again, in the order in which it first came: all of it in one stretch of
//! memory, because an allocation each would take more than the words themselves.

use std::collections::hash_map::RandomState;
use std::hash::BuildHasher;

/// What was said so far.
#[derive(Debug, Default)]
pub(crate) struct Numbers {
    said: Vec<u8>,
    /// Where each of it ends; it begins where the one before ends.
    ends: Vec<usize>,
    /// A hash table of the numbers; what they stand for is looked at in place.
    slots: Vec<u32>,
    hasher: RandomState,
}

const FREE: u32 = u32::MAX;
const FIRST: usize = 64;

impl Numbers {
    pub(crate) fn of(&mut self, bytes: &[u8]) -> u32 {
        if (self.ends.len() + 1) * 4 > self.slots.len() * 3 {
            self.grow();
        }
        let slot = self.slot(bytes);
        if self.slots[slot] == FREE {
            self.slots[slot] = u32::try_from(self.ends.len()).unwrap_or(FREE);
            self.said.extend_from_slice(bytes);
            self.ends.push(self.said.len());
        }
        self.slots[slot]
    }

    pub(crate) fn get(&self, number: u32) -> &[u8] {
        let number = usize::try_from(number).unwrap_or(usize::MAX);
        let start = number.checked_sub(1).and_then(|before| self.ends.get(before)).copied();
        let range = self.ends.get(number).map(|end| start.unwrap_or(0)..*end);
        range.and_then(|range| self.said.get(range)).unwrap_or_default()
    }

    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    /// Nothing new will be said.
    pub(crate) fn close(&mut self) {
        self.slots = Vec::new();
        self.said.shrink_to_fit();
        self.ends.shrink_to_fit();
    }

    /// Where it stands, or would stand.
    fn slot(&self, bytes: &[u8]) -> usize {
        let mask = self.slots.len() - 1;
        let mut slot = usize::try_from(self.hasher.hash_one(bytes) & mask as u64).unwrap_or(0);
        while self.slots[slot] != FREE && self.get(self.slots[slot]) != bytes {
            slot = (slot + 1) & mask;
        }
        slot
    }

    fn grow(&mut self) {
        self.slots = vec![FREE; (self.slots.len() * 2).max(FIRST)];
        for number in (0..).take(self.ends.len()) {
            let slot = self.slot(self.get(number));
            self.slots[slot] = number;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_has_the_same_number_and_nothing_is_forgotten() {
        let mut numbers = Numbers::default();
        let name = |number: u32| (number * 7).to_string().into_bytes();
        for number in 0..5_000 {
            assert_eq!(numbers.of(&name(number)), number);
        }
        assert_eq!(numbers.of(b""), 5_000);
        assert!((0..5_000).rev().all(|number| numbers.of(&name(number)) == number));
        numbers.close();
        assert!((0..5_000).all(|number| numbers.get(number) == name(number)));
        assert_eq!(
            (numbers.len(), numbers.get(5_000), numbers.get(9_999)),
            (5_001, &b""[..], &b""[..])
        );
    }
}
