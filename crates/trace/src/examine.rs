//! Owns what there is to know about a source: its messages and the findings on each, alone and in the light of the
//! others. Knows no way of showing it.

use crate::{Found, find_messages};
use fingerpost_core::check::{Context, Finding, Policy, check_conversation};
use fingerpost_core::scan::Tape;
use fingerpost_core::{HeaderName, Limits, Message};
use std::collections::BTreeMap;

/// A message that was found, with what there is to say about it, by place.
#[derive(Debug)]
#[non_exhaustive]
pub struct Examined {
    /// The message and where it was found.
    pub found: Found,
    /// Core's findings, the source's and those of the conversation, in the order in which they stand in the message.
    pub findings: Vec<Finding>,
}

impl Examined {
    /// A message, judged elsewhere; the findings are put in the order in which they stand in it.
    #[must_use]
    pub fn new(found: Found, mut findings: Vec<Finding>) -> Self {
        findings.sort_by_key(|finding| (finding.span, finding.rule.id));
        Self { found, findings }
    }
}

/// The messages in `source`, judged by `policy`.
///
/// ```
/// use fingerpost_core::check::Policy;
/// let examined = fingerpost_trace::examine(b"OPTIONS sip:a SIP/2.0\r\nCSeq: 1 INVITE\r\n\r\n", Policy::Strict);
/// assert!(examined[0].findings.iter().any(|finding| finding.rule.id == "sip.cseq.method-differs"));
/// ```
#[must_use]
pub fn examine(source: &[u8], policy: Policy) -> Vec<Examined> {
    judge(find_messages(source), policy)
}

/// Messages that were found before, as in a capture file, judged by `policy`, each alone and in the light of the others.
#[must_use]
pub fn judge(messages: Vec<Found>, policy: Policy) -> Vec<Examined> {
    let judged = each(messages, policy, |found| ((), found.findings(policy)));
    judged.map(|(examined, ())| examined).collect()
}

/// The same, each message with its tokens; both come from one pass over its values.
#[must_use]
pub fn dissect(source: &[u8], policy: Policy) -> Vec<(Examined, Tape)> {
    dissect_found(find_messages(source), policy)
}

/// The same for messages that were found already, or never had to be: see [`Found::as_written`].
#[must_use]
pub fn dissect_found(found: Vec<Found>, policy: Policy) -> Vec<(Examined, Tape)> {
    each(found, policy, |found| found.inspect(policy)).collect()
}

/// Every message, with what `judge` says of it alone and what the others add.
fn each<T>(
    found: Vec<Found>,
    policy: Policy,
    judge: impl Fn(&Found) -> (T, Vec<Finding>),
) -> impl Iterator<Item = (Examined, T)> {
    let together = conversations(&found, policy);
    found.into_iter().zip(together).map(move |(found, together)| {
        let (beside, mut findings) = judge(&found);
        findings.extend(together);
        (Examined::new(found, findings), beside)
    })
}

impl Found {
    /// The message as far as it can be read: a limit of the reader is a finding, not a reason to show nothing.
    #[must_use]
    pub fn message(&self) -> Option<Message<'_>> {
        let unlimited = Limits::default()
            .with_message(usize::MAX)
            .with_headers(usize::MAX)
            .with_header_bytes(usize::MAX);
        Message::parse_within(&self.bytes, &unlimited).ok()
    }
}

/// What the messages say together, one list a message. Only those of one Call-ID are compared with each other: a long
/// log would otherwise take the square of its length.
fn conversations(found: &[Found], policy: Policy) -> Vec<Vec<Finding>> {
    let context = Context::default().with_policy(policy);
    let mut together = vec![Vec::new(); found.len()];
    for (places, messages) in by_call_id(found) {
        for (place, findings) in places.into_iter().zip(check_conversation(&messages, &context)) {
            together[place] = findings;
        }
    }
    together
}

/// What the messages of one conversation say together, one list a message; all of them can be read.
pub(crate) fn together<'a>(
    found: impl Iterator<Item = &'a Found>,
    policy: Policy,
) -> Vec<Vec<Finding>> {
    let messages: Vec<Message<'_>> = found.filter_map(Found::message).collect();
    check_conversation(&messages, &Context::default().with_policy(policy))
}

/// Messages, and which of those that were found they are.
type Group<'a> = (Vec<usize>, Vec<Message<'a>>);

fn by_call_id(found: &[Found]) -> impl Iterator<Item = Group<'_>> {
    let mut groups: BTreeMap<Option<&[u8]>, Group<'_>> = BTreeMap::new();
    for (place, message) in found.iter().map(Found::message).enumerate() {
        let Some(message) = message else { continue };
        let call_id = message.header(HeaderName::CallId).map(|header| header.value().as_bytes());
        let (places, messages) = groups.entry(call_id).or_default();
        places.push(place);
        messages.push(message);
    }
    groups.into_values()
}
