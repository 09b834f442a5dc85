//! Owns a list that grows without being copied: what doubles holds three times as much while it grows, and memory that
//! a browser gave once stays taken.

/// Items in pieces of one size.
#[derive(Debug)]
pub(super) struct Chunks<T> {
    full: Vec<Vec<T>>,
    last: Vec<T>,
}

const CHUNK: usize = 1024;

impl<T> Default for Chunks<T> {
    fn default() -> Self {
        Self { full: Vec::new(), last: Vec::new() }
    }
}

impl<T> Chunks<T> {
    pub(super) fn push(&mut self, item: T) {
        if self.last.len() == CHUNK {
            let next = Vec::with_capacity(CHUNK);
            self.full.push(std::mem::replace(&mut self.last, next));
        }
        self.last.push(item);
    }

    pub(super) fn len(&self) -> usize {
        self.full.len() * CHUNK + self.last.len()
    }

    pub(super) fn get(&self, index: usize) -> Option<&T> {
        match self.full.get(index / CHUNK) {
            Some(chunk) => chunk.get(index % CHUNK),
            None => self.last.get(index.checked_sub(self.full.len() * CHUNK)?),
        }
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &T> + Clone {
        self.full.iter().flatten().chain(&self.last)
    }

    /// Those that are equal stay in their order.
    pub(super) fn sort_by_key<K: Ord>(&mut self, key: impl FnMut(&T) -> K) {
        let Self { full, last } = std::mem::take(self);
        let mut all: Vec<T> = full.into_iter().flatten().chain(last).collect();
        all.sort_by_key(key);
        for item in all {
            self.push(item);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_item_has_its_place_and_there_is_none_behind_the_last() {
        for count in [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK, 3 * CHUNK + 7] {
            let mut chunks = Chunks::default();
            (0..count).for_each(|number| chunks.push(number));
            assert_eq!((chunks.len(), chunks.get(count)), (count, None));
            assert!((0..count).all(|number| chunks.get(number) == Some(&number)));
            chunks.sort_by_key(|number| (std::cmp::Reverse(number % 3), *number));
            assert_eq!(chunks.iter().count(), count);
            assert!(chunks.iter().is_sorted_by_key(|number| (2 - number % 3, *number)));
        }
    }
}
