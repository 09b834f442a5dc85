//! Owns the thread that writes: batch after batch, through full disks and back. It never makes anybody wait; what it
//! could not write it counts.

use super::Retention;
use super::database::{Database, words};
use super::inbox::{Batch, Inbox};
use super::pruning::Pruned;
use super::writing::Written;
use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::sync::mpsc::UnboundedSender;

/// How often it is tried again, and how often losses are told.
const PAUSE: Duration = Duration::from_secs(1);

/// Exchanges of which it is known that something was lost.
const MOST_HOLED: usize = 20_000;

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
    /// Exchanges of which something was lost, until that is written down.
    holed: BTreeSet<u64>,
    behind: u64,
    pruned: Pruned,
    told_at: Instant,
}

/// Times in which nothing can be written.
struct Failing {
    reason: String,
    next_try: Instant,
    lost: u64,
    /// What is worth keeping for better times: how each phone stands, what was learned.
    kept: Batch,
}

impl Writer {
    pub(crate) fn new(
        database: Database,
        retention: Retention,
        inbox: Arc<Inbox>,
        told: UnboundedSender<Feedback>,
    ) -> Self {
        let (size, told_at) = (database.size().unwrap_or(0), Instant::now());
        let (failing, holed) = (None, BTreeSet::new());
        let (behind, pruned) = (0, Pruned::default());
        Self { database, retention, inbox, told, size, failing, holed, behind, pruned, told_at }
    }

    pub(crate) fn run(mut self) {
        loop {
            let batch = self.inbox.take(PAUSE);
            let is_last = batch.is_last;
            self.retention = batch.retention.unwrap_or(self.retention);
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
            failing.lost += batch.lose();
            self.holed.append(&mut batch.holed);
            let wishes = std::mem::take(&mut batch.wishes);
            let may_wait = wishes.is_empty() && !batch.is_last;
            failing.kept.join(batch);
            if may_wait && Instant::now() < failing.next_try {
                return;
            }
            batch = failing.kept.clone();
            batch.wishes = wishes;
        }
        self.holed.append(&mut batch.holed);
        while self.holed.len() > MOST_HOLED {
            self.holed.pop_first();
        }
        batch.holed.clone_from(&self.holed);
        self.write(batch);
    }

    fn write(&mut self, batch: Batch) {
        let written = match (&self.failing, batch.is_empty()) {
            (None, true) => return,
            (Some(_), true) => self.database.probe().map(|()| Written::default()),
            _ => self.database.write(&batch, &self.retention, &mut self.size),
        };
        let outcome = written.map_err(|error| words(&error));
        for (number, _) in &batch.wishes {
            let outcome = outcome.as_ref().map(|_| ()).map_err(String::clone);
            self.say(Feedback::Wish(*number, outcome));
        }
        match outcome {
            Ok(written) => self.succeeded(&written),
            Err(reason) => self.failed(batch, reason),
        }
    }

    fn succeeded(&mut self, written: &Written) {
        self.pruned.surplus += written.pruned.surplus;
        self.pruned.exchanges += written.pruned.exchanges;
        self.pruned.phones += written.pruned.phones;
        for id in &written.holed {
            self.holed.remove(id);
        }
        if let Some(failing) = self.failing.take() {
            self.say(Feedback::Mended(failing.lost));
        }
    }

    fn failed(&mut self, mut batch: Batch, reason: String) {
        let next_try = Instant::now() + PAUSE;
        if let Some(failing) = &mut self.failing {
            failing.next_try = next_try;
            if failing.reason == reason {
                return;
            }
            failing.reason.clone_from(&reason);
        } else {
            let lost = batch.lose();
            self.holed.append(&mut batch.holed);
            batch.wishes.clear();
            let reason = reason.clone();
            self.failing = Some(Failing { reason, next_try, lost, kept: batch });
        }
        self.say(Feedback::Failing(reason));
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
