//! Targets of the Rust toolchain beside the machine's own: whether one is there, and rustup's help where it is not.

use crate::process;
use anyhow::Result;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

/// A processor without an operating system.
pub(crate) const BARE_METAL: &str = "thumbv7em-none-eabihf";

/// Whether the toolchain builds for `target`, perhaps because rustup has just made it.
pub(crate) fn is_there(target: &str) -> Result<bool> {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let rustc = Path::new(&rustc);
    Ok(is_installed(rustc, target)? || added_by_rustup(rustc, target)?)
}

fn added_by_rustup(rustc: &Path, target: &str) -> Result<bool> {
    if !process::is_installed("rustup") {
        return Ok(false);
    }
    let mut add = Command::new("rustup");
    add.args(["target", "add", target]).stdin(Stdio::null());
    // A machine without the network may never answer.
    process::within(&mut add, Duration::from_mins(1))?;
    is_installed(rustc, target)
}

/// `rustc` names the folder of a target also where nothing is in it.
fn is_installed(rustc: &Path, target: &str) -> Result<bool> {
    let output =
        Command::new(rustc).args(["--print", "target-libdir", "--target", target]).output()?;
    Ok(has_core(&PathBuf::from(String::from_utf8_lossy(&output.stdout).trim())))
}

/// Whether the folder holds Rust's core library.
pub(crate) fn has_core(folder: &Path) -> bool {
    let is_core = |name: &str| name.starts_with("libcore-");
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    entries.into_iter().any(|entry| entry.file_name().to_str().is_some_and(is_core))
}
