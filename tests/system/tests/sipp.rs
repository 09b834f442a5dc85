//! SIPp as the phone: a subscriber that is not of our making.

#![cfg(target_os = "linux")]

use anyhow::Result;
use fingerpost_system_tests::fixture::repository;
use fingerpost_system_tests::lab::Host;
use fingerpost_system_tests::office::{Office, PHONE, SERVER};
use fingerpost_system_tests::program::{Program, run};
use fingerpost_system_tests::serve::SOON;
use std::process::Command;
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

/// The scenarios `composed-*.xml` are what the composer page writes; a test of `fingerpost-wasm` sees to that.
#[test]
#[ignore = "needs root and network namespaces; cargo xtask test runs it"]
fn a_composed_scenario_makes_sipp_a_phone_that_serve_notifies() -> Result<()> {
    let office = Office::open()?;
    office.desk.add_route("224.0.0.0/4", "eth0")?;
    let mut serve = office.serve(&["--url", "tftp://%{server}"])?;
    let mut sipp = sipp(&office, &office.desk, "composed-phone.xml", PHONE);
    run(sipp.arg("224.0.1.75:5060"), Duration::from_secs(20))?.expect_code(0)?;
    let is_sipp = |event: &serde_json::Value| event["phone"]["mac"] == "001565102030";
    serve.wait_for("notified", is_sipp, SOON)?;
    serve.stop()?;
    Ok(())
}

#[test]
#[ignore = "needs root and network namespaces; cargo xtask test runs it"]
fn composed_scenarios_of_both_sides_go_through_in_both_dialects() -> Result<()> {
    for server in ["composed-server.xml", "composed-server-manual.xml"] {
        let office = Office::open()?;
        let mut serving = Program::start(&mut sipp(&office, &office.server, server, SERVER))?;
        let mut phone = sipp(&office, &office.desk, "composed-phone.xml", PHONE);
        run(phone.arg(format!("{SERVER}:5060")), Duration::from_secs(20))?.expect_code(0)?;
        assert_eq!(serving.wait(Duration::from_secs(20))?.code(), Some(0), "{server}");
    }
    Ok(())
}

/// `SIPp` with one call of a scenario, on that host.
fn sipp(office: &Office, host: &Host, scenario: &str, address: &str) -> Command {
    let mut sipp = host.command("sipp");
    sipp.arg("-sf").arg(repository().join("tests/system/scenarios").join(scenario));
    sipp.args(["-i", address, "-p", "5060", "-t", "u1", "-m", "1", "-nostdin"]);
    sipp.args(["-timeout", "15", "-timeout_error"]);
    sipp.env("TERM", "dumb").current_dir(office.lab.folder());
    sipp
}
