//! Owns what belongs together beside conversations: dialogs (RFC 3261 §12) and transactions (§17).

use crate::pairing::Pairs;
use crate::reading::Reading;
use crate::small::Small;

#[derive(Debug, Default)]
pub(crate) struct Groups {
    pub dialog: Vec<Small>,
    pub transaction: Vec<Small>,
}

pub(crate) fn group(readings: &[Reading], pairs: &Pairs) -> Groups {
    Groups { dialog: dialogs(readings, pairs), transaction: transactions(readings.len(), pairs) }
}

/// Numbered in the order in which each begins.
fn transactions(count: usize, pairs: &Pairs) -> Vec<Small> {
    let mut numbers = vec![Small::NONE; count];
    let mut next = 0;
    let number = |index| {
        let root = root(index, pairs);
        if !numbers[root].is_some() {
            numbers[root] = Small::of(next);
            next += 1;
        }
        numbers[root]
    };
    (0..count).map(number).collect()
}

/// The request that began the transaction of a message.
fn root(index: usize, pairs: &Pairs) -> usize {
    let asked = pairs.answers[index]
        .get()
        .map_or(index, |answered| pairs.answers[answered].get().unwrap_or(answered));
    pairs.repeats[asked].get().unwrap_or(asked)
}

/// A dialog is named by Call-ID and both tags (§12); the request that makes it learns its name from the response.
fn dialogs(readings: &[Reading], pairs: &Pairs) -> Vec<Small> {
    let mut dialogs: Vec<Small> = readings.iter().map(|reading| reading.dialog).collect();
    for index in 0..readings.len() {
        if dialogs[index].is_some() {
            continue;
        }
        if let Some(answered) = pairs.finals[root(index, pairs)].get() {
            dialogs[index] = dialogs[answered];
        }
    }
    dialogs
}
