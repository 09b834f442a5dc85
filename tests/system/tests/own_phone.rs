//! `fingerpost phone` as the phone.

#![cfg(target_os = "linux")]

use anyhow::{Context, Result};
use fingerpost_system_tests::office::{Office, SERVER};
use serde_json::Value;
use std::time::Duration;

const LIMIT: Duration = Duration::from_secs(20);

#[test]
#[ignore = "needs root and network namespaces; cargo xtask test runs it"]
fn our_own_phone_gets_its_url() -> Result<()> {
    let office = Office::open()?;
    let serve = office.serve(&["--url", "tftp://%{server}"])?;
    let phone = office.run_at_desk(&["phone", "--vendor", "audiocodes", "--json"], LIMIT)?;
    let said = phone.expect_code(0)?.stdout;
    let done = event(&said, "done")?;
    assert_eq!(done["url"], format!("tftp://{SERVER}"), "{said}");
    assert_eq!(done["phone"]["vendor"], "audiocodes", "{said}");
    let summary = event(&said, "summary")?;
    assert_eq!((&summary["phones"], &summary["with_url"]), (&1.into(), &1.into()), "{said}");
    serve.stop()?;
    Ok(())
}

#[test]
#[ignore = "needs root and network namespaces; cargo xtask test runs it"]
fn our_own_phone_says_when_nobody_answers() -> Result<()> {
    let office = Office::open()?;
    let arguments = ["phone", "--vendor", "audiocodes", "--wait", "1s", "--json"];
    let said = office.run_at_desk(&arguments, LIMIT)?.expect_code(3)?.stdout;
    assert_eq!(event(&said, "done")?["url"], Value::Null, "{said}");
    Ok(())
}

fn event(lines: &str, name: &str) -> Result<Value> {
    let events = lines.lines().map(serde_json::from_str).collect::<Result<Vec<Value>, _>>()?;
    let found = events.into_iter().find(|event| event["event"] == name);
    found.with_context(|| format!("no {name:?} in\n{lines}"))
}
