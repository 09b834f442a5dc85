//! Owns an input together with what there is to know about it. Knows no way of printing it.

use crate::input::Input;
use fingerpost_core::Message;
use fingerpost_core::check::{Finding, Policy, Reach, Verdict, verdict};

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
