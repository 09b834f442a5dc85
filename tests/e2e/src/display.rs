//! A display without a screen: Xvfb, on a number of its own.

use anyhow::{Context, Result};
use fingerpost_system_tests::program::{Program, run};
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

    /// Hands on the keyboard and the windows: `xdotool`, and what it says.
    pub fn hands(&self, arguments: &[&str]) -> Result<String> {
        let mut command = Command::new("xdotool");
        let finished = run(command.env("DISPLAY", &self.name).args(arguments), START)?;
        Ok(finished.expect_code(0)?.stdout.trim().to_owned())
    }

    /// The number of the window with this title, once there is one; of several the last.
    pub fn window(&self, title: &str) -> Result<String> {
        let found = self.hands(&["search", "--sync", "--onlyvisible", "--name", title])?;
        Ok(found.lines().last().unwrap_or_default().to_owned())
    }

    /// How many windows with this title can be seen.
    pub fn count(&self, title: &str) -> Result<usize> {
        let mut search = Command::new("xdotool");
        search.env("DISPLAY", &self.name).args(["search", "--onlyvisible", "--name", title]);
        Ok(run(&mut search, START)?.stdout.lines().count())
    }

    /// What DISPLAY has to be.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }
}
