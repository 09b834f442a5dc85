//! `cargo xtask run`: from a clone to a running Fingerpost.

use crate::metadata::Metadata;
use crate::process;
use anyhow::Result;
use std::process::{Command, ExitCode};

/// Builds `fingerpost` and runs `fingerpost serve` in this terminal until it ends.
pub(crate) fn serve(arguments: &[String]) -> Result<ExitCode> {
    let metadata = Metadata::read()?;
    eprintln!("The desktop window and the page are not there yet: this runs `fingerpost serve`.");
    eprintln!("Arguments for it go after `--`; Ctrl-C ends it.");
    process::succeed(process::cargo().args(["build", "-p", "fingerpost"]))?;
    let binary = metadata.target()?.join("debug/fingerpost");
    become_program(Command::new(binary).arg("serve").args(arguments))
}

/// Takes this process over, so that signals and the exit code are the program's own.
#[cfg(unix)]
fn become_program(command: &mut Command) -> Result<ExitCode> {
    use std::os::unix::process::CommandExt;
    Err(command.exec().into())
}

#[cfg(not(unix))]
fn become_program(command: &mut Command) -> Result<ExitCode> {
    let code = command.status()?.code().and_then(|code| u8::try_from(code).ok());
    Ok(code.map_or(ExitCode::FAILURE, ExitCode::from))
}
