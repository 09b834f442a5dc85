//! Owns the way from the engine to the writer: what is to be written, newer states in the place of older ones. Bounded:
//! where the writer falls behind, what is new is counted and not taken. Taking it never waits. Knows no database.

use super::record::{ExchangeRecord, LearnedRecord, MessageRecord, Note};
use crate::marks::Marks;
use crate::view::PhoneRow;
use std::collections::BTreeMap;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// Bytes of datagrams that wait to be written.
const MOST_BYTES: usize = 32 * 1024 * 1024;
/// What a datagram costs besides its bytes.
const OVERHEAD: usize = 200;
/// Phones, exchanges, learned shapes that wait to be written, of each.
const MOST: usize = 20_000;
/// The writer gathers this long: one transaction for many datagrams.
const GATHERING: Duration = Duration::from_millis(25);
/// With so much it gathers no longer.
const ENOUGH: usize = 1024 * 1024;

/// A change of what people said, which is told when it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Wish {
    /// What they say of each of these phones now.
    Mark(Vec<(String, Marks)>),
    /// These phones are to be forgotten, with all that they said.
    Forget(Vec<String>),
}

/// What is to be written at once.
#[derive(Debug, Default)]
pub(crate) struct Batch {
    pub(crate) phones: BTreeMap<String, PhoneRow>,
    pub(crate) exchanges: BTreeMap<u64, ExchangeRecord>,
    pub(crate) messages: Vec<MessageRecord>,
    pub(crate) learned: Vec<LearnedRecord>,
    pub(crate) wishes: Vec<(u64, Wish)>,
    /// Datagrams and states that were not taken.
    pub(crate) lost: u64,
    /// Nothing will come after this.
    pub(crate) is_last: bool,
    bytes: usize,
}

impl Batch {
    pub(crate) fn is_empty(&self) -> bool {
        self.phones.is_empty()
            && self.exchanges.is_empty()
            && self.messages.is_empty()
            && self.learned.is_empty()
            && self.wishes.is_empty()
    }

    fn put(&mut self, note: Note) {
        let taken = match note {
            Note::Phone(phone) => put(&mut self.phones, phone.phone.id.clone(), *phone),
            Note::Exchange(exchange) => put(&mut self.exchanges, exchange.id, *exchange),
            Note::Message(message) => self.put_message(message),
            Note::Learned(learned) if self.learned.len() < MOST => {
                self.learned.push(learned);
                true
            }
            Note::Learned(_) => false,
        };
        self.lost += u64::from(!taken);
    }

    fn put_message(&mut self, message: MessageRecord) -> bool {
        let bytes = self.bytes + message.bytes.len() + OVERHEAD;
        let fits = bytes <= MOST_BYTES;
        if fits {
            self.bytes = bytes;
            self.messages.push(message);
        } else if let Some(exchange) = self.exchanges.get_mut(&message.exchange) {
            exchange.lost += 1;
        }
        fits
    }
}

/// The newer state takes the place of the older one; a new one needs room.
fn put<K: Ord, V>(map: &mut BTreeMap<K, V>, key: K, value: V) -> bool {
    let fits = map.len() < MOST || map.contains_key(&key);
    if fits {
        map.insert(key, value);
    }
    fits
}

#[derive(Debug, Default)]
pub(crate) struct Inbox {
    waiting: Mutex<Batch>,
    news: Condvar,
}

impl Inbox {
    /// To be written soon.
    pub(crate) fn put(&self, notes: impl IntoIterator<Item = Note>) {
        let mut waiting = self.lock();
        notes.into_iter().for_each(|note| waiting.put(note));
        drop(waiting);
        self.news.notify_one();
    }

    /// To be written now. People make few wishes.
    pub(crate) fn wish(&self, number: u64, wish: Wish) {
        self.lock().wishes.push((number, wish));
        self.news.notify_one();
    }

    /// Nothing more will come.
    pub(crate) fn close(&self) {
        self.lock().is_last = true;
        self.news.notify_one();
    }

    /// What came meanwhile: nothing after `patience`, what there is at once where somebody waits for it.
    pub(crate) fn take(&self, patience: Duration) -> Batch {
        let waiting = self.wait(self.lock(), patience, Batch::is_quiet);
        let mut waiting = self.wait(waiting, GATHERING, Batch::may_wait);
        let is_last = waiting.is_last;
        let batch = std::mem::take(&mut *waiting);
        waiting.is_last = is_last;
        batch
    }

    fn wait<'a>(
        &self,
        mut waiting: MutexGuard<'a, Batch>,
        patience: Duration,
        is_too_early: impl Fn(&Batch) -> bool,
    ) -> MutexGuard<'a, Batch> {
        let deadline = Instant::now() + patience;
        while is_too_early(&waiting) {
            let left = deadline.saturating_duration_since(Instant::now());
            if left.is_zero() {
                break;
            }
            let woken = self.news.wait_timeout(waiting, left);
            waiting = woken.unwrap_or_else(PoisonError::into_inner).0;
        }
        waiting
    }

    fn lock(&self) -> MutexGuard<'_, Batch> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Batch {
    fn is_quiet(&self) -> bool {
        self.is_empty() && self.lost == 0 && !self.is_last
    }

    fn may_wait(&self) -> bool {
        self.wishes.is_empty() && !self.is_last && self.bytes < ENOUGH && !self.is_quiet()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::recorder::Direction;
    use std::net::SocketAddr;

    fn message(bytes: usize) -> Note {
        let address = SocketAddr::from(([192, 0, 2, 1], 5060));
        Note::Message(MessageRecord {
            exchange: 1,
            at: 0,
            caused_at: None,
            direction: Direction::In,
            local: address,
            peer: address,
            is_multicast: true,
            bytes: vec![b'x'; bytes],
        })
    }

    #[test]
    fn a_writer_that_falls_behind_loses_what_is_new_and_that_is_counted() {
        let inbox = Inbox::default();
        inbox.put((0..2_000).map(|_| message(60_000)));
        let batch = inbox.take(Duration::ZERO);
        assert_eq!(batch.messages.len(), MOST_BYTES / (60_000 + OVERHEAD));
        assert_eq!(batch.messages.len() as u64 + batch.lost, 2_000);
        inbox.put([message(10)]);
        let batch = inbox.take(Duration::ZERO);
        assert_eq!((batch.messages.len(), batch.lost), (1, 0), "there is room again");
    }

    #[test]
    fn what_was_put_before_the_end_is_taken_with_the_end() {
        let inbox = Inbox::default();
        inbox.put([message(10)]);
        inbox.wish(7, Wish::Forget(vec!["x".into()]));
        inbox.close();
        let batch = inbox.take(Duration::from_mins(1));
        assert!(batch.is_last && batch.messages.len() == 1 && batch.wishes.len() == 1);
        let batch = inbox.take(Duration::from_mins(1));
        assert!(batch.is_last && batch.is_empty(), "the end stays the end");
    }
}
