//! Phones behind a cable that loses, doubles and reorders.

#![cfg(target_os = "linux")]

use anyhow::{Context, Result};
use fingerpost_system_tests::office::Office;
use fingerpost_testkit::Link;
use serde_json::Value;
use std::time::Duration;

const LIMIT: Duration = Duration::from_secs(30);

#[test]
#[ignore = "needs root and network namespaces; cargo xtask test runs it"]
fn phones_that_ask_again_are_served_over_a_cable_that_loses_doubles_and_reorders() -> Result<()> {
    let link = Link::default()
        .with_loss(50)
        .with_duplicates(100)
        .with_jitter(Duration::from_millis(20))
        .with_reordering(100, Duration::from_millis(80));
    let office = Office::with_bad_cable(link)?;
    let serve = office.serve(&["--url", "tftp://%{server}/%{mac}.cfg"])?;
    let arguments = ["phone", "--count", "100", "--over", "1s", "--wait", "5s", "--json"];
    let said = office.run_at_desk(&arguments, LIMIT)?.expect_code(0)?.stdout;
    let summary: Value = serde_json::from_str(said.lines().last().context("no summary")?)?;
    assert_eq!((&summary["phones"], &summary["with_url"]), (&100.into(), &100.into()), "{summary}");
    let wire = office.wire.as_ref().context("no cable")?;
    assert!(wire.lost() > 0 && wire.doubled() > 0, "{wire:?}");
    // Each phone asks a few times, each question has two answers: no frame goes in circles.
    assert!(wire.taken() < 100 * 40, "{wire:?}");
    serve.stop()?;
    Ok(())
}
