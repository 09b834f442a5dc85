//! Owns an input together with what there is to know about it. Knows no way of printing it.

use crate::input::Input;
use fingerpost_core::check::{Finding, Policy, Reach, Verdict, verdict};
use fingerpost_core::{Message, Span};
use fingerpost_trace::{Kind, Limits, Note, judge, open};
use serde::Serialize;

/// An input and the messages in it.
#[derive(Debug)]
pub(super) struct Examined {
    pub(super) input: Input,
    pub(super) messages: Vec<fingerpost_trace::Examined>,
    /// What was left out, and why.
    pub(super) notes: Vec<Note>,
    /// How many packets a capture file holds.
    pub(super) frames: u64,
    kind: Kind,
    unpacked: Option<Vec<u8>>,
}

impl Examined {
    /// What the places of messages are in, where people can read it.
    pub(super) fn text(&self) -> &[u8] {
        match self.kind {
            Kind::Capture => b"",
            _ => self.unpacked.as_deref().unwrap_or(&self.input.bytes),
        }
    }

    /// Whether places are packets, and no lines.
    pub(super) const fn is_capture(&self) -> bool {
        matches!(self.kind, Kind::Capture)
    }

    /// Where people find a place of a message: in the input, or in the message itself where that came in a packet.
    pub(super) fn place(&self, message: &fingerpost_trace::Examined, span: Span) -> Span {
        if self.is_capture() { span } else { message.found.to_source(span) }
    }
}

pub(super) fn examine(input: Input, policy: Policy) -> Examined {
    let trace = open(&input.bytes, Limits::default());
    Examined {
        input,
        messages: judge(trace.messages, policy),
        notes: trace.notes,
        frames: trace.frames,
        kind: trace.kind,
        unpacked: trace.unpacked,
    }
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
