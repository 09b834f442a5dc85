//! The console as a program: its options, a window, and an engine in it.
#![forbid(unsafe_code)]

mod window;

use clap::Parser;
use fingerpost_launch::{Failure, Options, display, report};
use std::process::ExitCode;

/// A live console: who asks, what phones are told, and the switch to answer them.
///
/// A first start only observes; what is switched on in the window is kept.
#[derive(Debug, Parser)]
#[command(name = "fingerpost-console", version)]
struct Program {
    #[command(flatten)]
    options: Options,
}

fn main() -> ExitCode {
    report(run(&Program::parse().options))
}

fn run(options: &Options) -> Result<(), Failure> {
    display::look()?;
    let setup = options.setup(&options.folder()?)?;
    window::open(options, setup).map_err(|error| display::unusable(&error))
}
