//! Owns the handle: how the shells hold a running engine. Knows neither protocol nor sockets.

use crate::backup::Backup;
use crate::command::{Command, CommandError};
use crate::doctor::{Diagnosis, DoctorPlan, Health, KeptTests, conclude, examine};
use crate::dry_run::DryRun;
use crate::event::TimedEvent;
use crate::examining::Examinations;
use crate::memory::Archive;
use crate::policy_change::{ChangedPolicy, PolicyChange};
use crate::policy_view::{DraftQuestion, PolicyDraft, PolicyView};
use crate::recorder::Traffic;
use crate::recording::Recording;
use crate::search::{Search, search};
use crate::settings_view::SettingsView;
use crate::setup::{Setup, StartError};
use crate::task::{Order, Task};
use crate::view::{PhoneDetail, PhoneRow, View};
use std::collections::BTreeSet;
use std::path::PathBuf;
use tokio::sync::{Mutex, broadcast, mpsc, oneshot};
use tokio::task::JoinHandle;

/// Events kept for a listener that is slow; one that falls further behind loses the oldest and is told so.
const EVENT_BACKLOG: usize = 16_384;

/// A running engine. Dropping it ends the engine.
#[derive(Debug)]
pub struct Engine {
    orders: mpsc::Sender<Order>,
    events: broadcast::Sender<TimedEvent>,
    task: JoinHandle<()>,
    /// Where earlier runs wrote down what happened.
    data: Option<PathBuf>,
    /// Held while it is searched for other responders.
    searching: Mutex<()>,
    examinations: Examinations<Result<Diagnosis, String>>,
    kept_tests: Mutex<KeptTests>,
}

/// The engine's events, from the moment this was made.
#[derive(Debug)]
pub struct Events {
    receiver: broadcast::Receiver<TimedEvent>,
    missed: u64,
}

impl Engine {
    /// Opens the cards and begins. The events hold everything from the first `listening` on.
    ///
    /// # Errors
    /// [`StartError`]; nothing is left open.
    ///
    /// # Panics
    /// Outside a tokio runtime with its I/O and time drivers enabled.
    pub fn start(setup: Setup) -> Result<(Self, Events), StartError> {
        let (events, receiver) = broadcast::channel(EVENT_BACKLOG);
        let (orders, inbox) = mpsc::channel(64);
        let data = setup.data.clone();
        let task = Task::open(setup, events.clone())?;
        let task = tokio::spawn(task.run(inbox));
        let engine = Self {
            orders,
            events,
            task,
            data,
            searching: Mutex::default(),
            examinations: Examinations::default(),
            kept_tests: Mutex::default(),
        };
        Ok((engine, Events { receiver, missed: 0 }))
    }

    /// Tells the engine to do something, and waits until it is done.
    ///
    /// # Errors
    /// [`CommandError`]; then nothing has changed.
    pub async fn command(&self, command: Command) -> Result<(), CommandError> {
        self.asked(|done| Order::Command(command, done)).await?
    }

    /// The engine's state now.
    ///
    /// # Errors
    /// [`CommandError::Ended`].
    pub async fn view(&self) -> Result<View, CommandError> {
        self.asked(Order::View).await
    }

    /// Everything about the phone with this `id`; `None` where there is none.
    ///
    /// # Errors
    /// [`CommandError::Ended`].
    pub async fn phone(&self, id: &str) -> Result<Option<PhoneDetail>, CommandError> {
        let detail = self.asked(|reply| Order::Phone(id.to_owned(), reply)).await?;
        Ok(match (detail, self.data.clone()) {
            (Some(detail), Some(folder)) => Some(with_the_past(detail, folder).await),
            (detail, _) => detail,
        })
    }

