//! How `fingerpost serve` begins and ends.

#![cfg(target_os = "linux")]

use anyhow::Result;
use fingerpost_system_tests::office::{Office, SERVER};
use fingerpost_system_tests::phone::Phone;
use fingerpost_system_tests::program::run;
use fingerpost_system_tests::serve::{self, Serve, named};
use nix::sys::signal::Signal;
use std::time::Duration;

const URL: [&str; 2] = ["--url", "tftp://%{server}"];

#[test]
#[ignore = "needs root and network namespaces; cargo xtask test runs it"]
fn serve_ends_cleanly_on_sigterm() -> Result<()> {
    let office = Office::open()?;
    let events = office.serve(&URL)?.stop_by(Signal::SIGTERM)?;
    let listening = named(&events, "listening");
    let card = listening[0];
    assert_eq!(
        (&card["interface"], &card["address"], &card["group"], &card["port"]),
        (&"eth0".into(), &SERVER.into(), &"224.0.1.75".into(), &5060.into())
    );
    Ok(())
}

#[test]
#[ignore = "needs root and network namespaces; cargo xtask test runs it"]
fn serve_ends_cleanly_on_sigint() -> Result<()> {
    let office = Office::open()?;
    office.serve(&URL)?.stop_by(Signal::SIGINT)?;
    Ok(())
}

#[test]
#[ignore = "needs root and network namespaces; cargo xtask test runs it"]
fn serve_gives_its_port_back() -> Result<()> {
    let office = Office::open()?;
    for _ in 0..2 {
        Serve::start(&office.server, office.lab.folder(), 1, &URL)?.stop()?;
    }
    Ok(())
}

#[test]
#[ignore = "needs root and network namespaces; cargo xtask test runs it"]
fn a_held_port_is_named_and_not_fought() -> Result<()> {
    let office = Office::open()?;
    let holder = Phone::at(&office.server, "0.0.0.0:5060")?;
    let mut command = serve::command(&office.server, office.lab.folder())?;
    let said = run(command.arg("serve").args(URL), Duration::from_secs(10))?.expect_code(4)?.stderr;
    let program = std::fs::read_to_string("/proc/self/comm")?;
    let pid = std::process::id().to_string();
    for word in ["5060", program.trim(), &pid] {
        assert!(said.contains(word), "{word:?} is not in {said:?}");
    }
    holder.send(b"still mine", "127.0.0.1:5060".parse()?)?;
    assert!(holder.hear(Duration::from_secs(1))?.is_some(), "the holder has lost its port");
    Ok(())
}
