//! Owns what there is to know about an input: its messages, who sent them, and the findings on each, alone and in the
//! light of the others. Knows no way of printing it.

use crate::input::Input;
use fingerpost_core::check::{Context, Finding, Policy, check_conversation};
use fingerpost_core::{HeaderName, Limits, Message};
use fingerpost_trace::{Found, find_messages};
use std::collections::BTreeMap;

/// An input and the messages in it.
#[derive(Debug)]
pub(super) struct Examined {
    pub(super) input: Input,
    pub(super) messages: Vec<ExaminedMessage>,
}

/// A message and all that was found about it, in the order in which it stands there.
#[derive(Debug)]
pub(super) struct ExaminedMessage {
    pub(super) found: Found,
    pub(super) findings: Vec<Finding>,
}

impl ExaminedMessage {
    /// The message as far as it can be read: a limit of the reader is a finding, not a reason to show nothing.
    pub(super) fn message(&self) -> Option<Message<'_>> {
        read(&self.found)
    }
}

fn read(found: &Found) -> Option<Message<'_>> {
    let unlimited = Limits::default()
        .with_message(usize::MAX)
        .with_headers(usize::MAX)
        .with_header_bytes(usize::MAX);
    Message::parse_within(&found.bytes, &unlimited).ok()
}

pub(super) fn examine(input: Input, policy: Policy) -> Examined {
    let found = find_messages(&input.bytes);
    let together = conversations(&found, policy);
    let messages = found.into_iter().zip(together).map(|(found, together)| {
        let mut findings = found.findings(policy);
        findings.extend(together);
        findings.sort_by_key(|finding| (finding.span, finding.rule.id));
        ExaminedMessage { found, findings }
    });
    Examined { messages: messages.collect(), input }
}

/// What the messages say together, one list a message. Only those of one Call-ID are compared with each other: a long
/// log would otherwise take the square of its length.
fn conversations(found: &[Found], policy: Policy) -> Vec<Vec<Finding>> {
    let context = Context::default().with_policy(policy);
    let messages: Vec<(usize, Message<'_>)> =
        found.iter().enumerate().filter_map(|(index, found)| Some((index, read(found)?))).collect();
    let mut by_call_id: BTreeMap<Option<&[u8]>, Vec<(usize, Message<'_>)>> = BTreeMap::new();
    for (index, message) in messages {
        let call_id = message.header(HeaderName::CallId).map(|header| header.value().as_bytes());
        by_call_id.entry(call_id).or_default().push((index, message));
    }
    let mut together = vec![Vec::new(); found.len()];
    for (indices, messages) in
        by_call_id.into_values().map(|group| group.into_iter().unzip::<_, _, Vec<_>, Vec<_>>())
    {
        for (index, findings) in indices.into_iter().zip(check_conversation(&messages, &context)) {
            together[index] = findings;
        }
    }
    together
}
