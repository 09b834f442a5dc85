//! The browser's target of the Rust toolchain: the one that is there, else rustup's, else one made of Debian's sources.

use crate::steps::Bench;
use crate::{debian_wasm, process};
use anyhow::Result;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

pub(crate) const TARGET: &str = "wasm32-unknown-unknown";

/// A toolchain that builds for the browser: what its Cargo is told.
#[derive(Debug, Default)]
pub(crate) struct Toolchain {
    pub(crate) environment: Vec<(&'static str, OsString)>,
}

impl Toolchain {
    /// `cargo` with these arguments, building for the browser.
    pub(crate) fn cargo(&self, bench: &Bench, arguments: &[&str]) -> Command {
        let mut cargo = bench.cargo(arguments);
        let environment = self.environment.iter().map(|(name, value)| (name, value));
        cargo.args(["--target", TARGET]).envs(environment);
        cargo
    }
}

/// Makes the target available; else says why it is not.
pub(crate) fn provide(bench: &Bench) -> Result<Result<Toolchain, String>> {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    if is_installed(Path::new(&rustc))? || added_by_rustup(Path::new(&rustc))? {
        return Ok(Ok(Toolchain::default()));
    }
    println!("rustup cannot give the target {TARGET}: trying Debian's packages");
    debian_wasm::provide(bench)
}

fn added_by_rustup(rustc: &Path) -> Result<bool> {
    if !process::is_installed("rustup") {
        return Ok(false);
    }
    let mut add = Command::new("rustup");
    add.args(["target", "add", TARGET]).stdin(Stdio::null());
    // A machine without the network may never answer.
    process::within(&mut add, Duration::from_mins(1))?;
    is_installed(rustc)
}

/// `rustc` names the folder of a target also where nothing is in it.
fn is_installed(rustc: &Path) -> Result<bool> {
    let output =
        Command::new(rustc).args(["--print", "target-libdir", "--target", TARGET]).output()?;
    Ok(has_core(&PathBuf::from(String::from_utf8_lossy(&output.stdout).trim())))
}

/// Whether the folder holds Rust's core library.
pub(crate) fn has_core(folder: &Path) -> bool {
    let is_core = |name: &str| name.starts_with("libcore-");
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    entries.into_iter().any(|entry| entry.file_name().to_str().is_some_and(is_core))
}
