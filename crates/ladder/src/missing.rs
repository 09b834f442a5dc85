//! Owns what should have come next and did not: the place where an exchange is stuck.

use crate::pairing::Pairs;
use crate::reading::Reading;
use crate::words::{Word, Words};
use crate::{RowKind, Rows};
use std::collections::HashMap;

/// Something that should have come and did not, in this trace.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "camelCase"))]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export_to = "types.ts"))]
#[non_exhaustive]
pub struct Missing {
    /// The row after which it should have come.
    pub after: usize,
    /// The lane that should have sent it.
    pub from: usize,
    /// The lane that it should have come to.
    pub to: usize,
    /// What it is: `a response to NOTIFY`.
    pub what: String,
    /// What that means, and what to look at.
    pub why: &'static str,
    /// Where it is asked for: `RFC 3261 §17.1.2`.
    pub reference: &'static str,
    /// For how many microseconds the trace goes on after that row; `None` where it has no times.
    #[cfg_attr(feature = "ts", ts(type = "number | null"))]
    pub waited: Option<u64>,
}

pub(crate) fn find(rows: &Rows, pairs: &Pairs, known: Known) -> Vec<Missing> {
    let end = (0..rows.len()).filter_map(|index| rows.time(index)).max();
    let search = Search { rows, pairs, known, notified: notified(rows, known), end };
    let mut missing: Vec<Missing> =
        (0..rows.len()).filter_map(|index| search.after(index)).collect();
    missing.sort_by_key(|missing| missing.after);
    missing
}

/// The first row at which things went wrong. A challenge that was met is no failure (RFC 3261 §22.1).
pub(crate) fn first_failure(rows: &Rows, missing: &[Missing]) -> Option<usize> {
    let met = met(rows);
    let refused = (0..rows.len()).find(|index| {
        rows.kind(*index) == RowKind::Failure && !is_met(&rows.readings[*index], *index, &met)
    });
    let stuck = missing.iter().map(|missing| missing.after).min();
    refused.into_iter().chain(stuck).min()
}

/// The words for methods of which something is known.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Known {
    ack: Word,
    invite: Word,
    notify: Word,
    subscribe: Word,
}

impl Known {
    pub(crate) fn of(words: &mut Words) -> Self {
        Self {
            ack: words.of("ACK"),
            invite: words.of("INVITE"),
            notify: words.of("NOTIFY"),
            subscribe: words.of("SUBSCRIBE"),
        }
    }
}

/// By Call-ID and method, the last request with credentials.
type Met = HashMap<(u32, Word), usize>;

fn met(rows: &Rows) -> Met {
    let readings = rows.readings.iter().enumerate();
    let with = readings.filter(|(_, reading)| reading.is_request() && reading.has_credentials());
    with.map(|(index, reading)| ((reading.call, reading.about), index)).collect()
}

fn is_met(reading: &Reading, index: usize, met: &Met) -> bool {
    let is_challenge = matches!(reading.status(), Some(401 | 407));
    let retried = met.get(&(reading.call, reading.about));
    is_challenge && retried.is_some_and(|&retried| retried > index)
}

/// By Call-ID, the last NOTIFY.
fn notified(rows: &Rows, known: Known) -> HashMap<u32, usize> {
    let readings = rows.readings.iter().enumerate();
    let notifies = readings.filter(|(_, reading)| is(reading, known.notify));
    notifies.map(|(index, reading)| (reading.call, index)).collect()
}

fn is(reading: &Reading, method: Word) -> bool {
    reading.is_request() && reading.about == method
}

struct Search<'a> {
    rows: &'a Rows,
    pairs: &'a Pairs,
    known: Known,
    notified: HashMap<u32, usize>,
    /// When the last message was heard.
    end: Option<u64>,
}

impl Search<'_> {
    /// What is missing of the transaction that the request at `index` began.
    fn after(&self, index: usize) -> Option<Missing> {
        let reading = self.reading(index);
        let begins = reading.is_request() && !self.rows.repeats[index].is_some();
        if !begins || is(reading, self.known.ack) {
            return None;
        }
        let Some(answer) = self.pairs.finals[index].get() else {
            return Some(self.unanswered(index));
        };
        let is_success = self.rows.kind(answer) == RowKind::Success;
        if is(reading, self.known.subscribe) && is_success && !self.is_notified(index) {
            return Some(self.unnotified(index, answer));
        }
        let is_open = is(reading, self.known.invite) && !self.pairs.is_acknowledged[answer];
        is_open.then(|| self.unacknowledged(index, answer, is_success))
    }

    fn reading(&self, index: usize) -> &Reading {
        &self.rows.readings[index]
    }

    fn is_notified(&self, index: usize) -> bool {
        let call = self.reading(index).call;
        // A text without times, a manual's page say, may show its messages in any order.
        let is_ordered = self.end.is_some();
        self.notified.get(&call).is_some_and(|&notify| !is_ordered || notify > index)
    }

    fn unanswered(&self, index: usize) -> Missing {
        let reading = self.reading(index);
        let (why, reference) = if reading.is_profile_request() {
            (
                "Nobody answered the phone in this trace: no server hears the group here, or it was told to stay silent.",
                "RFC 6080 §6.7",
            )
        } else if is(reading, self.known.notify) {
            (
                "The NOTIFY was not acknowledged: it did not arrive, the phone did not take it, or its answer went to the address in Via.",
                "RFC 6665 §4.1.3",
            )
        } else if is(reading, self.known.invite) {
            (
                "The call was never answered: without a final response the caller gives up.",
                "RFC 3261 §17.1.1",
            )
        } else {
            (
                "The request was never answered: its sender repeats it for 32 s and gives up.",
                "RFC 3261 §17.1.2",
            )
        };
        let last = self.pairs.last[index].get().unwrap_or(index);
        let is_final_only = self.rows.kind(last) == RowKind::Provisional;
        let about = self.rows.words.get(reading.about);
        let what = format!("a{} response to {about}", if is_final_only { " final" } else { "" });
        self.missing(index, last, what, why, reference)
    }

    fn unnotified(&self, index: usize, answer: usize) -> Missing {
        let why = "The subscription was accepted, and then nothing was said: the NOTIFY that carries the answer never came.";
        let mut missing =
            self.missing(index, answer, "a NOTIFY".to_owned(), why, "RFC 6665 §4.2.1.2");
        // It comes from whom answered, which is not the group that was asked.
        missing.from = self.rows.from(answer);
        missing
    }

    fn unacknowledged(&self, index: usize, answer: usize, is_success: bool) -> Missing {
        let reference = if is_success { "RFC 3261 §13.2.2.4" } else { "RFC 3261 §17.1.1.3" };
        let why = "The answer to INVITE was not acknowledged: its sender repeats it for 32 s and then ends the call.";
        let mut missing = self.missing(index, answer, "an ACK".to_owned(), why, reference);
        (missing.from, missing.to) = (missing.to, missing.from);
        missing
    }

    fn missing(
        &self,
        request: usize,
        after: usize,
        what: String,
        why: &'static str,
        reference: &'static str,
    ) -> Missing {
        let waited = self.end.zip(self.rows.time(after)).map(|(end, last)| end - last);
        let (from, to) = (self.rows.to(request), self.rows.from(request));
        Missing { after, from, to, what, why, reference, waited }
    }
}
