//! Owns changing the policy file that an engine follows: what a change is, and what became of it.

use crate::command::CommandError;
use crate::dry_run::DryRun;
use fingerpost_rules::{Edit, EditError, edit};
use serde::Serialize;

/// Another policy file.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum PolicyChange {
    /// This text whole.
    Text(String),
    /// This text whole, in the place of the other one: where the file holds something else by now, somebody changed it,
    /// and nothing is written over it.
    TextInstead {
        /// What it shall hold.
        text: String,
        /// What it held when it was read.
        before: String,
    },
    /// What is there, with these edits: comments and layout stay.
    Edits(Vec<Edit>),
}

/// What became of a change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[non_exhaustive]
pub struct ChangedPolicy {
    /// The policy file, as it was named.
    pub file: String,
    /// What it holds now, or would.
    pub text: String,
    /// Whether it was written and is in force.
    pub written: bool,
    /// What changes for the phones seen so far.
    pub dry_run: DryRun,
}

impl PolicyChange {
    /// What the file would hold that holds `text`.
    pub(crate) fn applied_to(&self, text: &str) -> Result<String, CommandError> {
        match self {
            Self::TextInstead { before, .. } if before != text => Err(CommandError::Edit(
                "the file was changed meanwhile by somebody else: nothing was written".into(),
            )),
            Self::Text(text) | Self::TextInstead { text, .. } => Ok(text.clone()),
            Self::Edits(edits) => edit(text, edits).map_err(|error| match error {
                EditError::File(errors) | EditError::Outcome { errors, .. } => {
                    CommandError::Policy(errors)
                }
                other => CommandError::Edit(other.to_string()),
            }),
        }
    }
}
