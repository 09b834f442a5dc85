//! The desktop app as a program: its options, an engine, and a window that shows the pages over it. Takes no protocol
//! decision.
#![forbid(unsafe_code)]
// A window needs no console beside it.
#![cfg_attr(windows, windows_subsystem = "windows")]

mod host;
mod phone;
mod save;
mod window;

use clap::Parser;
use fingerpost_launch::{Failure, Options, display, report};
use std::process::ExitCode;

/// The desktop app: who asks, what phones are told, the switch to answer them, and what they said.
///
/// A first start only observes; what is switched on in the window is kept.
#[derive(Debug, Parser)]
#[command(name = "fingerpost-desktop", version)]
struct Program {
    #[command(flatten)]
    options: Options,
}

fn main() -> ExitCode {
    report(run(&Program::parse().options))
}

fn run(options: &Options) -> Result<(), Failure> {
    display::look()?;
    let folder = options.folder()?;
    let setup = options.setup(&folder)?;
    window::open(options, &folder, setup)
}
