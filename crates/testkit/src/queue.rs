//! Owns what is going to happen, in order of time; at the same time, in the order in which it was planned.

use fingerpost_core::Instant;
use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;

#[derive(Debug)]
pub(crate) struct Queue<T> {
    heap: BinaryHeap<Reverse<Planned<T>>>,
    sequence: u64,
}

#[derive(Debug)]
struct Planned<T> {
    key: (Instant, u64),
    what: T,
}

impl<T> Queue<T> {
    pub(crate) const fn new() -> Self {
        Self { heap: BinaryHeap::new(), sequence: 0 }
    }

    pub(crate) fn push(&mut self, at: Instant, what: T) {
        self.heap.push(Reverse(Planned { key: (at, self.sequence), what }));
        self.sequence += 1;
    }

    /// The next thing that happens until `limit`, with its time.
    pub(crate) fn pop_until(&mut self, limit: Instant) -> Option<(Instant, T)> {
        let Reverse(next) = self.heap.peek()?;
        if next.key.0 > limit {
            return None;
        }
        self.heap.pop().map(|Reverse(planned)| (planned.key.0, planned.what))
    }
}

impl<T> PartialEq for Planned<T> {
    fn eq(&self, other: &Self) -> bool {
        self.key == other.key
    }
}

impl<T> Eq for Planned<T> {}

impl<T> PartialOrd for Planned<T> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<T> Ord for Planned<T> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.key.cmp(&other.key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_planned_for_one_time_keeps_its_order() {
        let mut queue = Queue::new();
        for (at, what) in [(5, 'c'), (1, 'a'), (5, 'd'), (1, 'b'), (9, 'e')] {
            queue.push(Instant::from_millis(at), what);
        }
        let until = Instant::from_millis(5);
        let order: String = std::iter::from_fn(|| queue.pop_until(until)).map(|(_, c)| c).collect();
        assert_eq!(order, "abcd");
    }
}