    /// A phone's exchange as it was recorded, 1 for the latest; `None` where there is none, or nothing is kept.
    ///
    /// # Errors
    /// [`CommandError::Unreadable`]; [`CommandError::Ended`].
    pub async fn recording(
        &self,
        id: &str,
        number: u32,
    ) -> Result<Option<Recording>, CommandError> {
        let Some(folder) = self.data.clone() else { return Ok(None) };
        // On a full disk there is still what was written before.
        let _ = self.asked(Order::Settle).await?;
        let id = id.to_owned();
        let read =
            move || Archive::open(&folder).and_then(|archive| archive.recording(&id, number));
        let read = tokio::task::spawn_blocking(read).await.map_err(|_| CommandError::Ended)?;
        read.map_err(|error| CommandError::Unreadable(error.to_string()))
    }

    /// What came and went on all cards after the message with this number; 0 for everything that is still held.
    ///
    /// # Errors
    /// [`CommandError::Ended`].
    pub async fn traffic(&self, after: u64) -> Result<Traffic, CommandError> {
        self.asked(|reply| Order::Traffic(after, reply)).await
    }

    /// The messages with these numbers as a pcapng file; those that are gone are not in it.
    ///
    /// # Errors
    /// [`CommandError::Unreadable`] where one cannot stand in such a file; [`CommandError::Ended`].
    pub async fn capture(&self, numbers: BTreeSet<u64>) -> Result<Vec<u8>, CommandError> {
        self.asked(|reply| Order::Capture(numbers, reply)).await?
    }

    /// The settings, and what there is to choose from.
    ///
    /// # Errors
    /// [`CommandError::Cards`] where the system does not tell its cards; [`CommandError::Ended`].
    pub async fn settings(&self) -> Result<SettingsView, CommandError> {
        self.asked(Order::Settings).await?
    }

    /// Settings, policy, and what people said of phones, to take elsewhere.
    ///
    /// # Errors
    /// [`CommandError::PolicyFile`] where the file cannot be read; [`CommandError::Ended`].
    pub async fn backup(&self) -> Result<Backup, CommandError> {
        self.asked(Order::Backup).await?
    }

    /// Phones of a backup are known from now on.
    pub(crate) async fn know(&self, rows: Vec<PhoneRow>) -> Result<(), CommandError> {
        self.asked(|done| Order::Know(rows, done)).await?
    }

    /// Asks the task, and waits for its answer.
    async fn asked<T>(
        &self,
        order: impl FnOnce(oneshot::Sender<T>) -> Order,
    ) -> Result<T, CommandError> {
        let (reply, answer) = oneshot::channel();
        self.orders.send(order(reply)).await.map_err(|_| CommandError::Ended)?;
        answer.await.map_err(|_| CommandError::Ended)
    }

    /// How this engine is, and this machine as [`diagnose`](crate::diagnose) sees it from beside this engine: what is ours
    /// is no problem. Cards are tried out, and the self-test sent, only where `tests`; what the last self-test found stays
    /// until the next one. One examination at a time: whoever asks while one runs is told what that one finds.
    ///
    /// # Errors
    /// [`CommandError::Cards`], [`CommandError::Examination`] or [`CommandError::Ended`].
    pub async fn health(&self, tests: bool) -> Result<Health, CommandError> {
        let interfaces = self.settings().await?.in_force.interfaces;
        let (group, open) = (self.view().await?.group, self.asked(Order::OpenCards).await?);
        let plan = DoctorPlan {
            interfaces,
            group,
            tests,
            is_beside_engine: true,
            open,
            ..DoctorPlan::default()
        };
        let found = self.examinations.one(tests, || examined(plan.clone())).await;
        let found = found.map_err(|unfound| CommandError::Examination(unfound.to_string()))?;
        let mut diagnosis = found.map_err(CommandError::Cards)?;
        self.kept_tests.lock().await.remember(&mut diagnosis);
        conclude(&mut diagnosis, &plan);
        Ok(Health::of(&self.view().await?, diagnosis))
    }

    /// Asks like a phone on every card that is heard, and tells everybody who answers: this engine, too. It takes some
    /// seconds, and every server and Fingerpost on the LAN sees a phone that asks. One search at a time.
    ///
    /// # Errors
    /// [`CommandError::Search`] or [`CommandError::Ended`]. Where nobody could be asked is told in the [`Search`].
    pub async fn search(&self, vendor: Option<String>) -> Result<Vec<Search>, CommandError> {
        let Ok(_alone) = self.searching.try_lock() else {
            return Err(CommandError::Search("a search is running; wait for it".into()));
        };
        Ok(search(&self.view().await?, vendor).await)
    }

