//! Owns randomness: the operating system's, handed to the pure core.

use fingerpost_core::Entropy;

/// The operating system's random numbers.
#[derive(Debug, Clone, Copy, Default)]
pub struct OsEntropy;

/// The same, fetched from the system for many words at once: under load, asking it for each costs as much as reading a
/// header does. What was given is wiped.
#[derive(Debug)]
pub(crate) struct PooledEntropy {
    pool: [u8; 512],
    given: usize,
}

impl Default for PooledEntropy {
    fn default() -> Self {
        Self { pool: [0; 512], given: 512 }
    }
}

impl Entropy for PooledEntropy {
    fn fill(&mut self, bytes: &mut [u8]) {
        if bytes.len() > self.pool.len() {
            return OsEntropy.fill(bytes);
        }
        if self.given + bytes.len() > self.pool.len() {
            OsEntropy.fill(&mut self.pool);
            self.given = 0;
        }
        let given = &mut self.pool[self.given..self.given + bytes.len()];
        bytes.copy_from_slice(given);
        given.fill(0);
        self.given += bytes.len();
    }
}

impl Entropy for OsEntropy {
    /// Where the system has none to give (it never happened to anybody), the bytes come from the clock and the
    /// process number: tags and branches stay unique, if not unguessable.
    fn fill(&mut self, bytes: &mut [u8]) {
        if getrandom::fill(bytes).is_err() {
            let micros = jiff::Timestamp::now().as_microsecond().unsigned_abs();
            let seed = micros ^ u64::from(std::process::id()).rotate_left(32);
            fingerpost_core::SeededEntropy::new(seed).fill(bytes);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn no_word_is_given_twice_and_a_long_one_is_random_throughout() {
        let mut entropy = PooledEntropy::default();
        let mut words = BTreeSet::new();
        for _ in 0..1_000 {
            let mut word = [0; 12];
            entropy.fill(&mut word);
            assert!(words.insert(word));
        }
        let mut long = [0; 2_048];
        entropy.fill(&mut long);
        assert!(long.chunks(64).all(|part| part.iter().any(|byte| *byte != 0)));
    }
}
