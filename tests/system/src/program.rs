//! A started program: its output line by line, its end within a limit, and no survivor after the test.

use anyhow::{Context, Result, bail};
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, TryRecvError, channel};
use std::thread;
use std::time::{Duration, Instant};

/// A program that runs until it ends by itself, is signalled, or this value is dropped.
#[derive(Debug)]
pub struct Program {
    pid: Pid,
    exit: Receiver<ExitStatus>,
    ended: Option<ExitStatus>,
    /// Lines of its standard output; closed at the end of it.
    pub stdout: Receiver<String>,
    /// Lines of its standard error; closed at the end of it.
    pub stderr: Receiver<String>,
}

impl Program {
    /// Starts it without standard input.
    pub fn start(command: &mut Command) -> Result<Self> {
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().with_context(|| format!("{command:?} did not start"))?;
        let stdout = lines(child.stdout.take().context("standard output is not piped")?);
        let stderr = lines(child.stderr.take().context("standard error is not piped")?);
        Self::watch(child, stdout, stderr)
    }

    /// Starts it without standard input; all that it says goes to a file, and nobody has to read along.
    pub fn start_writing_to(command: &mut Command, file: &File) -> Result<Self> {
        command.stdin(Stdio::null()).stdout(file.try_clone()?).stderr(file.try_clone()?);
        let child = command.spawn().with_context(|| format!("{command:?} did not start"))?;
        let nothing = || lines(std::io::empty());
        Self::watch(child, nothing(), nothing())
    }

    fn watch(mut child: Child, stdout: Receiver<String>, stderr: Receiver<String>) -> Result<Self> {
        let pid = Pid::from_raw(i32::try_from(child.id())?);
        let (tell, exit) = channel();
        thread::spawn(move || {
            let status = child.wait();
            // Nobody listens any more where the test has ended; the program is reaped all the same.
            status.map(|status| tell.send(status))
        });
        Ok(Self { pid, exit, ended: None, stdout, stderr })
    }

    /// Sends it a signal.
    pub fn signal(&self, signal: Signal) -> Result<()> {
        kill(self.pid, signal).context("the program cannot be signalled")
    }

    /// The number of the program called `name`: this one, or the one that it became or started.
    pub fn pid_of(&self, name: &str) -> Result<i32> {
        let called = |pid: i32| {
            let known = std::fs::read_to_string(format!("/proc/{pid}/comm"));
            known.is_ok_and(|known| known.trim() == name)
        };
        let own = self.pid.as_raw();
        let children = format!("/proc/{own}/task/{own}/children");
        let children = std::fs::read_to_string(children).unwrap_or_default();
        let all =
            std::iter::once(own).chain(children.split(' ').filter_map(|pid| pid.parse().ok()));
        let mut all = all.filter(|pid| called(*pid));
        all.next().with_context(|| format!("no {name} runs"))
    }

    /// Waits for its end, at most `limit`.
    pub fn wait(&mut self, limit: Duration) -> Result<ExitStatus> {
        if let Some(status) = self.ended {
            return Ok(status);
        }
        let status =
            self.exit.recv_timeout(limit).with_context(|| format!("still runs after {limit:?}"))?;
        self.ended = Some(status);
        Ok(status)
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        if self.ended.is_none() && self.exit.try_recv() == Err(TryRecvError::Empty) {
            // It may end on its own in this moment; then there is nothing left to do.
            let _ = self.signal(Signal::SIGKILL);
            let _ = self.exit.recv_timeout(Duration::from_secs(5));
        }
    }
}

/// What a program left behind.
#[derive(Debug)]
pub struct Finished {
    /// Its exit code; `None` where a signal ended it.
    pub code: Option<i32>,
    /// All of its standard output.
    pub stdout: String,
    /// All of its standard error.
    pub stderr: String,
}

impl Finished {
    /// An error with all that was said, unless the code is the expected one.
    pub fn expect_code(self, code: i32) -> Result<Self> {
        if self.code != Some(code) {
            bail!("expected exit code {code}: {self:#?}");
        }
        Ok(self)
    }
}

/// Runs a program to its end, at most `limit`.
pub fn run(command: &mut Command, limit: Duration) -> Result<Finished> {
    let mut program = Program::start(command)?;
    let deadline = Instant::now() + limit;
    let stdout = rest(&program.stdout, deadline);
    let stderr = rest(&program.stderr, deadline);
    let status = program
        .wait(left(deadline))
        .with_context(|| format!("{command:?} said\n{stdout}\n{stderr}"))?;
    Ok(Finished { code: status.code(), stdout, stderr })
}

/// Runs a program that must end well.
pub fn succeed(command: &mut Command, limit: Duration) -> Result<Finished> {
    let text = format!("{command:?}");
    run(command, limit)?.expect_code(0).context(text)
}

/// What is left of the time until `deadline`.
#[must_use]
pub fn left(deadline: Instant) -> Duration {
    deadline.saturating_duration_since(Instant::now())
}

fn rest(lines: &Receiver<String>, deadline: Instant) -> String {
    let next = || lines.recv_timeout(left(deadline)).ok();
    std::iter::from_fn(next).map(|line| line + "\n").collect()
}

fn lines(from: impl Read + Send + 'static) -> Receiver<String> {
    let (tell, receiver) = channel();
    thread::spawn(move || {
        let lines = BufReader::new(from).split(b'\n').map_while(Result::ok);
        for line in lines {
            if tell.send(String::from_utf8_lossy(&line).into_owned()).is_err() {
                break;
            }
        }
    });
    receiver
}
