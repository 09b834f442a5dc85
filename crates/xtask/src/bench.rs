//! `cargo xtask bench`: comparisons in one run, as a table. Time is nothing to pass or fail. What is counted and not
//! timed (instructions, allocations) has limits, and where core and other parsers differ is pinned: both are a step of
//! the test run.

use crate::metadata::Metadata;
use crate::packages::{self, Needed, Part};
use crate::steps::{Bench, Report, tests};
use crate::tally::Tally;
use crate::wasm::{self, TARGET};
use crate::{page_bench, process, sizes, storm, window_bench};
use anyhow::{Result, ensure};
use std::process::{Command, ExitCode};

const NEEDED: [Needed; 3] = [
    Needed { part: Part::Program("valgrind"), package: "valgrind", reason: "counts instructions" },
    Needed { part: Part::Program("pkg-config"), package: "pkg-config", reason: "finds sofia-sip" },
    Needed {
        part: Part::Library("sofia-sip-ua"),
        package: "libsofia-sip-ua-dev",
        reason: "is the SIP parser in C to compare with",
    },
];

/// What is asked of the comparison.
#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    #[arg(value_enum)]
    what: What,
    /// For `parse`: turns of each parser on each message.
    #[arg(long, default_value_t = 200)]
    rounds: u32,
    /// Install missing packages without asking.
    #[arg(long)]
    yes: bool,
}

#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum What {
    /// Core beside other SIP parsers, on the same bytes.
    Parse,
    /// `fingerpost serve` beside Kamailio on loopback; thousands of phones, bad networks and garbage in namespaces.
    Storm,
    /// A page in Chromium while 5,000 phones ask within three seconds: frames, news, heap, and keys.
    Window,
    /// The built page in Chromium: what is pasted into it, and a large capture beside tshark.
    Page,
}

pub(crate) fn run(options: &Options) -> Result<ExitCode> {
    let metadata = Metadata::read()?;
    let bench = Bench { root: metadata.root()?, target: metadata.target()?, yes: options.yes };
    match options.what {
        What::Parse => parse(&bench, options.rounds),
        What::Storm => storm::run(&bench),
        What::Window => window_bench::run(&bench),
        What::Page => page_bench::run(&bench),
    }
}

fn parse(bench: &Bench, rounds: u32) -> Result<ExitCode> {
    if let Some(why) = packages::provide(&NEEDED, bench.yes)? {
        println!("skipped: what valgrind counts and sofia-sip, where they are missing: {why}");
    }
    let differences = tests(&mut cargo(bench, "test"))?;
    ensure!(differences.tally.failed == 0, "the parsers no longer differ where they did");
    let status = cargo(bench, "run").arg("--").arg(rounds.to_string()).status()?;
    weigh(bench)?;
    Ok(if status.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Where core and other parsers differ, and what it may ask of processor and heap, as a step of the tests.
pub(crate) fn step(bench: &Bench) -> Result<Report> {
    let missing = packages::provide(&NEEDED, bench.yes)?;
    let fetch = ["fetch", "--locked", "--manifest-path", "tests/bench/Cargo.toml"];
    let fetched = bench.cargo(&fetch).output()?;
    if !fetched.status.success() {
        let said = String::from_utf8_lossy(&fetched.stderr);
        ensure!(!said.contains("lock file"), "tests/bench/Cargo.lock is not in step: {said}");
        return Ok(Report::skipped("the parsers to compare with cannot be fetched".to_owned()));
    }
    let mut report = tests(&mut cargo(bench, "test"))?;
    let gates = cargo(bench, "run").args(["--", "gates"]).status()?;
    report.tally += if gates.success() { Tally::PASSED } else { Tally::FAILED };
    let without =
        |why| format!("what valgrind counts and sofia-sip, where they are missing: {why}");
    Ok(report.and(missing.map(without)))
}

/// Cargo for the comparison: built once, for tests and tables.
fn cargo(bench: &Bench, task: &str) -> Command {
    let mut cargo = bench.cargo(&[task, "--release", "--quiet", "--locked"]);
    cargo.args(["--manifest-path", "tests/bench/Cargo.toml", "--target-dir"]);
    cargo.arg(bench.target.join("bench"));
    cargo
}

/// What core weighs in a browser: reading, judging and explaining.
fn weigh(bench: &Bench) -> Result<()> {
    let toolchain = match wasm::provide(bench)? {
        Ok(toolchain) => toolchain,
        Err(why) => {
            println!("skipped: core as wasm: {why}");
            return Ok(());
        }
    };
    let target = bench.target.join("bench");
    let build = ["build", "--locked", "--quiet", "--profile", "wasm", "-p", "fingerpost-weight"];
    let mut cargo = toolchain.cargo(bench, &build);
    cargo.args(["--manifest-path", "tests/bench/Cargo.toml", "--target-dir"]).arg(&target);
    process::succeed(&mut cargo)?;
    let wasm = target.join(TARGET).join("wasm/fingerpost_weight.wasm");
    let name = "core as wasm (wanted: at most 150 kB gzip)".to_owned();
    sizes::print(&[sizes::weigh(name, &std::fs::read(&wasm)?)?]);
    Ok(())
}
