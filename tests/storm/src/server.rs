//! Owns the servers on loopback: Fingerpost, with and without a memory, and Kamailio. Each is started for one run and
//! ended by its own number.

use crate::cores::Part;
use anyhow::{Context, Result};
use fingerpost_system_tests::binary::fingerpost;
use fingerpost_system_tests::fixture::repository;
use fingerpost_system_tests::program::Program;
use nix::sys::signal::Signal;
use std::fs::{self, File};
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

const SOON: Duration = Duration::from_secs(10);

/// Who is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// `fingerpost serve`, which forgets everything.
    Forgetting,
    /// `fingerpost serve --data`.
    Recording,
    Kamailio,
}

impl Kind {
    /// Nobody's ports; each kind its own, so that a late datagram reaches nobody else.
    fn port(self) -> u16 {
        match self {
            Self::Forgetting => 35_071,
            Self::Recording => 35_072,
            Self::Kamailio => 35_073,
        }
    }

    /// Where the phones of this kind of server are.
    pub(crate) fn phones_port(self) -> u16 {
        self.port() + 10
    }
}

/// A server that runs.
#[derive(Debug)]
pub(crate) struct Server {
    program: Program,
    said: PathBuf,
    pub(crate) address: SocketAddr,
}

/// What a server left behind.
#[derive(Debug)]
pub(crate) struct Ended {
    /// How long it still wrote after the last question.
    pub(crate) took: Duration,
    said: String,
}

impl Ended {
    /// The sum of a number over all events of a name.
    pub(crate) fn sum(&self, event: &str, field: &str) -> u64 {
        let name = format!("\"event\":\"{event}\"");
        let lines = self.said.lines().filter(|line| line.contains(&name));
        let events = lines.filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok());
        events.filter_map(|event| event[field].as_u64()).sum()
    }
}

impl Server {
    pub(crate) fn start(kind: Kind, folder: &Path) -> Result<Self> {
        fs::create_dir_all(folder)?;
        let said = folder.join("said");
        let mut command = match kind {
            Kind::Kamailio => kamailio(kind.port(), folder),
            _ => serve(kind, folder)?,
        };
        let program = Program::start_writing_to(&mut command, &File::create(&said)?)?;
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, kind.port()));
        let server = Self { program, said, address };
        server.wait_until_there()?;
        Ok(server)
    }

    /// The port is held once it listens.
    fn wait_until_there(&self) -> Result<()> {
        let deadline = Instant::now() + SOON;
        while !is_held(self.address.port()) {
            let said = || fs::read_to_string(&self.said).unwrap_or_default();
            anyhow::ensure!(Instant::now() < deadline, "no server came: {}", said());
            thread::sleep(Duration::from_millis(50));
        }
        // What is set up behind the port.
        thread::sleep(Duration::from_millis(500));
        Ok(())
    }

    /// Ends it, as a service manager does.
    pub(crate) fn end(mut self) -> Result<Ended> {
        let begun = Instant::now();
        self.program.signal(Signal::SIGTERM)?;
        self.program.wait(SOON)?;
        let took = begun.elapsed();
        Ok(Ended { took, said: fs::read_to_string(&self.said).context("what it said is gone")? })
    }
}

impl Drop for Server {
    /// Kamailio ends its workers only where it is asked to; after this the program itself is killed.
    fn drop(&mut self) {
        if self.program.signal(Signal::SIGTERM).is_ok() {
            let _ = self.program.wait(SOON);
        }
    }
}

/// Whether somebody has the port, as the kernel says: trying it would take it from who is about to.
fn is_held(port: u16) -> bool {
    let sockets = fs::read_to_string("/proc/net/udp").unwrap_or_default();
    let local = |line: &str| line.split_whitespace().nth(1)?.rsplit(':').next().map(String::from);
    sockets.lines().filter_map(local).any(|held| held == format!("{port:04X}"))
}

fn serve(kind: Kind, folder: &Path) -> Result<std::process::Command> {
    let mut command = Part::Server.command(fingerpost()?);
    command.args(["serve", "--json", "--quiet", "--interface", "lo", "--group", "239.255.75.1"]);
    command.args(["--port", &kind.port().to_string()]);
    command.args(["--url", "http://192.0.2.10/provisioning/%{mac}.cfg"]);
    if kind == Kind::Recording {
        command.arg("--data").arg(folder.join("data"));
    }
    for variable in ["HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME"] {
        command.env(variable, folder);
    }
    Ok(command)
}

fn kamailio(port: u16, folder: &Path) -> std::process::Command {
    let mut command = Part::Server.command("kamailio");
    command.args(["-DD", "-E", "-b", "4194304", "-m", "256", "-M", "16"]);
    command.args(["-l", &format!("udp:127.0.0.1:{port}"), "-f"]);
    command.arg(repository().join("tests/storm/kamailio.cfg"));
    command.arg("-Y").arg(folder).arg("-P").arg(folder.join("kamailio.pid"));
    command
}
