//! The running Fingerpost. Owns the meeting of sockets (`fingerpost-net`), protocol (`fingerpost-core`) and policy
//! (`fingerpost-rules`), and what is known of the phones so far. Everybody else, from the command to the window, drives
//! it with one [`Command`] type, hears one [`Event`] type and looks at one [`View`].
//!
//! ```no_run
//! # async fn run() -> Result<(), Box<dyn std::error::Error>> {
//! use fingerpost_engine::{Engine, Setup};
//!
//! let policy = fingerpost_rules::Policy::catch_all("tftp://%{server}".parse()?);
//! let (engine, mut events) = Engine::start(Setup::new(policy))?;
//! while let Some(event) = events.next().await {
//!     println!("{} {:?}", event.time, event.event);
//! }
//! # Ok(())
//! # }
//! ```
#![deny(missing_docs)]

mod asking;
mod backup;
mod changes;
mod clock;
mod command;
mod desk;
mod doctor;
mod dry_run;
mod engine;
mod event;
mod examining;
mod fetch;
mod folder;
mod ignored;
mod joining;
mod links;
mod losses;
mod marks;
mod memory;
mod news;
mod phone;
mod phones;
mod policy_change;
mod policy_file;
mod policy_view;
mod random;
mod recorder;
mod recording;
mod refusal;
mod replace_file;
mod responders;
mod restoring;
mod rows;
mod search;
mod sentence;
mod settings;
mod settings_view;
mod setup;
mod sheet;
mod simulation;
mod spelling;
mod standing;
mod task;
mod trouble;
mod view;
mod written;

pub use asking::{AskError, AskPlan, Heard, PhoneReport, ask};
pub use backup::{BackedUpPhone, Backup, Restored};
pub use clock::Timestamp;
pub use command::{Command, CommandError};
pub use doctor::{
    AnswerPort, CardDiagnosis, Diagnosis, DoctorError, DoctorPlan, Fact, Health, LeftOutCard,
    Packets, PortHolder, Problem, ProblemKind, Section, SelfTest, Severity, Verdict, diagnose,
};
pub use dry_run::{Changed, DryRun, Judged};
pub use engine::{Engine, Events};
pub use event::{CardState, Event, TimedEvent};
pub use fetch::{FetchLimits, Fetched, fetch};
pub use fingerpost_rules::{Edit, Mode};
pub use folder::usual_folder;
pub use marks::{Adoption, Marking};
pub use memory::{Archive, ChangeError, Decided, MemoryError, Retention};
pub use news::{News, NewsFeed};
pub use phone::{Evidence, Phone};
pub use policy_change::{ChangedPolicy, PolicyChange};
pub use policy_view::{
    AskedRule, DraftQuestion, DraftedAction, DraftedCondition, DraftedRule, DraftedVariation,
    PlacedRemark, PolicyDraft, PolicyView, TriedCondition, Why,
};
pub use random::OsEntropy;
pub use recorder::{Direction, Recorded, Traffic, TrafficMessage};
pub use recording::{
    Difference, NotARecordingError, Played, RecordedMessage, RecordedPhone, Recording, Replay,
    ReplayError,
};
pub use refusal::{Mistake, Refusal};
pub use replace_file::replace_file;
pub use responders::Responder;
pub use search::Search;
pub use settings::{Settings, SettingsError};
pub use settings_view::{CardChoice, Limits, SettingsView};
pub use setup::{Setup, StartError};
pub use sheet::phones_csv;
pub use trouble::{Trouble, TroubleKind};
pub use view::{
    CardView, Elsewhere, MemoryView, PhoneDetail, PhoneRow, PhoneState, Undoable, View,
};

#[cfg(test)]
mod bindings;
