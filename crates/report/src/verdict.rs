//! Owns what a receiver would do with a message, as programs are told it.

use fingerpost_core::Message;
use fingerpost_core::check::{Finding, Reach, Verdict, verdict};
use serde::Serialize;

/// What a receiver would do with a message on which there are these findings; one that cannot be read is passed over.
#[must_use]
pub fn verdict_of(message: Option<&Message<'_>>, findings: &[Finding]) -> Verdict {
    message.map_or(Verdict::Drop, |message| verdict(message, findings, Reach::of(message)))
}

/// A verdict for programs: `accept`, `answer` with a status, or `drop`.
#[derive(Debug, Serialize)]
pub(crate) struct VerdictView {
    action: &'static str,
    status: Option<u16>,
    reason: Option<&'static str>,
}

impl From<Verdict> for VerdictView {
    fn from(verdict: Verdict) -> Self {
        let (status, reason) = match verdict {
            Verdict::Answer { status, reason } => (Some(status), Some(reason)),
            _ => (None, None),
        };
        Self { action: verdict.name(), status, reason }
    }
}
