//! Owns what is kept of each message of a trace: where its bytes are, its origin, and of one that was put together how
//! that was done.

use super::store::{Store, Stored};
use fingerpost_core::Span;
use fingerpost_trace::{Found, Origin};

/// One message.
#[derive(Debug)]
pub(super) struct Kept {
    bytes: Stored,
    pub(super) origin: Origin,
    pub(super) place: Span,
    /// Which of the trace's sources it came from.
    pub(super) source: usize,
    /// All of it but bytes and origin, where it is more than a stretch of its source.
    made: Option<Box<Found>>,
}

impl Kept {
    pub(super) fn new(mut found: Found, source: usize, store: &mut Store) -> Self {
        let is_made = !found.is_as_it_stood();
        let bytes = store.add(&std::mem::take(&mut found.bytes));
        let origin = std::mem::take(&mut found.origin);
        let place = found.source;
        let made = is_made.then(|| Box::new(found));
        Self { bytes, origin, place, source, made }
    }

    pub(super) fn bytes(&self, store: &Store) -> Vec<u8> {
        store.get(self.bytes)
    }

    /// As it was found.
    pub(super) fn found(&self, store: &Store) -> Found {
        let bytes = self.bytes(store);
        let mut found = match &self.made {
            Some(made) => {
                let mut found = Found::clone(made);
                found.bytes = bytes;
                found
            }
            None => Found::standing_at(bytes, self.place),
        };
        found.origin = self.origin.clone();
        found
    }
}
