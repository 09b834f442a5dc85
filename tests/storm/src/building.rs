//! Owns a building full of phones on one card, in namespaces: thousands at once after a power cut, and hundreds behind
//! a cable that loses, doubles and reorders.

use crate::simulated;
use crate::table::Row;
use anyhow::{Context, Result, bail};
use fingerpost_system_tests::office::Office;
use fingerpost_system_tests::serve::named;
use fingerpost_system_tests::wire::Wire;
use fingerpost_testkit::Link;
use serde_json::Value;
use std::time::Duration;

const LIMIT: Duration = Duration::from_secs(40);

/// Loss in 1,000 copies of each way, and what is wanted all the same.
const BAD: [(u16, &str); 2] = [(10, "all"), (200, "at least 98 %")];

/// All lines.
pub(crate) fn rows() -> Vec<Row> {
    let mut rows = Vec::new();
    for (what, arguments) in [("", &[][..]), (", recorded", &["--data", "data"][..])] {
        let what = format!("5,000 phones in 3 s{what}");
        let storm = storm(5_000, arguments, None);
        let row = storm.map(|words| vec![Row::new(&what, words, "all within 5 s, < 100 MB")]);
        rows.extend(Row::of(&what, row));
    }
    for (loss, wanted) in BAD {
        let row = storm(500, &[], Some(simulated::bad_link(loss)));
        let what = format!("500 phones, {} % loss, doubled and reordered", loss / 10);
        rows.extend(Row::of(&what, row.map(|words| vec![Row::new(&what, words, wanted)])));
    }
    rows
}

/// Phones ask over three seconds, each for five; what came of it, in words.
fn storm(phones: u32, arguments: &[&str], link: Option<Link>) -> Result<String> {
    let office = link.map_or_else(Office::open, Office::with_bad_cable)?;
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
    let cable = office.wire.as_ref().map_or_else(String::new, cable);
    Ok(format!(
        "{} of {} have their URL within 5 s (half within {:.0} ms, 99 % within {:.0} ms); peak {} MB; {} events; evicted and \
         said so: {exchanges} exchanges, {gone} phones{cable}",
        summary["with_url"],
        summary["phones"],
        summary["ms"]["median"].as_f64().unwrap_or(f64::NAN),
        summary["ms"]["p99"].as_f64().unwrap_or(f64::NAN),
        memory.div_ceil(1 << 20),
        events.len(),
    ))
}

fn cable(wire: &Wire) -> String {
    let (taken, lost, doubled) = (wire.taken(), wire.lost(), wire.doubled());
    format!("; of {taken} frames the cable lost {lost} and doubled {doubled}")
}

fn sum(events: &[Value], field: &str) -> u64 {
    named(events, "forgotten").iter().filter_map(|event| event[field].as_u64()).sum()
}
