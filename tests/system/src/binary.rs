//! Finds the `fingerpost` under test.

use crate::fixture::repository;
use anyhow::{Context, Result, ensure};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Mutex, PoisonError};

/// Only one test at a time builds it.
static BUILDING: Mutex<()> = Mutex::new(());

/// The program that `FINGERPOST_BIN` names, else the one beside this test in the target folder; built where missing.
pub fn fingerpost() -> Result<PathBuf> {
    if let Some(path) = std::env::var_os("FINGERPOST_BIN") {
        return Ok(path.into());
    }
    let test = std::env::current_exe().context("this test does not know its own place")?;
    let profile = test.ancestors().nth(2).context("this test lies in no target folder")?;
    let path = profile.join("fingerpost");
    let _one_at_a_time = BUILDING.lock().unwrap_or_else(PoisonError::into_inner);
    if !path.is_file() {
        build(profile)?;
    }
    Ok(path)
}

fn build(profile: &Path) -> Result<()> {
    let target = profile.parent().context("the target folder has no parent")?;
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let status = Command::new(cargo)
        .args(["build", "-p", "fingerpost", "--target-dir"])
        .arg(target)
        .current_dir(repository())
        .status()?;
    ensure!(status.success(), "fingerpost does not build");
    Ok(())
}
