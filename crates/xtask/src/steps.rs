//! The steps of the test run.

use crate::metadata::Metadata;
use crate::runner::Runner;
use crate::tally::Tally;
use crate::target::{self, BARE_METAL};
use crate::{
    arrows, bench, desktop, package, page_steps, process, system, wasm, wasm_package, window_steps,
};
use anyhow::Result;
use std::io::Write;
use std::path::PathBuf;
use std::process::Command;

/// Where the steps work, and whether they may install without asking.
#[derive(Debug)]
pub(crate) struct Bench {
    pub(crate) root: PathBuf,
    pub(crate) target: PathBuf,
    pub(crate) yes: bool,
}

impl Bench {
    pub(crate) fn cargo(&self, arguments: &[&str]) -> Command {
        let mut cargo = process::cargo();
        cargo.args(arguments).current_dir(&self.root);
        cargo
    }
}

/// What came of a step: its counts, what failed, and what it left out and why.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Report {
    pub(crate) tally: Tally,
    /// The runner's own lines.
    pub(crate) failed: Vec<String>,
    pub(crate) skipped: Vec<String>,
}

impl Report {
    pub(crate) fn skipped(why: String) -> Self {
        Self { tally: Tally::SKIPPED, failed: Vec::new(), skipped: vec![why] }
    }

    /// The same, with something more that was left out.
    pub(crate) fn and(mut self, skipped: Option<String>) -> Self {
        self.skipped.extend(skipped);
        self
    }

    pub(crate) fn outcome(&self) -> &'static str {
        match self.tally {
            Tally { failed: 1.., .. } => "FAILED",
            Tally { passed: 0, .. } => "skip",
            _ => "ok",
        }
    }
}

impl From<Tally> for Report {
    fn from(tally: Tally) -> Self {
        Self { tally, failed: Vec::new(), skipped: Vec::new() }
    }
}

/// A named part of the test run.
#[derive(Debug)]
pub(crate) struct Step {
    pub(crate) name: &'static str,
    pub(crate) run: fn(&Bench) -> Result<Report>,
}

pub(crate) const ALL: &[Step] = &[
    Step { name: "format", run: format },
    Step { name: "clippy", run: clippy },
    Step { name: "arrows between the crates", run: keep_arrows },
    Step { name: "unit, property and conformance tests", run: test },
    Step { name: "core without std", run: without_std },
    Step { name: "core for the browser", run: for_browser },
    Step { name: "core for bare metal", run: for_bare_metal },
    Step { name: "core beside other parsers", run: bench::step },
    Step { name: "wasm package", run: wasm_package::build_step },
    Step { name: "wasm package in Node", run: wasm_package::test_step },
    Step { name: "page: types and unit tests", run: page_steps::check },
    Step { name: "page: build and weight", run: page_steps::build },
    Step { name: "page in Chromium", run: page_steps::browse },
    Step { name: "served pages in Chromium", run: page_steps::browse_served },
    Step { name: "captures beside Wireshark", run: system::test_captures },
    Step { name: "system tests", run: system::test },
    Step { name: "desktop app", run: window_steps::build },
    Step { name: "Debian package", run: package::step },
    Step { name: "windows and pages over a LAN", run: window_steps::test },
    Step { name: "documentation", run: document },
];

fn format(bench: &Bench) -> Result<Report> {
    one(&mut bench.cargo(&["fmt", "--all", "--check"]))
}

fn clippy(bench: &Bench) -> Result<Report> {
    let scope = ["clippy", "--workspace", "--all-targets", "--all-features"];
    let (skips, skipped) = without_window(bench)?;
    let mut lints = bench.cargo(&scope);
    one(lints.args(skips).args(["--", "-D", "warnings"])).map(|report| report.and(skipped))
}

/// What leaves the desktop app out where its libraries cannot be had, and why.
fn without_window(bench: &Bench) -> Result<(Vec<&'static str>, Option<String>)> {
    let why = desktop::provide(bench)?;
    let skips = if why.is_some() { vec!["--exclude", desktop::PACKAGE] } else { Vec::new() };
    Ok((skips, why.map(|why| format!("the desktop app: {why}"))))
}

fn keep_arrows(_: &Bench) -> Result<Report> {
    let problems = arrows::problems(&Metadata::read()?.0);
    for problem in &problems {
        println!("{problem}");
    }
    Ok(if problems.is_empty() { Tally::PASSED } else { Tally::FAILED }.into())
}

