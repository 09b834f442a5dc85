//! Owns a hundred phones beside a million datagrams of garbage and forgeries.

use crate::table::Row;
use anyhow::Result;
use fingerpost_system_tests::flood::{self, FLOOD, PHONES};
use fingerpost_system_tests::office::Office;
use fingerpost_system_tests::serve::named;
use serde_json::Value;
use std::collections::BTreeMap;

/// One line.
pub(crate) fn rows() -> Vec<Row> {
    let what = "garbage beside phones";
    Row::of(what, endure().map(|words| vec![Row::new(what, words, "all phones served")]))
}

fn endure() -> Result<String> {
    let mut office = Office::open()?;
    let serve = office.serve(&["--url", "tftp://%{server}"])?;
    let outcome = flood::pour(&mut office)?;
    let memory = serve.peak_memory()?;
    let events = serve.stop()?;
    let seconds = outcome.took.as_secs_f64();
    let (ignored, counted) = reasons(&events);
    Ok(format!(
        "{} of {PHONES} phones served beside {FLOOD} datagrams in {seconds:.0} s; {} refusals heard by who flooded; {ignored}, \
         {} dropped unread; {} lines about it; peak {} MB",
        PHONES - outcome.unserved.len(),
        outcome.heard,
        (FLOOD as u64).saturating_sub(counted),
        named(&events, "ignored").len() + named(&events, "rejected").len(),
        memory.div_ceil(1 << 20),
    ))
}

/// What was ignored and how often, in words, and how much together.
fn reasons(events: &[Value]) -> (String, u64) {
    let mut counts: BTreeMap<&str, u64> = BTreeMap::new();
    for event in named(events, "ignored") {
        let reason = event["reason"].as_str().unwrap_or("no reason");
        *counts.entry(reason).or_default() += event["count"].as_u64().unwrap_or_default();
    }
    let words: Vec<String> =
        counts.iter().map(|(reason, count)| format!("{count} ignored: {reason}")).collect();
    (words.join(", "), counts.values().sum())
}
