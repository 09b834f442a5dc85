//! `cargo xtask`: builds, runs and tests the workspace, and installs by itself what that needs.

#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a command-line tool speaks to the person who runs it"
)]

mod arrows;
mod metadata;
mod packages;
mod process;
mod run;
mod steps;
mod suite;
mod system;
mod tally;
mod wasm;

use anyhow::Result;
use clap::{Parser, Subcommand};
use std::process::ExitCode;

/// Builds, runs and tests Fingerpost.
#[derive(Debug, Parser)]
#[command(bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Debug, Subcommand)]
enum Task {
    /// Everything that CI runs; lists what it skipped and why.
    Test {
        /// Install missing packages without asking.
        #[arg(long)]
        yes: bool,
    },
    /// The same as `test --yes`.
    Ci,
    /// Build and run Fingerpost (for now: `fingerpost serve` in this terminal).
    Run {
        /// Install missing packages without asking (nothing is needed yet).
        #[arg(long)]
        yes: bool,
        /// Handed to `fingerpost serve`.
        #[arg(last = true)]
        args: Vec<String>,
    },
}

fn main() -> Result<ExitCode> {
    match Arguments::parse().task {
        Task::Test { yes } => suite::run(yes),
        Task::Ci => suite::run(true),
        Task::Run { yes: _, args } => run::serve(&args),
    }
}
