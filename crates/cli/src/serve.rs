//! Owns `fingerpost serve`: an engine that runs until it is told to end, and its events as lines. What is answered is
//! the engine's and the policy's work; pages are [`http`]'s.

use crate::exit::Exit;
use crate::http::{self, Door};
use crate::network::{multicast_group, runtime};
use crate::output::{Output, say};
use crate::setting_up::{self, KEPT, setup};
use crate::words;
use clap::Args;
use fingerpost_core::template::UrlTemplate;
use fingerpost_engine::{
    Command, Engine, Event, Events, SettingsError, Setup, StartError, TimedEvent,
};
use std::fmt::Display;
use std::io::Write;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;

/// Answer the phones on this machine's networks until SIGINT or SIGTERM.
///
/// Without --config and --url nothing is answered: phones are only shown.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES, after_long_help = long_help())]
pub(crate) struct Arguments {
    /// Policy file: who gets which URL.
    #[arg(long, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
    /// URL for every phone that no rule of the policy names.
    ///
    /// %{mac} %{MAC} %{vendor} %{model} %{version} %{server} %{interface} %{source} are filled in, %% is a percent
    /// sign; everything else is sent as it is.
    #[arg(long, value_name = "TEMPLATE")]
    pub(crate) url: Option<UrlTemplate>,
    /// Answer nobody, only show who asks.
    #[arg(long)]
    pub(crate) observe: bool,
    /// Card to listen on, by name or address; may be given more than once. Default: all that suit.
    #[arg(long, value_name = "NAME|ADDR")]
    pub(crate) interface: Vec<String>,
    /// Multicast group that the phones ask. Default: what the data folder keeps, else 224.0.1.75.
    #[arg(long, value_name = "ADDR", value_parser = multicast_group)]
    pub(crate) group: Option<Ipv4Addr>,
    /// Port that the phones ask. Default: what the data folder keeps, else 5060.
    #[arg(long, value_parser = clap::value_parser!(u16).range(1..))]
    pub(crate) port: Option<u16>,
    /// Folder in which mode, URL, cards, and the phones with what they said are kept; made where it is missing.
    ///
    /// Without it nothing is written to the disk, and everything is forgotten at the end.
    #[arg(long, value_name = "DIR")]
    pub(crate) data: Option<PathBuf>,
    /// Exchanges of one phone that are kept in the data folder; older ones go first. Default: what it keeps, else 20.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=1_000))]
    pub(crate) keep_exchanges: Option<u32>,
    /// MiB of all exchanges that are kept in the data folder; the oldest go first, and that is said. Default: what it
    /// keeps, else 200.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..=1_000_000))]
    pub(crate) keep_mib: Option<u64>,
    /// Serve the pages on this address of this machine, such as 127.0.0.1:8075; port 0 takes a free one.
    ///
    /// The address to open is printed once, on standard error, with a token that is new for each run: whoever has it
    /// can change what phones are told. From another machine, reach it through an SSH tunnel:
    /// ssh -L 8075:127.0.0.1:8075 MACHINE
    #[arg(long, value_name = "ADDR", value_parser = http::loopback)]
    pub(crate) http: Option<SocketAddr>,
    /// One event a line as JSON on standard output.
    #[arg(long)]
    json: bool,
    /// Say nothing of exchanges that go as they should: for services whose log is kept.
    #[arg(long, short)]
    quiet: bool,
}

const EXAMPLES: &str = "\
Examples:
  fingerpost serve                              show who asks, answer nobody
  fingerpost serve --url 'tftp://%{server}'     answer every phone
  fingerpost serve --config fingerpost.toml --interface eth0 --json
  fingerpost serve --http 127.0.0.1:8075 --data /var/lib/fingerpost";

fn long_help() -> String {
    format!("{EXAMPLES}\n\n{KEPT}")
}

pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<Exit> {
    match setup(arguments) {
        Ok(setup) => runtime()?.block_on(serve(arguments, setup)),
        Err(error) => match error.downcast_ref() {
            Some(refusal @ SettingsError::File { .. }) => Ok(refused(refusal)),
            _ => Err(error),
        },
    }
}

