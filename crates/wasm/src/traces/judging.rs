//! Owns what there is to say about the messages of a trace: of each alone, and in the light of its conversation.

use super::Trace;
use crate::Offsets;
use fingerpost_core::Message;
use fingerpost_core::check::{Context, Finding, Severity, check_conversation};
use fingerpost_ladder::Rows;
use fingerpost_trace::redact::Redactor;
use fingerpost_trace::{Found, rules};
use serde::Serialize;
use std::cell::RefCell;
use std::collections::HashMap;
#[cfg(test)]
use ts_rs::TS;

/// A finding on a message in the light of its conversation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(TS), ts(export_to = "types.ts"))]
pub struct TraceFinding {
    /// The rule's stable id.
    pub rule: &'static str,
    /// `error`, `warning` or `note`.
    pub severity: &'static str,
    /// What is wrong.
    pub message: String,
    /// `RFC 6665 §4.1.3`.
    pub reference: Option<String>,
    /// Where, in UTF-16 of the message's text.
    pub from: usize,
    /// Where that ends.
    pub to: usize,
}

/// What was judged so far: by conversation, because messages are judged together.
#[derive(Debug, Default)]
pub(super) struct Judged {
    calls: Calls,
    /// How bad each message is; [`UNKNOWN`] where nobody asked.
    weights: Vec<u8>,
    /// The conversation that was asked about last, and what its messages say together: the next question is mostly
    /// about another message of it.
    latest: RefCell<Option<(usize, Vec<Vec<Finding>>)>>,
}

impl Judged {
    /// Nothing was judged yet.
    pub(super) fn nothing(rows: &Rows, calls: usize) -> Self {
        let calls = Calls::of(rows, calls);
        Self { calls, weights: vec![UNKNOWN; rows.len()], latest: RefCell::default() }
    }
}

const UNKNOWN: u8 = u8::MAX;

/// The messages of each conversation, all in one list: a list each would take more memory than its messages' places.
#[derive(Debug, Default)]
struct Calls {
    places: Vec<usize>,
    /// Where in it the messages of each conversation end.
    ends: Vec<usize>,
}

impl Calls {
    fn of(rows: &Rows, count: usize) -> Self {
        let calls = || (0..rows.len()).filter_map(|index| Some((index, rows.call(index)?)));
        let mut ends = vec![0; count];
        for (_, call) in calls() {
            ends[call] += 1;
        }
        let mut before = 0;
        for end in &mut ends {
            // Where they begin; each that is put there moves it on.
            before += std::mem::replace(end, before);
        }
        let mut places = vec![0; rows.len()];
        for (index, call) in calls() {
            places[ends[call]] = index;
            ends[call] += 1;
        }
        Self { places, ends }
    }

    fn get(&self, call: usize) -> &[usize] {
        let begin = call.checked_sub(1).and_then(|before| self.ends.get(before)).copied();
        let range = self.ends.get(call).map(|end| begin.unwrap_or(0)..*end);
        range.and_then(|range| self.places.get(range)).unwrap_or_default()
    }
}

impl Trace {
    /// Messages are judged by `policy` from here on, those that were judged already, too.
    pub fn judge(&mut self, policy: crate::Policy) {
        self.policy = policy.into();
        self.judged.weights.fill(UNKNOWN);
        self.judged.latest.take();
    }

    /// How bad each message from `from` to `to` is: 0 nothing, 1 note, 2 warning, 3 error.
    pub fn severities(&mut self, from: usize, to: usize) -> Vec<u8> {
        let to = to.min(self.messages.len());
        for index in from..to {
            if self.judged.weights.get(index) == Some(&UNKNOWN) {
                self.judge_call(index);
            }
        }
        self.judged.weights.get(from..to).unwrap_or_default().to_vec()
    }

    /// Judges all messages of a message's conversation.
    fn judge_call(&mut self, index: usize) {
        let places = self.call_of(index).to_vec();
        let together = self.together(&places, None);
        for (place, together) in places.iter().zip(together) {
            let Some(kept) = self.messages.get(*place) else { continue };
            let alone = kept.found(&self.stock).findings(self.policy);
            let weight = alone.iter().filter(|finding| is_judgement(finding)).chain(&together);
            self.judged.weights[*place] = weight.map(weigh).max().unwrap_or_default();
        }
    }

    fn call_of(&self, index: usize) -> &[usize] {
        self.ladder.rows.call(index).map_or(&[], |call| self.judged.calls.get(call))
    }

    /// What the messages at `places` say together, one list each; with pseudonyms where there is a `redactor`.
    fn together(&self, places: &[usize], redactor: Option<&Redactor>) -> Vec<Vec<Finding>> {
        let mut together = vec![Vec::new(); places.len()];
        let found: Vec<(usize, Found)> = places
            .iter()
            .enumerate()
            .filter_map(|(at, place)| Some((at, self.shown(*place, redactor)?)))
            .collect();
        let readable: Vec<(usize, Message<'_>)> =
            found.iter().filter_map(|(at, found)| Some((*at, found.message()?))).collect();
        let (places, messages): (Vec<usize>, Vec<Message<'_>>) = readable.into_iter().unzip();
        let context = Context::default().with_policy(self.policy);
        for (at, findings) in places.into_iter().zip(check_conversation(&messages, &context)) {
            together[at] = findings;
        }
        together
    }

    /// What the others of its conversation add to the findings on a message.
    pub(super) fn beside_others(&self, index: usize) -> Vec<Finding> {
        let places = self.call_of(index);
        let Ok(at) = places.binary_search(&index) else { return Vec::new() };
        let call = self.ladder.rows.call(index).unwrap_or_default();
        let mut latest = self.judged.latest.borrow_mut();
        let known = match latest.take() {
            Some((known, together)) if known == call => (call, together),
            _ => (call, self.together(places, None)),
        };
        latest.insert(known).1.get(at).cloned().unwrap_or_default()
    }

    /// The same for many messages, each conversation looked at once.
    pub(super) fn beside_others_of(
        &self,
        picked: &[usize],
        redactor: Option<&Redactor>,
    ) -> Vec<Vec<Finding>> {
        let mut known: HashMap<usize, Vec<Finding>> = HashMap::new();
        let judged = picked.iter().map(|index| {
            if !known.contains_key(index) {
                let places = self.call_of(*index);
                known.extend(places.iter().copied().zip(self.together(places, redactor)));
            }
            known.get(index).cloned().unwrap_or_default()
        });
        judged.collect()
    }

    pub(super) fn view_of(findings: &[Finding], text: &str) -> Vec<TraceFinding> {
        let offsets = Offsets::new(text);
        let view = |finding: &Finding| TraceFinding {
            rule: finding.rule.id,
            severity: finding.severity.name(),
            message: finding.message.clone(),
            reference: finding.rule.reference.map(|reference| reference.to_string()),
            from: offsets.to_utf16(finding.span.start),
            to: offsets.end_to_utf16(finding.span.end),
        };
        findings.iter().map(view).collect()
    }
}

/// How a message was put together again is no judgement on it.
fn is_judgement(finding: &Finding) -> bool {
    let repairs = [&rules::LINE_ENDS, &rules::JOINED_LINE, &rules::NO_EMPTY_LINE, &rules::MARGIN];
    repairs.iter().all(|rule| rule.id != finding.rule.id)
}

fn weigh(finding: &Finding) -> u8 {
    match finding.severity {
        Severity::Error => 3,
        Severity::Warning => 2,
        Severity::Note => 1,
    }
}
