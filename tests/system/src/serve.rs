//! A running `fingerpost serve --json`: its events, its words and its end.

use crate::binary::fingerpost;
use crate::lab::Host;
use crate::program::{Program, left};
use anyhow::{Context, Result, bail, ensure};
use nix::sys::signal::Signal;
use serde_json::Value;
use std::ffi::OsStr;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

/// How long an event may take that nothing delays.
pub const SOON: Duration = Duration::from_secs(5);

/// The server under test.
#[derive(Debug)]
pub struct Serve {
    program: Program,
    history: Vec<Value>,
    /// How many events of the history were waited for, by their index.
    taken: Vec<usize>,
    said: String,
}

/// The command `fingerpost …` on a host, with its files in `folder`.
pub fn command(host: &Host, folder: &Path) -> Result<Command> {
    let mut command = host.command(fingerpost()?);
    for variable in ["HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME"] {
        command.env(variable, folder);
    }
    command.current_dir(folder);
    Ok(command)
}

impl Serve {
    /// Starts the server and waits until it listens on `cards` cards.
    pub fn start<S: AsRef<OsStr>>(
        host: &Host,
        folder: &Path,
        cards: usize,
        arguments: &[S],
    ) -> Result<Self> {
        let mut command = command(host, folder)?;
        let program = Program::start(command.arg("serve").args(arguments).arg("--json"))?;
        let mut serve =
            Self { program, history: Vec::new(), taken: Vec::new(), said: String::new() };
        for _ in 0..cards {
            serve.wait_for("listening", |_| true, SOON)?;
        }
        Ok(serve)
    }

    /// The first event of this name that `wanted` takes and no call before has taken; waits at most `limit`.
    pub fn wait_for(
        &mut self,
        name: &str,
        wanted: impl Fn(&Value) -> bool,
        limit: Duration,
    ) -> Result<Value> {
        let deadline = Instant::now() + limit;
        let mut next = 0;
        loop {
            while let Some(event) = self.history.get(next) {
                if event["event"] == name && !self.taken.contains(&next) && wanted(event) {
                    self.taken.push(next);
                    return Ok(event.clone());
                }
                next += 1;
            }
            self.read_event(deadline).with_context(|| format!("waited for {name:?}"))?;
        }
    }

    /// Waits until a line of its words on standard error holds `text`, whatever the case; that line.
    pub fn wait_until_said(&mut self, text: &str, limit: Duration) -> Result<String> {
        let deadline = Instant::now() + limit;
        let wanted = text.to_lowercase();
        let holds = |line: &&str| line.to_lowercase().contains(&wanted);
        loop {
            if let Some(line) = self.said.lines().find(holds) {
                return Ok(line.to_owned());
            }
            let Ok(line) = self.program.stderr.recv_timeout(left(deadline)) else {
                bail!("{text:?} was not said in:\n{}", self.said);
            };
            self.said += &(line + "\n");
        }
    }

    /// Ends it as a service manager does; it must end well, and `stopped` must be its last word.
    pub fn stop(self) -> Result<Vec<Value>> {
        self.stop_by(Signal::SIGTERM)
    }

    /// Ends it by a signal; all events of its life.
    pub fn stop_by(mut self, signal: Signal) -> Result<Vec<Value>> {
        self.program.signal(signal)?;
        self.wait_for("stopped", |_| true, SOON)?;
        let status = self.program.wait(SOON)?;
        ensure!(status.code() == Some(0), "{signal} ended it with {status}: {}", self.words());
        while let Ok(line) = self.program.stdout.recv_timeout(SOON) {
            self.history.push(event(&line)?);
        }
        let last = self.history.last().context("there was no event")?;
        ensure!(last["event"] == "stopped", "the last event is {last}");
        Ok(std::mem::take(&mut self.history))
    }

    /// The most memory that it has had so far, in bytes, as the kernel says.
    pub fn peak_memory(&self) -> Result<u64> {
        let pid = self.program.pid_of("fingerpost")?;
        let status = std::fs::read_to_string(format!("/proc/{pid}/status"))?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let kilobytes = line.context("no VmHWM")?.trim().trim_end_matches(" kB");
        Ok(kilobytes.parse::<u64>()? * 1024)
    }

    fn read_event(&mut self, deadline: Instant) -> Result<()> {
        let Ok(line) = self.program.stdout.recv_timeout(left(deadline)) else {
            let words = self.words();
            bail!("events so far: {:#?}\nwords: {words}", self.history);
        };
        self.history.push(event(&line)?);
        Ok(())
    }

    fn words(&mut self) -> String {
        let new: String = self.program.stderr.try_iter().map(|line| line + "\n").collect();
        self.said += &new;
        self.said.clone()
    }
}

/// Every line is an object with a name and a time in UTC.
fn event(line: &str) -> Result<Value> {
    let event: Value = serde_json::from_str(line).with_context(|| format!("no JSON: {line}"))?;
    let time = event["time"].as_str().with_context(|| format!("no time: {line}"))?;
    // 2026-11-22T21:13:00.123Z
    ensure!(time.len() == 24 && time.ends_with('Z'), "no RFC 3339 time to the millisecond: {line}");
    ensure!(event["event"].is_string(), "no name: {line}");
    Ok(event)
}

/// The events of one name.
#[must_use]
pub fn named<'a>(events: &'a [Value], name: &str) -> Vec<&'a Value> {
    events.iter().filter(|event| event["event"] == name).collect()
}

/// Whether `text` names the address, with or without a port.
#[must_use]
pub fn is_address(text: &Value, address: &str) -> bool {
    let rest = text.as_str().and_then(|text| text.strip_prefix(address));
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(':'))
}