async fn serve(arguments: &Arguments, setup: Setup) -> anyhow::Result<Exit> {
    // Before the first card is opened: from then on a signal ends us properly.
    let mut signals = Signals::install(setup.policy_file.is_some() || setup.data.is_some())?;
    let door = match arguments.http {
        None => None,
        Some(address) => match Door::open(address).await {
            Ok(door) => Some(door),
            Err(error) => return Ok(refused(&error)),
        },
    };
    let state = setting_up::state(&setup, arguments);
    let memory = setting_up::memory(&setup);
    let (engine, mut events) = match Engine::start(setup) {
        Ok(started) => started,
        Err(StartError::Memory(error)) if !error.is_of_this_machine() => return Err(error.into()),
        Err(error) => return Ok(refused(&error)),
    };
    let engine = Arc::new(engine);
    say(format_args!("{state}"));
    say(format_args!("{memory}"));
    let serving = door.map(|door| {
        say(format_args!("Open {}", door.url()));
        door.serve(Arc::clone(&engine))
    });
    let mut lines = Lines::new(arguments.json, arguments.quiet);
    let mut is_running = true;
    while is_running {
        tokio::select! {
            event = events.next() => is_running = lines.write(event, &events)?,
            signal = signals.next() => match signal {
                Signal::End => break,
                // Whether it is taken or refused is said as an event.
                Signal::Reload => drop(engine.command(Command::ReloadPolicy).await),
            },
        }
    }
    // Where it has ended already, at a page's word, that is what is wanted.
    let stopped = engine.command(Command::Stop).await;
    while is_running && stopped.is_ok() {
        is_running = lines.write(events.next().await, &events)?;
    }
    if let Some(serving) = serving {
        serving.end().await;
    }
    Ok(Exit::Fine)
}

/// This machine does not let us.
fn refused(why: &dyn Display) -> Exit {
    say(format_args!("error: {why}"));
    Exit::Refused
}

/// Events on their way out: JSON to programs, words to people.
struct Lines {
    output: Output,
    is_json: bool,
    is_quiet: bool,
    missed: u64,
    /// Written whole: an event has many small parts.
    line: Vec<u8>,
}

impl Lines {
    fn new(is_json: bool, is_quiet: bool) -> Self {
        Self { output: Output::new(), is_json, is_quiet, missed: 0, line: Vec::new() }
    }

    /// Whether more will come.
    fn write(&mut self, event: Option<TimedEvent>, events: &Events) -> anyhow::Result<bool> {
        let Some(event) = event else { return Ok(false) };
        if self.is_quiet && event.event.is_routine() {
            return Ok(true);
        }
        if events.missed() > self.missed {
            say(format_args!(
                "{} events were lost: they came faster than they were read",
                events.missed() - self.missed
            ));
            self.missed = events.missed();
        }
        if let Event::PolicyRefused { file, reason, mistakes } = &event.event {
            for line in words::refused(file, reason, mistakes) {
                say(format_args!("{line}"));
            }
        }
        if self.is_json {
            self.line.clear();
            serde_json::to_writer(&mut self.line, &event)?;
            self.line.push(b'\n');
            self.output.write_all(&self.line)?;
            // A storm's lines leave together; the last one never waits.
            if !events.has_more() {
                self.output.flush()?;
            }
        } else {
            say(format_args!("{}", words::of(&event)));
        }
        Ok(!matches!(event.event, Event::Stopped))
    }
}

/// What a signal asks for.
enum Signal {
    End,
    /// The policy file.
    Reload,
}

/// The signals that a server hears.
struct Signals {
    #[cfg(unix)]
    interrupt: tokio::signal::unix::Signal,
    #[cfg(unix)]
    terminate: tokio::signal::unix::Signal,
    /// Without a file to read again, SIGHUP ends us as it ends any program.
    #[cfg(unix)]
    hang_up: Option<tokio::signal::unix::Signal>,
}

impl Signals {
    #[cfg(unix)]
    fn install(has_file: bool) -> std::io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        let hang_up = has_file.then(|| signal(SignalKind::hangup())).transpose()?;
        Ok(Self {
            hang_up,
            interrupt: signal(SignalKind::interrupt())?,
            terminate: signal(SignalKind::terminate())?,
        })
    }

    #[cfg(unix)]
    async fn next(&mut self) -> Signal {
        let hang_up = async {
            match &mut self.hang_up {
                Some(signal) => signal.recv().await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            _ = self.interrupt.recv() => Signal::End,
            _ = self.terminate.recv() => Signal::End,
            _ = hang_up => Signal::Reload,
        }
    }

    #[cfg(not(unix))]
    #[allow(clippy::unnecessary_wraps, reason = "installing signals can fail on Unix")]
    fn install(_: bool) -> std::io::Result<Self> {
        Ok(Self {})
    }

    #[cfg(not(unix))]
    async fn next(&mut self) -> Signal {
        // Where Ctrl-C cannot be heard, nothing ends us but the system.
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
        Signal::End
    }
}
