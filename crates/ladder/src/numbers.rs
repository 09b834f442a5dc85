//! Owns numbers for what is said again and again, in the order in which it first came: all of it in one stretch of
//! memory, because an allocation each would take more than the words themselves.

use hashbrown::HashTable;
use std::hash::{BuildHasher, RandomState};

/// What was said so far.
#[derive(Debug, Default)]
pub(crate) struct Numbers {
    said: Vec<u8>,
    /// Where each of it ends; it begins where the one before ends.
    ends: Vec<usize>,
    /// The numbers by what they stand for, which is looked at in place.
    known: HashTable<u32>,
    hasher: RandomState,
}

impl Numbers {
    pub(crate) fn of(&mut self, bytes: &[u8]) -> u32 {
        let hash = self.hasher.hash_one(bytes);
        if let Some(number) = self.known.find(hash, |number| self.get(*number) == bytes) {
            return *number;
        }
        let number = u32::try_from(self.ends.len()).unwrap_or(u32::MAX);
        self.said.extend_from_slice(bytes);
        self.ends.push(self.said.len());
        let Self { said, ends, known, hasher } = self;
        known.insert_unique(hash, number, |other| hasher.hash_one(said_at(said, ends, *other)));
        number
    }

    pub(crate) fn get(&self, number: u32) -> &[u8] {
        said_at(&self.said, &self.ends, number)
    }

    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    /// Nothing new will be said.
    pub(crate) fn close(&mut self) {
        self.known = HashTable::new();
        self.said.shrink_to_fit();
        self.ends.shrink_to_fit();
    }
}

fn said_at<'a>(said: &'a [u8], ends: &[usize], number: u32) -> &'a [u8] {
    let number = usize::try_from(number).unwrap_or(usize::MAX);
    let start = number.checked_sub(1).and_then(|before| ends.get(before)).copied();
    let range = ends.get(number).map(|end| start.unwrap_or(0)..*end);
    range.and_then(|range| said.get(range)).unwrap_or_default()
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
