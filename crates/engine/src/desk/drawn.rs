//! Owns the random words that the responder drew, until somebody writes down to which exchange they belong. Makes none.

use fingerpost_core::Entropy;
use std::collections::VecDeque;
use std::fmt::Write;
use std::sync::{Arc, Mutex, PoisonError};

/// More than one datagram or one moment draws; words that nobody asks for go.
const MOST: usize = 65_536;

/// What was drawn, as hex digits, the oldest first.
#[derive(Debug, Clone, Default)]
pub(super) struct Drawn(Arc<Mutex<VecDeque<String>>>);

/// The same randomness, written down.
#[derive(Debug)]
pub(super) struct Tapped {
    inner: Box<dyn Entropy + Send>,
    drawn: Drawn,
}

impl Drawn {
    pub(super) fn tap(&self, inner: Box<dyn Entropy + Send>) -> Tapped {
        Tapped { inner, drawn: self.clone() }
    }

    /// The next word of so many bytes; what was drawn before it belongs to nothing that was said.
    pub(super) fn next(&self, bytes: usize) -> Option<String> {
        let mut words = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        while let Some(word) = words.pop_front() {
            if word.len() == bytes * 2 {
                return Some(word);
            }
        }
        None
    }

    pub(super) fn clear(&self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }
}

impl Entropy for Tapped {
    fn fill(&mut self, bytes: &mut [u8]) {
        self.inner.fill(bytes);
        let mut words = self.drawn.0.lock().unwrap_or_else(PoisonError::into_inner);
        let word = bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut word, byte| {
            // Writing to a string cannot fail.
            let _ = write!(word, "{byte:02x}");
            word
        });
        words.push_back(word);
        if words.len() > MOST {
            words.pop_front();
        }
    }
}
