//! Owns messages that are examined one by one, when somebody looks at them: of a long text that is little of it. What
//! there is to say about each is the same as [`crate::examine`] says of all.

use crate::examine::{Examined, together};
use crate::{Found, find_messages};
use fingerpost_core::HeaderName;
use fingerpost_core::check::{Finding, Policy};
use fingerpost_core::scan::Tape;
use std::cell::OnceCell;
use std::collections::BTreeMap;

/// Messages that were found; what stands in them is read when it is asked for.
///
/// ```
/// use fingerpost_core::check::Policy;
/// let text = b"OPTIONS sip:a SIP/2.0\r\nCSeq: 1 INVITE\r\n\r\n";
/// let examiner = fingerpost_trace::Examiner::new(text, Policy::Strict);
/// let (examined, _) = examiner.dissect(0).unwrap();
/// assert!(examined.findings.iter().any(|finding| finding.rule.id == "sip.cseq.method-differs"));
/// ```
#[derive(Debug)]
pub struct Examiner {
    found: Vec<Found>,
    policy: Policy,
    /// For each message which conversation it belongs to, and which message of it it is.
    places: Vec<Option<(usize, usize)>>,
    calls: Vec<Call>,
}

/// A conversation: its messages, and what they say together once somebody asked.
#[derive(Debug, Default)]
struct Call {
    messages: Vec<usize>,
    together: OnceCell<Vec<Vec<Finding>>>,
}

impl Examiner {
    /// The messages in `source`, to be judged by `policy`.
    #[must_use]
    pub fn new(source: &[u8], policy: Policy) -> Self {
        let found = find_messages(source);
        let mut by_id: BTreeMap<Vec<u8>, usize> = BTreeMap::new();
        let mut calls: Vec<Call> = Vec::new();
        let places = found.iter().enumerate().map(|(index, found)| {
            let message = found.message()?;
            let id = message.header(HeaderName::CallId);
            // None is told apart from an empty one by what no value holds.
            let id = id.map_or(vec![b'\n'], |header| header.value().as_bytes().to_vec());
            let call = *by_id.entry(id).or_insert(calls.len());
            if call == calls.len() {
                calls.push(Call::default());
            }
            calls[call].messages.push(index);
            Some((call, calls[call].messages.len() - 1))
        });
        let places = places.collect();
        Self { found, policy, places, calls }
    }

    /// The messages, in the order in which they stand in the source.
    #[must_use]
    pub fn found(&self) -> &[Found] {
        &self.found
    }

    /// One of them, with its findings and its tokens; `None` where there is no such.
    #[must_use]
    pub fn dissect(&self, index: usize) -> Option<(Examined, Tape)> {
        let found = self.found.get(index)?;
        let (tape, mut findings) = found.inspect(self.policy);
        findings.extend_from_slice(self.beside_others(index));
        Some((Examined::new(found.clone(), findings), tape))
    }

    fn beside_others(&self, index: usize) -> &[Finding] {
        let Some(Some((call, at))) = self.places.get(index) else { return &[] };
        let Some(call) = self.calls.get(*call) else { return &[] };
        let all = call.together.get_or_init(|| {
            let found = call.messages.iter().filter_map(|index| self.found.get(*index));
            together(found, self.policy)
        });
        all.get(*at).map_or(&[], Vec::as_slice)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dissect;

    const PAGE: &[u8] = include_bytes!("../../../tests/corpus/paste/page.txt");

    #[test]
    fn each_message_alone_is_what_all_of_them_are() {
        let mut source = PAGE.to_vec();
        source.extend_from_slice(b"\r\n\r\n");
        source.extend_from_slice(PAGE);
        for policy in [Policy::Strict, Policy::Robust] {
            let examiner = Examiner::new(&source, policy);
            let all = dissect(&source, policy);
            assert!(all.len() > 2 && examiner.found().len() == all.len());
            // From the last one on: what was asked before changes nothing.
            for (index, (examined, tape)) in all.iter().enumerate().rev() {
                let (one, its_tape) = examiner.dissect(index).unwrap();
                assert_eq!(
                    (one.found, one.findings),
                    (examined.found.clone(), examined.findings.clone())
                );
                assert_eq!(its_tape.tokens(), tape.tokens());
            }
            assert!(examiner.dissect(all.len()).is_none());
        }
    }
}
