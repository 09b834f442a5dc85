//! Owns the way from the engine to the writer: what is to be written, newer states in the place of older ones. Bounded:
//! where the writer falls behind, what is new is counted and not taken. Taking it never waits. Knows no database.

use super::Retention;
use super::record::{ExchangeRecord, LearnedRecord, MessageRecord, Note};
use crate::marks::Marks;
use crate::view::PhoneRow;
use std::collections::{BTreeMap, BTreeSet};
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
    /// These phones are to be known, with what people say of them.
    Know(Vec<PhoneRow>),
}

/// What is to be written at once.
#[derive(Debug, Clone, Default)]
pub(crate) struct Batch {
    pub(crate) phones: BTreeMap<String, PhoneRow>,
    /// Phones that are known by another id, and by which before.
    pub(crate) renamed: Vec<(String, PhoneRow)>,
    pub(crate) exchanges: BTreeMap<u64, ExchangeRecord>,
    pub(crate) messages: Vec<MessageRecord>,
    pub(crate) learned: Vec<LearnedRecord>,
    pub(crate) wishes: Vec<(u64, Wish)>,
    /// Datagrams and states that were not taken.
    pub(crate) lost: u64,
    /// The exchanges that they belong to: their recordings have holes.
    pub(crate) holed: BTreeSet<u64>,
    /// How much is to be kept from now on.
    pub(crate) retention: Option<Retention>,
    /// Nothing will come after this.
    pub(crate) is_last: bool,
    bytes: usize,
}

impl Batch {
    pub(crate) fn is_empty(&self) -> bool {
        self.phones.is_empty()
            && self.renamed.is_empty()
            && self.exchanges.is_empty()
            && self.messages.is_empty()
            && self.learned.is_empty()
            && self.wishes.is_empty()
    }

    /// Takes out what is not worth keeping for better times; how many datagrams went.
    pub(crate) fn lose(&mut self) -> u64 {
        let messages = std::mem::take(&mut self.messages);
        let exchanges = std::mem::take(&mut self.exchanges);
        self.bytes = 0;
        self.holed.extend(messages.iter().map(|message| message.exchange));
        self.holed.extend(exchanges.keys());
        messages.len() as u64
    }

    /// What came later, besides; a newer state takes the place of the older one.
    pub(crate) fn join(&mut self, later: Self) {
        for (id, row) in later.phones {
            put(&mut self.phones, id, row);
        }
        for (formerly, row) in later.renamed {
            self.put_renamed(formerly, row);
        }
        for learned in later.learned {
            self.put(Note::Learned(learned));
        }
    }

    fn put(&mut self, note: Note) {
        let taken = match note {
            Note::Phone(phone) => put(&mut self.phones, phone.phone.id.clone(), *phone),
            Note::Renamed { formerly, row } => self.put_renamed(formerly, *row),
            Note::Exchange(exchange) => {
                let id = exchange.id;
                self.whole(id, |batch| put(&mut batch.exchanges, id, *exchange))
            }
            Note::Message(message) => {
                self.whole(message.exchange, |batch| batch.put_message(message))
            }
            Note::Learned(learned) if self.learned.len() < MOST => {
                self.learned.push(learned);
                true
            }
            Note::Learned(_) => false,
        };
        self.lost += u64::from(!taken);
    }

    fn put_renamed(&mut self, formerly: String, row: PhoneRow) -> bool {
        self.phones.remove(&formerly);
        let fits = self.renamed.len() < MOST;
        if fits {
            self.renamed.push((formerly, row));
        }
        fits
    }

    fn put_message(&mut self, message: MessageRecord) -> bool {
        let bytes = self.bytes + message.bytes.len() + OVERHEAD;
        let fits = bytes <= MOST_BYTES;
        if fits {
            self.bytes = bytes;
            self.messages.push(message);
        }
        fits
    }

    /// What of an exchange is not taken leaves a hole in it.
    fn whole(&mut self, exchange: u64, take: impl FnOnce(&mut Self) -> bool) -> bool {
        let taken = take(self);
        if !taken && self.holed.len() < MOST {
            self.holed.insert(exchange);
        }
        taken
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

    /// So much is to be kept from now on.
    pub(crate) fn retain(&self, retention: Retention) {
        self.lock().retention = Some(retention);
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
        assert_eq!(batch.holed, [1].into());
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
