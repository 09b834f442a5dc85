//! Owns the thread that writes: batch after batch, through full disks and back. It never makes anybody wait; what it
//! could not write it counts.

use super::Retention;
use super::database::{Database, words};
use super::inbox::{Batch, Inbox};
use super::pruning::Pruned;
use crate::view::PhoneRow;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::sync::mpsc::UnboundedSender;

/// How often it is tried again, and how often losses are told.
const PAUSE: Duration = Duration::from_secs(1);

/// What the writer tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Feedback {
    /// The wish with this number is written, or why not.
    Wish(u64, Result<(), String>),
    /// Nothing can be written any more.
    Failing(String),
    /// It can again; so many datagrams and states were lost meanwhile.
    Mended(u64),
    /// So many more were lost because they came faster than they could be written.
    Behind(u64),
    /// This went to make room.
    Pruned(Pruned),
}

pub(crate) struct Writer {
    database: Database,
    retention: Retention,
    inbox: Arc<Inbox>,
    told: UnboundedSender<Feedback>,
    size: u64,
    /// Since when nothing can be written, and what waits for better times: how each phone stands.
    failing: Option<Failing>,
    behind: u64,
    pruned: Pruned,
    told_at: Instant,
}

struct Failing {
    reason: String,
    next_try: Instant,
    lost: u64,
    phones: BTreeMap<String, PhoneRow>,
}

impl Writer {
    pub(crate) fn new(
        database: Database,
        retention: Retention,
        inbox: Arc<Inbox>,
        told: UnboundedSender<Feedback>,
    ) -> Self {
        let (size, told_at) = (database.size().unwrap_or(0), Instant::now());
        let (failing, behind, pruned) = (None, 0, Pruned::default());
        Self { database, retention, inbox, told, size, failing, behind, pruned, told_at }
    }

    pub(crate) fn run(mut self) {
        loop {
            let batch = self.inbox.take(PAUSE);
            let is_last = batch.is_last;
            self.behind += batch.lost;
            self.take(batch);
            self.tell();
            if is_last {
                return;
            }
        }
    }

    fn take(&mut self, mut batch: Batch) {
        if let Some(failing) = &mut self.failing {
            failing.add(&mut batch);
            if Instant::now() < failing.next_try && batch.wishes.is_empty() && !batch.is_last {
                return;
            }
            batch.phones.clone_from(&failing.phones);
        }
        self.write(&batch);
    }

    fn write(&mut self, batch: &Batch) {
        let written = match (&self.failing, batch.is_empty()) {
            (None, true) => return,
            (Some(_), true) => self.database.probe().map(|()| Pruned::default()),
            _ => self.database.write(batch, &self.retention, &mut self.size),
        };
        let outcome = match &written {
            Ok(_) => Ok(()),
            Err(error) => Err(words(error)),
        };
        for (number, _) in &batch.wishes {
            self.say(Feedback::Wish(*number, outcome.clone()));
        }
        match (written, outcome) {
            (Ok(pruned), _) => self.succeeded(pruned),
            (Err(_), outcome) => self.failed(batch, outcome.err().unwrap_or_default()),
        }
    }

    fn succeeded(&mut self, pruned: Pruned) {
        self.pruned.surplus += pruned.surplus;
        self.pruned.exchanges += pruned.exchanges;
        self.pruned.phones += pruned.phones;
        if let Some(failing) = self.failing.take() {
            self.say(Feedback::Mended(failing.lost));
        }
    }

    fn failed(&mut self, batch: &Batch, reason: String) {
        let next_try = Instant::now() + PAUSE;
        match &mut self.failing {
            Some(failing) if failing.reason == reason => failing.next_try = next_try,
            Some(failing) => {
                failing.next_try = next_try;
                failing.reason.clone_from(&reason);
                self.say(Feedback::Failing(reason));
            }
            None => {
                let phones = batch.phones.clone();
                let lost = batch.messages.len() as u64;
                self.failing = Some(Failing { reason: reason.clone(), next_try, lost, phones });
                self.say(Feedback::Failing(reason));
            }
        }
    }

    /// At most once a second.
    fn tell(&mut self) {
        if self.told_at.elapsed() < PAUSE {
            return;
        }
        if self.behind > 0 {
            self.say(Feedback::Behind(self.behind));
        }
        if self.pruned != Pruned::default() {
            self.say(Feedback::Pruned(self.pruned));
        }
        (self.behind, self.pruned, self.told_at) = (0, Pruned::default(), Instant::now());
    }

    fn say(&self, feedback: Feedback) {
        // An engine that has gone wants to know nothing more.
        let _ = self.told.send(feedback);
    }
}

impl Failing {
    /// How a phone stands is kept for later; the rest is lost and counted.
    fn add(&mut self, batch: &mut Batch) {
        self.lost += batch.messages.len() as u64;
        batch.messages.clear();
        batch.exchanges.clear();
        for (id, row) in std::mem::take(&mut batch.phones) {
            if self.phones.len() < super::MOST_PHONES as usize || self.phones.contains_key(&id) {
                self.phones.insert(id, row);
            }
        }
    }
}
