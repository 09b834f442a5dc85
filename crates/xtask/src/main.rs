//! `cargo xtask`: builds, runs and tests the workspace, and installs by itself what that needs.

#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a command-line tool speaks to the person who runs it"
)]

mod arrows;
mod bench;
#[cfg(feature = "bindgen")]
mod bindgen;
mod debian_wasm;
mod demo;
mod desktop;
mod js_tally;
mod metadata;
mod npm;
mod package;
mod package_deb;
mod package_tree;
mod package_try;
mod packages;
mod page_bench;
mod page_steps;
mod process;
mod run;
mod runner;
mod serve;
mod sizes;
mod steps;
mod storm;
mod suite;
mod system;
mod tally;
mod target;
mod wasm;
mod wasm_package;
mod web;
mod window_bench;
mod window_steps;

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
    /// Build the desktop app and open it; without a display, serve its pages on this machine.
    Run(run::Options),
    /// Build the public page: the message inspector and composer; print what it weighs.
    Web(web::Options),
    /// Make the Debian package with the desktop app, the console and the command: target/package/….deb.
    Package(package::Options),
    /// Compare with others in one run, as a table; judges no time.
    Bench(bench::Options),
    /// Write the JavaScript around a wasm file; `web` calls this by itself.
    #[cfg(feature = "bindgen")]
    #[command(hide = true)]
    Bindgen {
        #[arg(value_enum)]
        host: bindgen::Host,
        wasm: std::path::PathBuf,
        folder: std::path::PathBuf,
    },
}

fn main() -> Result<ExitCode> {
    match Arguments::parse().task {
        Task::Test { yes } => suite::run(yes),
        Task::Ci => suite::run(true),
        Task::Run(options) => run::run(&options),
        Task::Web(options) => web::run(&options),
        Task::Package(options) => package::run(&options),
        Task::Bench(options) => bench::run(&options),
        #[cfg(feature = "bindgen")]
        Task::Bindgen { host, wasm, folder } => bindgen::write(&wasm, &folder, host),
    }
}
