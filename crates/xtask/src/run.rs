//! `cargo xtask run`: from a clone to the open desktop app; without a display, to its pages served on this machine.

use crate::metadata::Metadata;
use crate::steps::Bench;
use crate::{demo, desktop, npm, process, wasm_package};
use anyhow::Result;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

/// What is asked for.
#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// Install missing packages without asking.
    #[arg(long)]
    yes: bool,
    /// Throw-away data, loopback only, answering, with simulated phones: something to see in the first minute.
    #[arg(long)]
    demo: bool,
    /// Handed to the desktop app, or without a display to `fingerpost serve`.
    #[arg(last = true)]
    args: Vec<String>,
}

/// Where the pages are served.
const PAGES: &str = "127.0.0.1:8075";

pub(crate) fn run(options: &Options) -> Result<ExitCode> {
    let metadata = Metadata::read()?;
    let bench = Bench { root: metadata.root()?, target: metadata.target()?, yes: options.yes };
    let mut program = match window(&bench)? {
        Ok(binary) => Command::new(binary),
        Err(why) => {
            eprintln!("{why}: the pages are served on this machine instead, http://{PAGES}/.");
            serve(&bench)?
        }
    };
    if options.demo {
        return demonstrate(&bench, program.args(&options.args));
    }
    become_program(program.args(&options.args))
}

/// The desktop app, or why there can be no window.
fn window(bench: &Bench) -> Result<Result<PathBuf, String>> {
    if !has_display() {
        return Ok(Err("There is no display (neither DISPLAY nor WAYLAND_DISPLAY is set)".into()));
    }
    let built = desktop::build(bench)?;
    Ok(built.map_err(|why| format!("The desktop app cannot be built here ({why})")))
}

fn has_display() -> bool {
    let is_set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    cfg!(any(windows, target_os = "macos")) || is_set("DISPLAY") || is_set("WAYLAND_DISPLAY")
}

fn serve(bench: &Bench) -> Result<Command> {
    build_pages(bench)?;
    let mut program = Command::new(fingerpost(bench)?);
    program.args(["serve", "--http", PAGES]);
    eprintln!("Open the address below, token and all, in a browser. Ctrl-C ends it.");
    Ok(program)
}

/// The pages that the binary carries; without them it says so itself.
fn build_pages(bench: &Bench) -> Result<()> {
    let missing = wasm_package::build(bench)?;
    let missing = missing.map_or_else(|| npm::provide(bench), |why| Ok(Some(why)))?;
    match missing {
        Some(why) => {
            eprintln!("The pages cannot be built here: {why}. Fingerpost runs without them.");
        }
        None => process::succeed(&mut npm::script(bench, "build:app"))?,
    }
    Ok(())
}

fn fingerpost(bench: &Bench) -> Result<PathBuf> {
    process::succeed(&mut bench.cargo(&["build", "-p", "fingerpost"]))?;
    Ok(bench.target.join("debug/fingerpost"))
}

/// A Fingerpost of its own and phones that ask it; it runs on until it is closed or Ctrl-C ends it.
fn demonstrate(bench: &Bench, program: &mut Command) -> Result<ExitCode> {
    let phone = fingerpost(bench)?;
    program.arg("--data").arg(demo::folder(bench)?).args(demo::NETWORK);
    let mut running = process::start(program)?;
    if let Err(error) = demo::let_phones_ask(Path::new(&phone)) {
        eprintln!("{error:#}");
    }
    let code = running.wait()?.code().and_then(|code| u8::try_from(code).ok());
    Ok(code.map_or(ExitCode::FAILURE, ExitCode::from))
}

/// Takes this process over, so that signals and the exit code are the program's own.
#[cfg(unix)]
fn become_program(command: &mut Command) -> Result<ExitCode> {
    use std::os::unix::process::CommandExt;
    Err(command.exec().into())
}

#[cfg(not(unix))]
fn become_program(command: &mut Command) -> Result<ExitCode> {
    let code = process::status(command)?.code().and_then(|code| u8::try_from(code).ok());
    Ok(code.map_or(ExitCode::FAILURE, ExitCode::from))
}
