//! Owns an input together with what there is to know about it. Knows no way of printing it.

use crate::input::Input;
use fingerpost_core::Message;
use fingerpost_core::check::{Finding, Policy, Reach, Verdict, verdict};
use serde::Serialize;

/// An input and the messages in it.
#[derive(Debug)]
pub(super) struct Examined {
    pub(super) input: Input,
    pub(super) messages: Vec<fingerpost_trace::Examined>,
}

pub(super) fn examine(input: Input, policy: Policy) -> Examined {
    Examined { messages: fingerpost_trace::examine(&input.bytes, policy), input }
}

/// What a receiver would do with a message on which there are these findings; one that cannot be read is passed over.
pub(super) fn verdict_of(message: Option<&Message<'_>>, findings: &[Finding]) -> Verdict {
    message.map_or(Verdict::Drop, |message| verdict(message, findings, Reach::of(message)))
}

/// A verdict for programs: `accept`, `answer` with a status, or `drop`.
#[derive(Debug, Serialize)]
pub(super) struct VerdictView {
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
