//! A display without a screen: Xvfb, on a number of its own.

use anyhow::{Context, Result};
use fingerpost_system_tests::program::Program;
use std::process::Command;
use std::sync::Mutex;
use std::time::Duration;

const START: Duration = Duration::from_secs(20);

/// A running Xvfb.
#[derive(Debug)]
pub struct Display {
    /// Locked by nobody: the display is shared with other threads.
    _xvfb: Mutex<Program>,
    name: String,
}

impl Display {
    /// Starts one on the first free number.
    pub fn open() -> Result<Self> {
        let mut command = Command::new("Xvfb");
        command.args(["-displayfd", "1", "-screen", "0", "1280x800x24", "-nolisten", "tcp"]);
        let xvfb = Program::start(&mut command)?;
        let number = xvfb.stdout.recv_timeout(START).context("Xvfb does not start")?;
        Ok(Self { _xvfb: Mutex::new(xvfb), name: format!(":{}", number.trim()) })
    }

    /// What DISPLAY has to be.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }
}
