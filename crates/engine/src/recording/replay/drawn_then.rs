//! Owns the random words of a recording: what was drawn then is drawn again.

use super::ReplayError;
use crate::recording::bytes;
use fingerpost_core::Entropy;
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// The words that were drawn then; more than that are zeros.
#[derive(Debug, Clone, Default)]
pub(super) struct Words(Arc<Mutex<VecDeque<Vec<u8>>>>);

impl Words {
    pub(super) fn fill_up<'a>(
        &self,
        words: impl Iterator<Item = &'a String>,
    ) -> Result<(), ReplayError> {
        let word =
            |word: &String| bytes::of_hex(word).ok_or_else(|| ReplayError::Entropy(word.clone()));
        let words = words.map(word).collect::<Result<_, _>>()?;
        *self.lock() = words;
        Ok(())
    }

    fn lock(&self) -> MutexGuard<'_, VecDeque<Vec<u8>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Entropy for Words {
    /// A word is as long as it was; what drew another length then draws the next one of its length.
    fn fill(&mut self, bytes: &mut [u8]) {
        let mut words = self.lock();
        let place = words.iter().position(|word| word.len() == bytes.len());
        match place.and_then(|place| words.remove(place)) {
            Some(word) => bytes.copy_from_slice(&word),
            None => bytes.fill(0),
        }
    }
}
