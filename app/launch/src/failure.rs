//! Owns why there is no window: the words, and the exit code that goes with them.

use fingerpost_engine::SettingsError;
use std::fmt::Display;
use std::io::Write;
use std::process::ExitCode;

/// Wrong usage, or input that cannot be read.
const UNUSABLE: u8 = 2;
/// This machine refused.
const REFUSED: u8 = 4;

/// Why there is no window.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Failure {
    /// The exit code: 2 for what was asked, 4 for what this machine refuses.
    pub code: u8,
    /// What happened and what to do, for people.
    pub words: String,
}

impl Failure {
    /// What was asked cannot be done.
    pub fn unusable(words: &impl Display) -> Self {
        Self { code: UNUSABLE, words: words.to_string() }
    }

    /// This machine refuses.
    pub fn refused(words: &impl Display) -> Self {
        Self { code: REFUSED, words: words.to_string() }
    }
}

impl From<SettingsError> for Failure {
    fn from(error: SettingsError) -> Self {
        match error {
            SettingsError::File { .. } => Self::refused(&error),
            _ => Self::unusable(&error),
        }
    }
}

/// Ends a program: says on standard error why there was no window, where there was none.
#[must_use]
pub fn report(outcome: Result<(), Failure>) -> ExitCode {
    let Err(failure) = outcome else { return ExitCode::SUCCESS };
    // Nobody may be listening.
    let _ = writeln!(std::io::stderr().lock(), "error: {}", failure.words);
    ExitCode::from(failure.code)
}
