//! The desktop app as a program: its options, an engine, and a window that shows the pages over it. Takes no protocol
//! decision.
#![forbid(unsafe_code)]
// A window needs no console beside it.
#![cfg_attr(windows, windows_subsystem = "windows")]

mod arrivals;
mod autostart;
mod handed;
mod host;
mod instance;
mod kept;
mod log;
mod notice;
mod phone;
mod place;
mod save;
mod shell;
mod switches;
mod tray;
mod watch;
mod window;

use clap::Parser;
use fingerpost_launch::{Failure, Options, display, report};
use instance::Start;
use std::path::PathBuf;
use std::process::ExitCode;

/// The desktop app: who asks, what phones are told, the switch to answer them, and what they said.
///
/// A first start only observes; what is switched on in the window is kept.
#[derive(Debug, Parser)]
#[command(name = "fingerpost-desktop", version)]
struct Program {
    #[command(flatten)]
    options: Options,
    /// Captures, logs or messages to open in the inspector. Where the window is open already, it shows them.
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,
}

fn main() -> ExitCode {
    report(run(&Program::parse()))
}

fn run(Program { options, files }: &Program) -> Result<(), Failure> {
    display::look()?;
    let folder = options.folder()?;
    let files = handed::absolute(files)?;
    match instance::claim(&folder, &files)? {
        Start::Later => Ok(()),
        Start::First(door) => window::open(options, &folder, &door, files),
    }
}
