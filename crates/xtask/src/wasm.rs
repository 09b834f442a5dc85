//! The browser's target of the Rust toolchain: the one that is there, else rustup's, else one made of Debian's sources.

use crate::steps::Bench;
use crate::{debian_wasm, target};
use anyhow::Result;
use std::ffi::OsString;
use std::process::Command;

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
    if target::is_there(TARGET)? {
        return Ok(Ok(Toolchain::default()));
    }
    println!("rustup cannot give the target {TARGET}: trying Debian's packages");
    debian_wasm::provide(bench)
}
