//! Owns a trace with pseudonyms: what is replaced in all of it, and each message before and after. What is secret and
//! what stands for it, trace says; the key comes from outside.

use super::Trace;
use super::beside::{Beside, lines, pieces};
use fingerpost_core::Span;
use fingerpost_trace::redact::{Change, Key, Kind, Redacted, Redactor};
use serde::Serialize;
use std::collections::BTreeMap;
#[cfg(test)]
use ts_rs::TS;

/// So many pseudonyms are listed; a storm of phones has more than anybody reads.
const LISTED: usize = 400;

/// What is replaced in a whole trace.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(TS), ts(export_to = "types.ts"))]
pub struct Redaction {
    /// How many messages have something replaced.
    pub messages: usize,
    /// How many places.
    pub places: usize,
    /// How many of each kind.
    pub kinds: Vec<KindCount>,
    /// What stands for what, in the order of kinds and values.
    pub pseudonyms: Vec<Pseudonym>,
    /// How many pseudonyms are not listed.
    pub unlisted: usize,
}

/// Values of one kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(TS), ts(export_to = "types.ts"))]
pub struct KindCount {
    /// `number`, `user`, `name`, `address`, `host`, `mac`, `instance`, `credential`, `token`.
    pub kind: &'static str,
    /// How many different ones.
    pub values: usize,
    /// At how many places.
    pub places: usize,
}

/// What stands for a value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(TS), ts(export_to = "types.ts"))]
pub struct Pseudonym {
    /// What it is.
    pub kind: &'static str,
    /// The value.
    pub before: String,
    /// What stands for it.
    pub after: String,
    /// At how many places.
    pub places: usize,
}

impl Trace {
    /// Learns what is secret in all messages, and makes pseudonyms for it with `key`.
    pub fn redact(&mut self, key: [u8; 16]) -> Redaction {
        let mut redactor = Redactor::new(Key::new(key));
        for kept in self.messages.iter() {
            redactor.learn(&kept.bytes(&self.stock));
            redactor.learn_origin(&kept.origin(&self.stock));
        }
        let redaction = self.redaction(&redactor);
        self.redactor = Some(redactor);
        redaction
    }

    fn redaction(&self, redactor: &Redactor) -> Redaction {
        let mut found: BTreeMap<(Kind, Vec<u8>), (Vec<u8>, usize)> = BTreeMap::new();
        let (mut messages, mut places) = (0, 0);
        for kept in self.messages.iter() {
            let Redacted { changes, .. } = redactor.redact(&kept.bytes(&self.stock));
            messages += usize::from(!changes.is_empty());
            places += changes.len();
            for Change { kind, before, after, .. } in changes {
                found.entry((kind, before)).or_insert((after, 0)).1 += 1;
            }
        }
        let listed = found.iter().take(LISTED).map(|((kind, before), (after, places))| Pseudonym {
            kind: kind.name(),
            before: String::from_utf8_lossy(before).into_owned(),
            after: String::from_utf8_lossy(after).into_owned(),
            places: *places,
        });
        let pseudonyms: Vec<Pseudonym> = listed.collect();
        Redaction {
            messages,
            places,
            kinds: kinds(found.iter().map(|((kind, _), (_, places))| (*kind, *places))),
            unlisted: found.len() - pseudonyms.len(),
            pseudonyms,
        }
    }

    /// A message before and after, line by line; none where there is no such, or nothing was redacted yet.
    #[must_use]
    pub fn redacted(&self, index: usize) -> Option<Vec<Beside>> {
        let (kept, redactor) = (self.messages.get(index)?, self.redactor.as_ref()?);
        let bytes = kept.bytes(&self.stock);
        Some(beside(&bytes, &redactor.redact(&bytes)))
    }
}

/// The kinds come one behind the other.
fn kinds(values: impl Iterator<Item = (Kind, usize)>) -> Vec<KindCount> {
    let mut kinds: Vec<KindCount> = Vec::new();
    for (kind, places) in values {
        match kinds.last_mut().filter(|last| last.kind == kind.name()) {
            Some(last) => {
                last.values += 1;
                last.places += places;
            }
            None => kinds.push(KindCount { kind: kind.name(), values: 1, places }),
        }
    }
    kinds
}

/// No value holds a line end, so lines stay lines.
fn beside(before: &[u8], redacted: &Redacted) -> Vec<Beside> {
    let after = &redacted.bytes;
    let (left, right) = (lines(before), lines(after));
    let mut changes = redacted.changes.iter().peekable();
    let rows = left.iter().zip(&right).map(|(one, two)| {
        let mut grown = i64::default();
        let (mut old, mut new) = (Vec::new(), Vec::new());
        while let Some(change) = changes.next_if(|change| change.span.start < one.end) {
            let start = two.start + moved(change.span.start - one.start, grown);
            old.push(change.span);
            new.push(Span::new(start, start + change.after.len()));
            grown += signed(change.after.len()) - signed(change.before.len());
        }
        let is_same = one.slice(before) == two.slice(after);
        Beside {
            place: None,
            difference: if is_same { "same" } else { "changed" },
            is_moved: false,
            left: Some(pieces(before, *one, old.into_iter())),
            right: Some(pieces(after, *two, new.into_iter())),
        }
    });
    rows.collect()
}

fn signed(length: usize) -> i64 {
    i64::try_from(length).unwrap_or_default()
}

fn moved(at: usize, by: i64) -> usize {
    usize::try_from(signed(at) + by).unwrap_or_default()
}
