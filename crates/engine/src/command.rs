//! Owns what the engine can be told.

use fingerpost_rules::{Mode, PolicyErrors};
use serde::Deserialize;

/// Something to do, in the imperative.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "command", rename_all = "snake_case", deny_unknown_fields)]
#[non_exhaustive]
pub enum Command {
    /// Answer phones, or only look.
    SetMode {
        /// Which.
        #[cfg_attr(test, ts(type = "\"answer\" | \"observe\""))]
        mode: Mode,
    },
    /// Follow another policy from now on.
    SetPolicy {
        /// The text of a policy file. One with errors changes nothing.
        policy: String,
    },
    /// End.
    Stop,
}

/// A command was not carried out.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CommandError {
    /// The policy has errors; the old one stays in force.
    #[error("{0}")]
    Policy(PolicyErrors),
    /// The engine has ended.
    #[error("the engine has ended")]
    Ended,
}
