//! The system tests: phones and servers in network namespaces of their own.

use crate::packages::{self, Needed, Part};
use crate::process;
use crate::steps::{Bench, Report, tests};
use anyhow::Result;
use std::process::{Command, Stdio};

pub(crate) const PACKAGE: &str = "fingerpost-system-tests";

const NEEDED: [Needed; 3] = [
    Needed {
        part: Part::Program("ip"),
        package: "iproute2",
        reason: "makes the network namespaces and cards of the system tests",
    },
    Needed {
        part: Part::Program("sipp"),
        package: "sip-tester",
        reason: "plays a phone that is not of our making",
    },
    Needed {
        part: Part::Program("tshark"),
        package: "tshark",
        reason: "judges what was sent, as a dissector not of our making",
    },
];

/// Gives an ordinary user namespaces of their own, and a place to keep their names.
const OWN_NAMESPACES: [&str; 5] = [
    "unshare",
    "-Urnm",
    "sh",
    "-c",
    "mount -t tmpfs fingerpost /run && mkdir /run/netns && exec \"$@\"",
];

/// Runs the system tests; where they cannot run, the harness's own tests, and says why.
pub(crate) fn test(bench: &Bench) -> Result<Report> {
    match namespaces(bench)? {
        Ok(wrapper) => run(bench, wrapper),
        Err(why) => Ok(tests(&mut bench.cargo(&["test", "-p", PACKAGE]))?.and(Some(why))),
    }
}

/// Capture files, written and read, with tshark and editcap as judges: what those of the trace crate need beside Rust.
pub(crate) fn test_captures(bench: &Bench) -> Result<Report> {
    if let Some(why) = packages::provide(&NEEDED[2..], bench.yes)? {
        return Ok(Report::skipped(why));
    }
    let named = ["--test", "captures", "--test", "pcapng", "--", "--ignored"];
    let mut cargo = bench.cargo(&["test", "-p", "fingerpost-trace", "--no-fail-fast"]);
    tests(cargo.args(named))
}

/// The words to start tests with that make network namespaces, or why they cannot run here.
pub(crate) fn namespaces(bench: &Bench) -> Result<Result<&'static [&'static str], String>> {
    if !cfg!(target_os = "linux") {
        return Ok(Err("network namespaces are Linux's".to_owned()));
    }
    if let Some(why) = packages::provide(&NEEDED, bench.yes)? {
        return Ok(Err(why));
    }
    if packages::is_root()? {
        return Ok(Ok(&[]));
    }
    let trial = wrapped(&OWN_NAMESPACES, "ip").args(["netns", "add", "fptrial"]).status();
    Ok(if trial.is_ok_and(|status| status.success()) {
        Ok(&OWN_NAMESPACES)
    } else {
        Err("not root, and `unshare -Urnm` is not permitted here".to_owned())
    })
}

fn run(bench: &Bench, wrapper: &[&str]) -> Result<Report> {
    // Both before the tests start: inside a wrapper there is no network to fetch a crate from.
    process::succeed(&mut bench.cargo(&["build", "-p", "fingerpost"]))?;
    tests(&mut on_stage(bench, wrapper, PACKAGE)?)
}

/// The tests of a package that sets up hosts and cards, built and ready to run.
pub(crate) fn on_stage(bench: &Bench, wrapper: &[&str], package: &str) -> Result<Command> {
    process::succeed(&mut bench.cargo(&["test", "-p", package, "--no-run"]))?;
    let cargo = process::cargo();
    let mut command = wrapped(wrapper, &cargo.get_program().to_string_lossy());
    command
        .args(["test", "-p", package, "--no-fail-fast", "--"])
        .args(["--include-ignored", "--test-threads=2"])
        // An error of the stage says what went wrong; where its value was made helps nobody.
        .env("RUST_LIB_BACKTRACE", "0")
        .env("FINGERPOST_BIN", bench.target.join("debug/fingerpost"))
        .current_dir(&bench.root);
    Ok(command)
}

pub(crate) fn wrapped(wrapper: &[&str], program: &str) -> Command {
    // `sh -c SCRIPT NAME ARGUMENT…`: the first word after the script is its name.
    let words: Vec<&str> = match wrapper {
        [] => vec![program],
        _ => wrapper.iter().copied().chain(["fingerpost", program]).collect(),
    };
    let mut command = Command::new(words[0]);
    command.args(&words[1..]).stdin(Stdio::null()).env("PATH", process::search_path());
    command
}
