//! Owns the chance of a run: every random choice comes from here, and the seed decides them all.

use fingerpost_core::{Entropy, SeededEntropy};
use std::time::Duration;

/// A repeatable source of choices.
#[derive(Debug, Clone)]
pub struct Dice(SeededEntropy);

impl Dice {
    /// The choices that belong to `seed`.
    #[must_use]
    pub const fn new(seed: u64) -> Self {
        Self(SeededEntropy::new(seed))
    }

    /// Any number.
    pub fn number(&mut self) -> u64 {
        let mut bytes = [0; 8];
        self.0.fill(&mut bytes);
        u64::from_le_bytes(bytes)
    }

    /// A number from 0 to one less than `end`; 0 where `end` is 0.
    pub fn below(&mut self, end: usize) -> usize {
        let end = u64::try_from(end).unwrap_or(u64::MAX).max(1);
        usize::try_from(self.number() % end).unwrap_or(0)
    }

    /// Any byte.
    pub fn byte(&mut self) -> u8 {
        self.number().to_le_bytes()[0]
    }

    /// `length` bytes.
    pub fn bytes(&mut self, length: usize) -> Vec<u8> {
        let mut bytes = vec![0; length];
        self.0.fill(&mut bytes);
        bytes
    }

    /// True in `per_mille` of 1,000 cases.
    pub fn falls(&mut self, per_mille: u16) -> bool {
        per_mille > 0 && self.number() % 1_000 < u64::from(per_mille)
    }

    /// A time from zero to `longest`.
    pub fn up_to(&mut self, longest: Duration) -> Duration {
        let micros = u64::try_from(longest.as_micros()).unwrap_or(u64::MAX - 1);
        Duration::from_micros(self.number() % (micros + 1))
    }

    /// One of `choices`; `None` where there is none.
    pub fn pick<'x, T>(&mut self, choices: &'x [T]) -> Option<&'x T> {
        choices.get(self.below(choices.len()))
    }
}

impl Entropy for Dice {
    fn fill(&mut self, bytes: &mut [u8]) {
        self.0.fill(bytes);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chance_falls_about_as_often_as_it_should() {
        let mut dice = Dice::new(1);
        let fallen = (0..10_000).filter(|_| dice.falls(200)).count();
        assert!((1_850..2_150).contains(&fallen), "{fallen}");
        assert!((0..1_000).all(|_| !dice.falls(0) && dice.falls(1_000)));
    }
}
