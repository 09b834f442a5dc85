//! Owns what should have come next and did not: the place where an exchange is stuck.

use crate::pairing::Pairs;
use crate::reading::Reading;
use crate::row::{Row, RowKind};
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

pub(crate) fn find(readings: &[Reading], pairs: &Pairs, rows: &[Row]) -> Vec<Missing> {
    let end = rows.iter().filter_map(|row| row.time).max();
    let search = Search { readings, pairs, rows, notified: notified(readings), end };
    let mut missing: Vec<Missing> =
        (0..rows.len()).filter_map(|index| search.after(index)).collect();
    missing.sort_by_key(|missing| missing.after);
    missing
}

/// The first row at which things went wrong. A challenge that was met is no failure (RFC 3261 §22.1).
pub(crate) fn first_failure(
    rows: &[Row],
    readings: &[Reading],
    missing: &[Missing],
) -> Option<usize> {
    let met = met(readings);
    let refused = rows.iter().enumerate().position(|(index, row)| {
        row.kind == RowKind::Failure && !is_met(&readings[index], index, &met)
    });
    let stuck = missing.iter().map(|missing| missing.after).min();
    refused.into_iter().chain(stuck).min()
}

/// By Call-ID and method, the last request with credentials.
type Met<'a> = HashMap<(Option<&'a str>, &'a str), usize>;

fn met(readings: &[Reading]) -> Met<'_> {
    let with = readings.iter().enumerate().filter(|(_, r)| r.is_request() && r.has_credentials);
    with.map(|(index, r)| ((r.call_id.as_deref(), r.about()), index)).collect()
}

fn is_met(reading: &Reading, index: usize, met: &Met<'_>) -> bool {
    let is_challenge = matches!(reading.status, Some(401 | 407));
    let retried = met.get(&(reading.call_id.as_deref(), reading.about()));
    is_challenge && retried.is_some_and(|&retried| retried > index)
}

/// By Call-ID, the last NOTIFY.
fn notified(readings: &[Reading]) -> HashMap<Option<&str>, usize> {
    let notifies = readings.iter().enumerate().filter(|(_, reading)| is(reading, "NOTIFY"));
    notifies.map(|(index, reading)| (reading.call_id.as_deref(), index)).collect()
}

fn is(reading: &Reading, method: &str) -> bool {
    reading.method.as_deref() == Some(method)
}

struct Search<'a> {
    readings: &'a [Reading],
    pairs: &'a Pairs,
    rows: &'a [Row],
    notified: HashMap<Option<&'a str>, usize>,
    /// When the last message was heard.
    end: Option<u64>,
}

impl Search<'_> {
    /// What is missing of the transaction that the request at `index` began.
    fn after(&self, index: usize) -> Option<Missing> {
        let reading = &self.readings[index];
        let begins = reading.is_request() && self.pairs.repeats[index].is_none();
        if !begins || is(reading, "ACK") {
            return None;
        }
        let Some(answer) = self.pairs.finals[index] else { return Some(self.unanswered(index)) };
        let is_success = self.rows[answer].kind == RowKind::Success;
        if is(reading, "SUBSCRIBE") && is_success && !self.is_notified(index) {
            return Some(self.unnotified(index, answer));
        }
        let is_open = is(reading, "INVITE") && !self.pairs.is_acknowledged[answer];
        is_open.then(|| self.unacknowledged(index, answer, is_success))
    }

    fn is_notified(&self, index: usize) -> bool {
        let call = self.readings[index].call_id.as_deref();
        // A text without times, a manual's page say, may show its messages in any order.
        let is_ordered = self.end.is_some();
        self.notified.get(&call).is_some_and(|&notify| !is_ordered || notify > index)
    }

    fn unanswered(&self, index: usize) -> Missing {
        let reading = &self.readings[index];
        let (why, reference) = if reading.is_profile_request {
            (
                "Nobody answered the phone in this trace: no server hears the group here, or it was told to stay silent.",
                "RFC 6080 §6.7",
            )
        } else if is(reading, "NOTIFY") {
            (
                "The NOTIFY was not acknowledged: it did not arrive, the phone did not take it, or its answer went to the address in Via.",
                "RFC 6665 §4.1.3",
            )
        } else if is(reading, "INVITE") {
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
        let what = format!("a{} response to {}", self.is_final_only(index), reading.about());
        self.missing(index, self.pairs.last[index], what, why, reference)
    }

    fn is_final_only(&self, index: usize) -> &'static str {
        let heard = self.pairs.last[index];
        if self.rows[heard].kind == RowKind::Provisional { " final" } else { "" }
    }

    fn unnotified(&self, index: usize, answer: usize) -> Missing {
        let why = "The subscription was accepted, and then nothing was said: the NOTIFY that carries the answer never came.";
        let mut missing =
            self.missing(index, answer, "a NOTIFY".to_owned(), why, "RFC 6665 §4.2.1.2");
        // It comes from whom answered, which is not the group that was asked.
        missing.from = self.rows[answer].from;
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
        let row = &self.rows[request];
        let waited = self.end.zip(self.rows[after].time).map(|(end, last)| end - last);
        Missing { after, from: row.to, to: row.from, what, why, reference, waited }
    }
}
