//! Owns the door for randomness: tags, branches and Call-IDs are made of bytes that the caller supplies.

use alloc::string::String;
use core::fmt::Debug;

/// A source of bytes nobody can guess (or, in a test, of bytes that repeat).
pub trait Entropy: Debug {
    /// Fills `bytes`.
    fn fill(&mut self, bytes: &mut [u8]);
}

/// A repeatable source for tests, examples and `compose --seed`: `SplitMix64`. Not for production.
#[derive(Debug, Clone)]
pub struct SeededEntropy(u64);

impl SeededEntropy {
    /// The sequence that belongs to `seed`.
    #[must_use]
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }
}

impl Entropy for SeededEntropy {
    fn fill(&mut self, bytes: &mut [u8]) {
        for chunk in bytes.chunks_mut(8) {
            let word = self.next().to_le_bytes();
            chunk.copy_from_slice(&word[..chunk.len()]);
        }
    }
}

/// `bytes` bytes of `entropy`, as lower-case hex digits.
pub(crate) fn hex_word(entropy: &mut dyn Entropy, bytes: usize) -> String {
    let mut buffer = [0; 16];
    let buffer = &mut buffer[..bytes.min(16)];
    entropy.fill(buffer);
    buffer.iter().fold(String::with_capacity(buffer.len() * 2), |mut word, byte| {
        word.push(char::from(b"0123456789abcdef"[usize::from(byte >> 4)]));
        word.push(char::from(b"0123456789abcdef"[usize::from(byte & 15)]));
        word
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_words() {
        let word = |seed| hex_word(&mut SeededEntropy::new(seed), 8);
        assert_eq!(word(1), word(1));
        assert_ne!(word(1), word(2));
        assert_eq!(word(1).len(), 16);
    }
}