    /// What the policy file with this text would change for the phones seen so far. Nothing is sent, and the policy in
    /// force stays.
    ///
    /// # Errors
    /// [`CommandError::Policy`] where the text has errors; [`CommandError::Ended`].
    pub async fn dry_run(&self, policy: &str) -> Result<DryRun, CommandError> {
        let dry_run = self.asked(|reply| Order::DryRun(policy.to_owned(), reply)).await?;
        dry_run.map_err(CommandError::Policy)
    }

    /// The policy file as it stands on the disk.
    ///
    /// # Errors
    /// [`CommandError::Ended`].
    pub async fn policy(&self) -> Result<PolicyView, CommandError> {
        self.asked(Order::Policy).await
    }

    /// What a policy holds that is not followed, or not yet; what it would change, and why. Mistakes in it are told in the
    /// draft: they are no error here.
    ///
    /// # Errors
    /// [`CommandError::Edit`] where an edit cannot be done; [`CommandError::PolicyFile`] where the file cannot be read;
    /// [`CommandError::Ended`].
    pub async fn draft(&self, question: DraftQuestion) -> Result<PolicyDraft, CommandError> {
        self.asked(|reply| Order::Draft(question, reply)).await?
    }

    /// Changes the policy file, and follows it; where none is followed, one is begun in the data folder. Only tells what
    /// would come of it where `only_try`. The file is replaced whole, and one with mistakes not at all.
    ///
    /// # Errors
    /// [`CommandError::Policy`] with places in what the file would be, [`CommandError::Edit`],
    /// [`CommandError::PolicyFile`] or [`CommandError::Ended`]; then file and policy are as they were.
    pub async fn change_policy(
        &self,
        change: PolicyChange,
        only_try: bool,
    ) -> Result<ChangedPolicy, CommandError> {
        self.asked(|reply| Order::ChangePolicy(change, only_try, reply)).await?
    }

    /// The events from now on.
    #[must_use]
    pub fn events(&self) -> Events {
        Events { receiver: self.events.subscribe(), missed: 0 }
    }

    /// Ends the engine and waits until its ports are free.
    pub async fn stop(self) {
        // An engine that has ended already is what is wanted.
        let _ = self.command(Command::Stop).await;
        let _ = self.task.await;
    }
}

impl Events {
    /// The next event; `None` once the engine has ended.
    pub async fn next(&mut self) -> Option<TimedEvent> {
        loop {
            match self.receiver.recv().await {
                Ok(event) => return Some(event),
                Err(broadcast::error::RecvError::Lagged(count)) => self.missed += count,
                Err(broadcast::error::RecvError::Closed) => return None,
            }
        }
    }

    /// Whether the next event is there already.
    #[must_use]
    pub fn has_more(&self) -> bool {
        !self.receiver.is_empty()
    }

    /// How many were lost because they were not taken in time.
    #[must_use]
    pub const fn missed(&self) -> u64 {
        self.missed
    }
}

/// On a thread of its own: what the system is slow to tell keeps no phone waiting.
async fn examined(plan: DoctorPlan) -> Result<Diagnosis, String> {
    let runtime = tokio::runtime::Handle::current();
    let work = move || runtime.block_on(examine(&plan));
    match tokio::task::spawn_blocking(work).await {
        Ok(found) => found.map_err(|error| error.to_string()),
        Err(_) => Err("the examination broke off; look again".into()),
    }
}

/// What this run knows of a phone, behind what earlier runs wrote down. A memory that cannot be read has its own place
/// in the view; what this run knows is told all the same.
async fn with_the_past(detail: PhoneDetail, folder: PathBuf) -> PhoneDetail {
    let id = detail.row.phone.id.clone();
    let read = move || Archive::open(&folder).and_then(|archive| archive.phone(&id));
    match tokio::task::spawn_blocking(read).await {
        Ok(Ok(Some(past))) => detail.after(past),
        _ => detail,
    }
}
