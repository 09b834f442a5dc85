//! Owns what a command's end means to who called it. The numbers are a contract.

use std::process::ExitCode;

/// How a command ended. The later ones outweigh the earlier ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Exit {
    /// All went well.
    Fine = 0,
    /// The thing examined has errors.
    Faulty = 1,
    /// Wrong usage, or input that cannot be read. An `Err` of a command ends like this too.
    Unusable = 2,
    /// Nobody answered.
    Unanswered = 3,
    /// This machine refused: port held, no permission, no such card, data folder not writable.
    Refused = 4,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}
