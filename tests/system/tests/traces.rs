//! What `fingerpost convert` and `fingerpost redact` write as captures, as tshark reads it.

#![cfg(target_os = "linux")]

use anyhow::Result;
use fingerpost_system_tests::binary::fingerpost;
use fingerpost_system_tests::fixture::repository;
use fingerpost_system_tests::program::succeed;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

const LIMIT: Duration = Duration::from_secs(30);

/// Writes the messages of a log as a capture file.
fn capture(command: &str, log: &str) -> Result<PathBuf> {
    let log = repository().join("tests/golden/logs").join(log);
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{command}.pcapng"));
    let mut program = Command::new(fingerpost()?);
    program.arg(command).arg(log).args(["--to", "pcapng", "-o"]).arg(&file);
    succeed(&mut program, LIMIT)?;
    Ok(file)
}

fn tshark(file: &Path, arguments: &[&str]) -> Result<String> {
    let mut command = Command::new("tshark");
    command.arg("-n").arg("-r").arg(file).args(arguments).env("HOME", "/nonexistent");
    Ok(succeed(&mut command, LIMIT)?.stdout)
}

const FIELDS: [&str; 15] = [
    "-o",
    "udp.check_checksum:TRUE",
    "-Y",
    "sip && udp.checksum.status == 1",
    "-T",
    "fields",
    "-E",
    "separator=|",
    "-e",
    "ip.src",
    "-e",
    "ip.dst",
    "-e",
    "sip.CSeq.method",
    "-e",
];

#[test]
#[ignore = "needs tshark; cargo xtask test runs it"]
fn a_log_that_was_converted_is_a_capture_that_tshark_reads() -> Result<()> {
    let file = capture("convert", "json.txt")?;
    let fields = [&FIELDS[..], &["sip.Status-Code"]].concat();
    let expected = ["192.0.2.7|192.0.2.1|INVITE|", "192.0.2.1|192.0.2.7|INVITE|486"];
    assert_eq!(tshark(&file, &fields)?.lines().collect::<Vec<_>>(), expected);
    assert_eq!(tshark(&file, &["-Y", "_ws.malformed"])?, "");
    Ok(())
}

#[test]
#[ignore = "needs tshark; cargo xtask test runs it"]
fn a_redacted_capture_still_shows_one_call_to_tshark() -> Result<()> {
    let file = capture("redact", "json.txt")?;
    let fields = [&FIELDS[..], &["sip.Call-ID"]].concat();
    let told = tshark(&file, &fields)?;
    let rows: Vec<Vec<&str>> = told.lines().map(|line| line.split('|').collect()).collect();
    assert_eq!(rows.len(), 2, "{told}");
    assert_eq!((rows[0][0], rows[0][3]), (rows[1][1], rows[1][3]), "{told}");
    assert!(!told.contains("192.0.2."), "{told}");
    assert_eq!(tshark(&file, &["-Y", "_ws.malformed"])?, "");
    Ok(())
}
