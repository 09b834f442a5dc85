//! SIPp as the phone: a subscriber that is not of our making.

#![cfg(target_os = "linux")]

use anyhow::Result;
use fingerpost_system_tests::fixture::repository;
use fingerpost_system_tests::office::{Office, PHONE};
use fingerpost_system_tests::program::run;
use fingerpost_system_tests::serve::SOON;
use std::time::Duration;

#[test]
#[ignore = "needs root and network namespaces; cargo xtask test runs it"]
fn sipp_as_a_phone_gets_its_notify() -> Result<()> {
    let office = Office::open()?;
    office.desk.add_route("224.0.0.0/4", "eth0")?;
    let mut serve = office.serve(&["--url", "tftp://%{server}"])?;
    let scenario = repository().join("tests/system/scenarios/phone.xml");
    let mut sipp = office.desk.command("sipp");
    sipp.arg("-sf").arg(scenario).args(["-i", PHONE, "-p", "5060", "-t", "u1", "-m", "1"]);
    sipp.args(["-nostdin", "-timeout", "10", "-timeout_error", "224.0.1.75:5060"]);
    sipp.env("TERM", "dumb").current_dir(office.lab.folder());
    run(&mut sipp, Duration::from_secs(20))?.expect_code(0)?;
    let is_sipp = |event: &serde_json::Value| event["phone"]["mac"] == "02005e102030";
    serve.wait_for("notified", is_sipp, SOON)?;
    serve.stop()?;
    Ok(())
}
