//! `cargo xtask bench`: comparisons in one run, as a table. They are no part of the test run: time is nothing to pass
//! or fail. What is counted and not timed (instructions, allocations) has limits that are kept here.

use crate::metadata::Metadata;
use crate::packages::{self, Needed, Part};
use crate::steps::{Bench, tests};
use crate::wasm::{self, TARGET};
use crate::{process, sizes};
use anyhow::{Result, ensure};
use std::process::ExitCode;

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
    /// Turns of each parser on each message.
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
}

pub(crate) fn run(options: &Options) -> Result<ExitCode> {
    let metadata = Metadata::read()?;
    let bench = Bench { root: metadata.root()?, target: metadata.target()?, yes: options.yes };
    match options.what {
        What::Parse => parse(&bench, options.rounds),
    }
}

fn parse(bench: &Bench, rounds: u32) -> Result<ExitCode> {
    if let Some(why) = packages::provide(&NEEDED, bench.yes)? {
        println!("skipped: what valgrind counts and sofia-sip, where they are missing: {why}");
    }
    let target = bench.target.join("bench");
    let manifest = ["--locked", "--manifest-path", "tests/bench/Cargo.toml"];
    let differences =
        tests(bench.cargo(&["test"]).args(manifest).arg("--target-dir").arg(&target))?;
    ensure!(differences.failed == 0, "the parsers no longer differ where they did");
    let run = ["run", "--release", "--quiet"];
    let mut table = bench.cargo(&run);
    table.args(manifest).arg("--target-dir").arg(&target).arg("--").arg(rounds.to_string());
    let status = table.status()?;
    weigh(bench)?;
    Ok(if status.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
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
