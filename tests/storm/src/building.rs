//! Owns a building full of phones on one card, in namespaces: thousands at once after a power cut, and hundreds on a
//! network that loses, doubles and reorders.

use crate::simulated;
use crate::table::Row;
use anyhow::{Context, Result, bail};
use fingerpost_system_tests::office::Office;
use fingerpost_system_tests::serve::named;
use serde_json::Value;
use std::time::Duration;

const LIMIT: Duration = Duration::from_secs(40);

/// A network worse than a cable: what `tc` is told, on both machines.
const BAD: [(&str, &str, &str); 2] = [
    ("1 % loss, duplicates, reordering", "1%", "all"),
    ("20 % loss, duplicates, reordering", "20%", "at least 98 %"),
];

/// All lines; a reason where the kernel's means to spoil a network cannot be had.
pub(crate) fn rows(no_netem: Option<String>) -> Vec<Row> {
    let mut rows = Vec::new();
    for (what, arguments) in [("", &[][..]), (", recorded", &["--data", "data"][..])] {
        let what = format!("5,000 phones in 3 s{what}");
        let storm = storm(5_000, arguments, None);
        let row = storm.map(|words| vec![Row::new(&what, words, "all within 5 s, < 100 MB")]);
        rows.extend(Row::of(&what, row));
    }
    match no_netem.or_else(why_not) {
        Some(why) => rows.extend(simulated::rows(&why)),
        None => rows.extend(BAD.iter().flat_map(|(what, loss, wanted)| {
            let row = storm(500, &[], Some(loss));
            let what = format!("500 phones, {what}");
            Row::of(&what, row.map(|words| vec![Row::new(&what, words, wanted)]))
        })),
    }
    rows
}

/// Why this kernel cannot spoil a network, if it cannot.
fn why_not() -> Option<String> {
    let office = Office::open();
    let spoilt = office.and_then(|office| spoil(&office, "1%"));
    spoilt.err().map(|_| "`tc qdisc add ... netem` is refused: this kernel has no sch_netem".into())
}

fn spoil(office: &Office, loss: &str) -> Result<()> {
    for host in [&office.server, &office.desk] {
        let delay = ["delay", "10ms", "5ms", "reorder", "95%", "25%"];
        host.spoil("eth0", &[&["loss", loss, "duplicate", "5%"], &delay[..]].concat())?;
    }
    Ok(())
}

/// Phones ask over three seconds, each for five; what came of it, in words.
fn storm(phones: u32, arguments: &[&str], loss: Option<&str>) -> Result<String> {
    let office = Office::open()?;
    if let Some(loss) = loss {
        spoil(&office, loss)?;
    }
    let serve = office.serve(&[&["--url", "tftp://%{server}/%{mac}.cfg"], arguments].concat())?;
    let count = phones.to_string();
    let asked = ["phone", "--count", &count, "--over", "3s", "--wait", "5s", "--json"];
    let finished = office.run_at_desk(&asked, LIMIT)?;
    let Some(last) = finished.stdout.lines().last() else {
        bail!("the phones said nothing but {:?}", finished.stderr);
    };
    let summary: Value = serde_json::from_str(last).context("the phones' summary is no JSON")?;
    let memory = serve.peak_memory()?;
    let events = serve.stop()?;
    let [exchanges, gone] = ["exchanges", "phones"].map(|field| sum(&events, field));
    Ok(format!(
        "{} of {} have their URL within 5 s (half within {:.0} ms, 99 % within {:.0} ms); peak {} MB; {} events; evicted and \
         said so: {exchanges} exchanges, {gone} phones",
        summary["with_url"],
        summary["phones"],
        summary["ms"]["median"].as_f64().unwrap_or(f64::NAN),
        summary["ms"]["p99"].as_f64().unwrap_or(f64::NAN),
        memory.div_ceil(1 << 20),
        events.len(),
    ))
}

fn sum(events: &[Value], field: &str) -> u64 {
    named(events, "forgotten").iter().filter_map(|event| event[field].as_u64()).sum()
}
