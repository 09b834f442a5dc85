//! The memory in a data folder: phones with what people said of them, exchanges with their messages, learned shapes, in
//! one SQLite file. Owns the handle that a running engine has of it. Answering never waits for it: what is to be written
//! goes to a thread through an [`inbox`] that takes or refuses at once. Knows no socket and decides nothing.

mod archive;
mod database;
mod error;
mod folder;
mod inbox;
mod pruning;
mod reading;
pub(crate) mod record;
mod schema;
mod text;
mod timeline;
mod writer;
mod writing;

pub use archive::{Archive, ChangeError};
pub use error::MemoryError;
pub(crate) use inbox::Wish;
pub use record::Decided;
#[cfg(test)]
pub(crate) use timeline::timeline as timeline_of;

use crate::event::Event;
use crate::view::{MemoryView, PhoneRow};
use database::{Database, refused};
use inbox::Inbox;
use record::{LearnedRecord, Note};
use serde::{Deserialize, Serialize};
use std::path::Path;
use std::sync::Arc;
use std::thread;
use std::time::Duration;
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};
use writer::{Feedback, Writer};

/// Phones of which nobody said anything, at most.
pub(crate) const MOST_PHONES: u32 = 10_000;
/// How long the end waits for the last batch.
const LAST_WORDS: Duration = Duration::from_secs(10);

/// How much is kept. What is older goes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct Retention {
    /// Exchanges of one phone. Default 20.
    pub exchanges_per_phone: u32,
    /// Bytes of all datagrams. Default 200 MiB.
    #[cfg_attr(test, ts(type = "number"))]
    pub bytes: u64,
    /// Phones of which nobody said anything. Default 10,000.
    pub phones: u32,
}

impl Default for Retention {
    fn default() -> Self {
        Self { exchanges_per_phone: 20, bytes: 200 << 20, phones: MOST_PHONES }
    }
}

impl Retention {
    /// Keeping less than this keeps nothing that is worth looking at.
    const FEWEST_BYTES: u64 = 1 << 20;
    /// More than this is not written and pruned in a second.
    const MOST_BYTES: u64 = 1_000_000 << 20;

    /// What is wrong with it, in words.
    pub(crate) fn check(&self) -> Result<(), String> {
        let wrong = |what: &str, least: u64, most: u64| {
            Err(format!("retention: {what}: at least {least} and at most {most}"))
        };
        if !(1..=1_000).contains(&self.exchanges_per_phone) {
            return wrong("exchanges_per_phone", 1, 1_000);
        }
        if !(Self::FEWEST_BYTES..=Self::MOST_BYTES).contains(&self.bytes) {
            return wrong("bytes", Self::FEWEST_BYTES, Self::MOST_BYTES);
        }
        if !(1..=MOST_PHONES).contains(&self.phones) {
            return wrong("phones", 1, MOST_PHONES.into());
        }
        Ok(())
    }
}

/// What was remembered at the start.
#[derive(Debug, Default)]
pub(crate) struct Remembered {
    pub(crate) phones: Vec<PhoneRow>,
    pub(crate) learned: Vec<LearnedRecord>,
    pub(crate) last_exchange: u64,
}

/// The memory of a running engine.
#[derive(Debug)]
pub(crate) struct Memory {
    inbox: Arc<Inbox>,
    feedback: UnboundedReceiver<Feedback>,
    next_wish: u64,
    view: MemoryView,
}

/// What the writer told: an outcome for whoever waits, or something to say.
#[derive(Debug)]
pub(crate) enum Told {
    Wish(u64, Result<(), String>),
    Event(Event),
    Nothing,
}

impl Memory {
    /// Opens the memory of `folder`, and reads what was remembered.
    pub(crate) fn open(
        folder: &Path,
        retention: Retention,
    ) -> Result<(Self, Remembered), MemoryError> {
        let database = Database::open(folder)?;
        let path = database.path.clone();
        let remembered = recall(&database).map_err(|error| refused(&path, &error))?;
        let inbox = Arc::new(Inbox::default());
        let (told, feedback) = unbounded_channel();
        let writer = Writer::new(database, retention, Arc::clone(&inbox), told);
        thread::Builder::new()
            .name("memory".into())
            .spawn(move || writer.run())
            .map_err(|cause| MemoryError::Folder { path: path.clone(), cause })?;
        let view = MemoryView::new(path.display().to_string());
        Ok((Self { inbox, feedback, next_wish: 0, view }, remembered))
    }

    pub(crate) fn put(&self, notes: impl IntoIterator<Item = Note>) {
        self.inbox.put(notes);
    }

    /// Keeps so much from now on; what is too much goes with the next exchange that is written.
    pub(crate) fn retain(&self, retention: Retention) {
        self.inbox.retain(retention);
    }

    /// Asks for a change; the number under which its outcome is told.
    pub(crate) fn wish(&mut self, wish: Wish) -> u64 {
        self.next_wish += 1;
        self.inbox.wish(self.next_wish, wish);
        self.next_wish
    }

    /// The next word of the writer. Safe to drop while it waits.
    pub(crate) async fn recv(&mut self) -> Told {
        match self.feedback.recv().await {
            Some(feedback) => self.told(feedback),
            None => std::future::pending().await,
        }
    }

    pub(crate) fn view(&self) -> MemoryView {
        self.view.clone()
    }

    /// The file, and why nothing can be written into it now.
    pub(crate) fn problem(&self) -> Option<(&str, &str)> {
        Some((&self.view.file, self.view.problem.as_deref()?))
    }

    /// Writes what is left, and waits until it is written; the outcomes that were still to be told.
    pub(crate) async fn close(mut self) -> Vec<(u64, Result<(), String>)> {
        self.inbox.close();
        let mut outcomes = Vec::new();
        // A disk that does not answer keeps nobody from ending.
        let _ = tokio::time::timeout(LAST_WORDS, async {
            while let Some(feedback) = self.feedback.recv().await {
                if let Feedback::Wish(number, outcome) = feedback {
                    outcomes.push((number, outcome));
                }
            }
        })
        .await;
        outcomes
    }

    fn told(&mut self, feedback: Feedback) -> Told {
        let file = self.view.file.clone();
        match feedback {
            Feedback::Wish(number, outcome) => Told::Wish(number, outcome),
            Feedback::Failing(reason) => {
                self.view.problem = Some(reason.clone());
                Told::Event(Event::MemoryFailed { file, reason })
            }
            Feedback::Mended(lost) => {
                self.view.problem = None;
                self.view.lost += lost;
                Told::Event(Event::MemoryMended { file, lost })
            }
            Feedback::Behind(lost) => {
                self.view.lost += lost;
                Told::Event(Event::MemoryBehind { lost })
            }
            Feedback::Pruned(pruned) => {
                self.view.forgotten += pruned.surplus + pruned.exchanges;
                let (exchanges, phones) = (pruned.exchanges, pruned.phones);
                match exchanges + phones {
                    // That of one phone only its latest exchanges are kept is no news.
                    0 => Told::Nothing,
                    _ => Told::Event(Event::Forgotten { exchanges, phones }),
                }
            }
        }
    }
}

impl Drop for Memory {
    fn drop(&mut self) {
        self.inbox.close();
    }
}

fn recall(database: &Database) -> rusqlite::Result<Remembered> {
    Ok(Remembered {
        phones: database.phones()?,
        learned: database.learned()?,
        last_exchange: database.last_exchange()?,
    })
}

#[cfg(test)]
mod tests;
