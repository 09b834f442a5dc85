//! Owns an input together with what there is to know about it. Knows no way of printing it.

use crate::input::Input;
use fingerpost_core::Span;
use fingerpost_core::check::Policy;
use fingerpost_report::Source;
use fingerpost_trace::{Kind, Limits, Note, judge, open};

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
    /// As the reports take it.
    pub(super) fn source(&self) -> Source<'_> {
        Source {
            name: &self.input.name,
            text: (!self.is_capture()).then(|| self.text()),
            messages: &self.messages,
            notes: &self.notes,
        }
    }

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
