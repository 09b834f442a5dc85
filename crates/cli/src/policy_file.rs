//! Owns reading a policy file from disk. What it may hold is `fingerpost-rules`' work.

use crate::input;
use crate::output::say;
use crate::printable::printable;
use anyhow::Context;
use fingerpost_rules::{Policy, PolicyErrors};
use std::fmt;
use std::path::Path;

/// A policy file that was read and not yet understood.
#[derive(Debug)]
pub(crate) struct PolicyFile {
    /// As it was named.
    pub(crate) name: String,
    pub(crate) text: String,
}

impl PolicyFile {
    pub(crate) fn read(path: &Path) -> anyhow::Result<Self> {
        let input::Input { name, bytes } = input::read(path)?;
        let text = String::from_utf8(bytes).with_context(|| format!("cannot read {name}"))?;
        Ok(Self { name, text })
    }

    /// The policy in it. What it warns of is told at once.
    pub(crate) fn policy(&self) -> anyhow::Result<Policy> {
        let name = &self.name;
        match Policy::parse(&self.text) {
            Ok(policy) => {
                for warning in policy.warnings() {
                    let (line, column) = (warning.line, warning.column);
                    let message = printable(&warning.message);
                    say(format_args!("{name}:{line}:{column}: warning: {message}"));
                }
                Ok(policy)
            }
            Err(errors) => Err(Mistakes::new(name.clone(), errors).into()),
        }
    }
}

/// The mistakes in a policy file: one a line, each with its place.
#[derive(Debug)]
pub(crate) struct Mistakes {
    name: String,
    errors: PolicyErrors,
}

impl Mistakes {
    pub(crate) const fn new(name: String, errors: PolicyErrors) -> Self {
        Self { name, errors }
    }
}

impl fmt::Display for Mistakes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.errors.as_slice().iter().enumerate().try_for_each(|(index, error)| {
            let newline = if index == 0 { "" } else { "\n" };
            write!(f, "{newline}{}:{}", self.name, printable(&error.to_string()))
        })
    }
}

impl std::error::Error for Mistakes {}

/// The policy in the file at `path`, for a command that needs it. What it warns of is told at once.
pub(crate) fn load(path: &Path) -> anyhow::Result<Policy> {
    PolicyFile::read(path)?.policy()
}
