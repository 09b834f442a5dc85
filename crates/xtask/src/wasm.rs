//! The browser's target of the Rust toolchain.

use crate::process;
use anyhow::Result;
use std::process::{Command, Stdio};
use std::time::Duration;

pub(crate) const TARGET: &str = "wasm32-unknown-unknown";

/// Makes the target available; `Some(why)` where it stays missing.
pub(crate) fn provide() -> Result<Option<String>> {
    if is_installed()? {
        return Ok(None);
    }
    if !process::is_installed("rustup") {
        return Ok(Some(format!("the target {TARGET} is not installed, and there is no rustup")));
    }
    let mut add = Command::new("rustup");
    add.args(["target", "add", TARGET]).stdin(Stdio::null());
    // A machine without the network may never answer.
    process::within(&mut add, Duration::from_mins(1))?;
    let missing = format!("rustup target add {TARGET} failed or took longer than a minute");
    Ok((!is_installed()?).then_some(missing))
}

/// `rustc` names the folder of a target also where nothing is in it.
fn is_installed() -> Result<bool> {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let output =
        Command::new(rustc).args(["--print", "target-libdir", "--target", TARGET]).output()?;
    let folder = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    let Ok(entries) = std::fs::read_dir(folder) else { return Ok(false) };
    let is_core = |name: &str| name.starts_with("libcore-");
    Ok(entries.flatten().any(|entry| entry.file_name().to_str().is_some_and(is_core)))
}
