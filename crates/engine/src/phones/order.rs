//! Owns in which order phones asked last, and which of them go first where there is no more room: those of which nobody
//! said anything.

use super::Key;
use crate::clock::Timestamp;
use std::collections::BTreeSet;

#[derive(Debug, Default)]
pub(super) struct Order {
    by_last: BTreeSet<(Timestamp, Key)>,
    unmarked: BTreeSet<(Timestamp, Key)>,
}

impl Order {
    pub(super) fn put(&mut self, last: Timestamp, key: Key, is_marked: bool) {
        let entry = (last, key);
        if is_marked {
            self.unmarked.remove(&entry);
        } else {
            self.unmarked.insert(entry);
        }
        self.by_last.insert(entry);
    }

    pub(super) fn take_out(&mut self, last: Timestamp, key: Key) {
        self.by_last.remove(&(last, key));
        self.unmarked.remove(&(last, key));
    }

    /// The phone that asked last first.
    pub(super) fn latest_first(&self) -> impl Iterator<Item = Key> {
        self.by_last.iter().rev().map(|(_, key)| *key)
    }

    /// The phone that goes next, where there are more than `most` of which nobody said anything.
    pub(super) fn over(&self, most: usize) -> Option<Key> {
        let (_, key) = self.unmarked.first().filter(|_| self.unmarked.len() > most)?;
        Some(*key)
    }
}
