//! Owns what belongs together: conversations (one a Call-ID), dialogs (RFC 3261 §12) and transactions (§17).

use crate::pairing::Pairs;
use crate::reading::Reading;
use std::collections::HashMap;
use std::hash::Hash;

#[derive(Debug, Default)]
pub(crate) struct Groups {
    pub call: Vec<usize>,
    pub dialog: Vec<Option<usize>>,
    pub transaction: Vec<usize>,
    pub calls: usize,
}

pub(crate) fn group(readings: &[Reading], pairs: &Pairs) -> Groups {
    let mut calls = Numbers::default();
    let mut transactions = Numbers::default();
    let call = readings.iter().map(|reading| calls.of(&reading.call_id)).collect();
    let transaction =
        (0..readings.len()).map(|index| transactions.of(root(index, pairs))).collect();
    Groups { call, dialog: dialogs(readings, pairs), transaction, calls: calls.0.len() }
}

/// The request that began the transaction of a message.
fn root(index: usize, pairs: &Pairs) -> usize {
    let asked =
        pairs.answers[index].map_or(index, |answered| pairs.answers[answered].unwrap_or(answered));
    pairs.repeats[asked].unwrap_or(asked)
}

/// A dialog is named by Call-ID and both tags (§12); the request that makes it learns its name from the response.
fn dialogs(readings: &[Reading], pairs: &Pairs) -> Vec<Option<usize>> {
    let mut numbers = Numbers::default();
    let mut dialogs: Vec<Option<usize>> = readings
        .iter()
        .map(|reading| has_name(reading).then(|| numbers.of((&reading.call_id, &reading.tags))))
        .collect();
    for index in 0..readings.len() {
        let answered = pairs.finals[root(index, pairs)];
        dialogs[index] = dialogs[index].or_else(|| answered.and_then(|answer| dialogs[answer]));
    }
    dialogs
}

fn has_name(reading: &Reading) -> bool {
    reading.call_id.is_some() && reading.tags.iter().all(|tag| !tag.is_empty())
}

/// Numbers for names, in the order in which they first come.
struct Numbers<T>(HashMap<T, usize>);

impl<T> Default for Numbers<T> {
    fn default() -> Self {
        Self(HashMap::new())
    }
}

impl<T: Hash + Eq> Numbers<T> {
    fn of(&mut self, name: T) -> usize {
        let next = self.0.len();
        *self.0.entry(name).or_insert(next)
    }
}
