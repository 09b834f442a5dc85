//! Owns the shape of what a page is told about a trace. The TypeScript types are made from these.

use super::TraceFinding;
use fingerpost_ladder::{Lane, Missing};
use serde::Serialize;
#[cfg(test)]
use ts_rs::TS;

/// What a trace holds, without its messages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(TS), ts(export_to = "types.ts"))]
pub struct TraceHead {
    /// How many messages there are; one row each.
    pub count: usize,
    /// The sources in the order in which they were read.
    pub sources: Vec<TraceSource>,
    /// Who took part.
    pub lanes: Vec<Lane>,
    /// What should have come and did not.
    pub missing: Vec<Missing>,
    /// How many conversations there are.
    pub calls: usize,
    /// The row at which things first went wrong.
    pub first_failure: Option<usize>,
}

/// A file, or a pasted text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(TS), ts(export_to = "types.ts"))]
pub struct TraceSource {
    /// What it is called.
    pub name: String,
    /// What it is, in words: `capture file, 1200 packets`.
    pub kind: String,
    /// How many messages it holds.
    pub count: usize,
    /// What was left out or repaired, and why.
    pub notes: Vec<TraceNote>,
}

/// A remark on a source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(TS), ts(export_to = "types.ts"))]
pub struct TraceNote {
    /// What happened, and what to do.
    pub message: String,
    /// How often.
    pub count: usize,
    /// Where first, in bytes of the source.
    pub place: usize,
    /// Whether something is missing from the messages.
    pub is_loss: bool,
}

/// One message of a trace.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(TS), ts(export_to = "types.ts"))]
pub struct TraceMessage {
    /// With CRLF line ends; bytes that are not UTF-8 become U+FFFD.
    pub text: String,
    /// The name of its source.
    pub source: String,
    /// From which byte of the source to which it stood.
    pub place: [usize; 2],
    /// As the source tells it, in ISO 8601: without `Z` where the zone is not told.
    pub time: Option<String>,
    /// `192.0.2.7:5060`.
    pub from: Option<String>,
    /// `224.0.1.75:5060`.
    pub to: Option<String>,
    /// `udp`, `tcp`, `tls`, `ws`.
    pub transport: Option<String>,
    /// The card, where the source names one.
    pub interface: Option<String>,
    /// Its packet in a capture file, as Wireshark counts.
    pub frame: Option<u32>,
    /// What the others of its conversation add to the findings on it.
    pub together: Vec<TraceFinding>,
}

/// A search that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(TS), ts(export_to = "types.ts"))]
pub struct SearchError {
    /// What is wrong, and what would do.
    pub message: String,
    /// Where, in UTF-16 of what was typed.
    pub from: usize,
    /// Where that ends.
    pub to: usize,
}
