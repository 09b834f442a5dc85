//! What Cargo says about the workspace.

use crate::process;
use anyhow::{Context, Result};
use serde_json::Value;
use std::path::PathBuf;

/// The answer of `cargo metadata`, without the crates of others.
#[derive(Debug)]
pub(crate) struct Metadata(pub(crate) Value);

impl Metadata {
    pub(crate) fn read() -> Result<Self> {
        let output = process::cargo()
            .args(["metadata", "--format-version", "1", "--no-deps"])
            .stderr(std::process::Stdio::inherit())
            .output()
            .context("cargo metadata did not start")?;
        anyhow::ensure!(output.status.success(), "cargo metadata failed");
        Ok(Self(serde_json::from_slice(&output.stdout).context("cargo metadata wrote no JSON")?))
    }

    pub(crate) fn root(&self) -> Result<PathBuf> {
        self.path("workspace_root")
    }

    pub(crate) fn target(&self) -> Result<PathBuf> {
        self.path("target_directory")
    }

    fn path(&self, key: &str) -> Result<PathBuf> {
        let text = self.0.get(key).and_then(Value::as_str);
        text.map(PathBuf::from).with_context(|| format!("cargo metadata names no {key}"))
    }
}