fn test(bench: &Bench) -> Result<Report> {
    let mut scope = vec!["test", "--workspace", "--no-fail-fast"];
    scope.extend(["--exclude", system::PACKAGE, "--exclude", window_steps::PACKAGE]);
    let (skips, skipped) = without_window(bench)?;
    let report = tests(bench.cargo(&scope).args(skips))?.and(skipped);
    let ignored = report.tally.skipped;
    let why = format!("{ignored} tests are marked as ignored; each says what runs it");
    Ok(report.and((ignored > 0).then_some(why)))
}

fn without_std(bench: &Bench) -> Result<Report> {
    one(&mut bench.cargo(&["build", "-p", "fingerpost-core", "--no-default-features"]))
}

fn for_browser(bench: &Bench) -> Result<Report> {
    match wasm::provide(bench)? {
        Ok(toolchain) => bare(|arguments| toolchain.cargo(bench, arguments)),
        Err(why) => Ok(Report::skipped(why)),
    }
}

/// A build for a machine that has no operating system.
fn for_bare_metal(bench: &Bench) -> Result<Report> {
    if !target::is_there(BARE_METAL)? {
        return Ok(Report::skipped(format!("rustup cannot give the target {BARE_METAL}")));
    }
    bare(|arguments| {
        let mut cargo = bench.cargo(arguments);
        cargo.args(["--target", BARE_METAL]);
        cargo
    })
}

/// Core out of nothing but `core` and `alloc`, with and without `serde`.
fn bare(cargo: impl Fn(&[&str]) -> Command) -> Result<Report> {
    let build = ["build", "-p", "fingerpost-core", "--no-default-features"];
    process::succeed(&mut cargo(&build))?;
    one(cargo(&build).args(["--features", "serde"]))
}

fn document(bench: &Bench) -> Result<Report> {
    let scope = ["doc", "--workspace", "--no-deps", "--all-features"];
    let (skips, skipped) = without_window(bench)?;
    let mut document = bench.cargo(&scope);
    one(document.args(skips).env("RUSTDOCFLAGS", "-Dwarnings")).map(|report| report.and(skipped))
}

/// A command that counts as one test.
fn one(command: &mut Command) -> Result<Report> {
    process::succeed(command)?;
    Ok(Tally::PASSED.into())
}

/// A `cargo test`, counted by what it prints.
pub(crate) fn tests(command: &mut Command) -> Result<Report> {
    count(command, &mut std::io::stdout(), Runner::RUST)
}

/// A test run, counted by the lines of it that `runner` knows. What ends badly without a failed test (a crate that does
/// not build, a test program that is killed) counts as one.
pub(crate) fn count(command: &mut Command, out: &mut impl Write, runner: Runner) -> Result<Report> {
    let mut report = Report::from(Tally::default());
    let status = process::follow(command, out, |line| {
        if let Some(counts) = (runner.counts)(line) {
            report.tally += counts;
        }
        if (runner.is_failure)(line) {
            report.failed.push(line.trim().to_owned());
        }
    })?;
    if !status.success() && report.tally.failed == 0 {
        report.tally += Tally::FAILED;
    }
    Ok(report)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shell(script: &str) -> Command {
        let mut command = Command::new("sh");
        command.args(["-c", script]);
        command
    }

    #[test]
    fn the_counts_of_several_test_programs_are_summed() {
        let line = "echo 'test result: ok. 2 passed; 0 failed; 1 ignored; 0 measured';";
        let run = count(&mut shell(&line.repeat(2)), &mut Vec::new(), Runner::RUST).unwrap();
        assert_eq!(run, Report::from(Tally { passed: 4, failed: 0, skipped: 2 }));
    }

    #[test]
    fn a_test_run_that_dies_without_counts_has_failed() {
        let run = count(&mut shell("exit 101"), &mut Vec::new(), Runner::RUST).unwrap();
        assert_eq!(run, Report::from(Tally::FAILED));
    }

    #[test]
    fn what_failed_is_kept_in_the_runners_words() {
        let script = "echo 'test a ... ok'; echo 'test b ... FAILED'; exit 101";
        let run = count(&mut shell(script), &mut Vec::new(), Runner::RUST).unwrap();
        assert_eq!(run.failed, ["test b ... FAILED"]);
    }
}
