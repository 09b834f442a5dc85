//! Owns `fingerpost serve`: an engine that runs until it is told to end, and its events as lines. What is answered is
//! the engine's and the policy's work.

use crate::exit::Exit;
use crate::network::{multicast_group, runtime};
use crate::output::{Output, say};
use crate::{policy_file, words};
use clap::Args;
use fingerpost_core::template::UrlTemplate;
use fingerpost_engine::{Engine, Events, Setup, TimedEvent};
use fingerpost_rules::{Mode, Policy};
use std::io::Write;
use std::net::Ipv4Addr;
use std::path::PathBuf;

/// Answer the phones on this machine's networks until SIGINT or SIGTERM.
///
/// Without --config and --url nothing is answered: phones are only shown.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// Policy file: who gets which URL.
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// URL for every phone that no rule of the policy names.
    ///
    /// %{mac} %{MAC} %{vendor} %{model} %{version} %{server} %{interface} %{source} are filled in, %% is a percent
    /// sign; everything else is sent as it is.
    #[arg(long, value_name = "TEMPLATE")]
    url: Option<UrlTemplate>,
    /// Answer nobody, only show who asks.
    #[arg(long)]
    observe: bool,
    /// Card to listen on, by name or address; may be given more than once. Default: all that suit.
    #[arg(long, value_name = "NAME|ADDR")]
    interface: Vec<String>,
    /// Multicast group that the phones ask.
    #[arg(long, value_name = "ADDR", default_value = "224.0.1.75", value_parser = multicast_group)]
    group: Ipv4Addr,
    /// Port that the phones ask.
    #[arg(long, default_value_t = 5060, value_parser = clap::value_parser!(u16).range(1..))]
    port: u16,
    /// One event a line as JSON on standard output.
    #[arg(long)]
    json: bool,
}

const EXAMPLES: &str = "\
Examples:
  fingerpost serve                              show who asks, answer nobody
  fingerpost serve --url 'tftp://%{server}'     answer every phone
  fingerpost serve --config fingerpost.toml --interface eth0 --json";

pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<Exit> {
    let policy = policy(arguments)?;
    runtime()?.block_on(serve(arguments, policy))
}

/// The policy file, then `--url`, then silence.
fn policy(arguments: &Arguments) -> anyhow::Result<Policy> {
    let policy = match &arguments.config {
        Some(path) => policy_file::load(path)?,
        None if arguments.url.is_none() => Policy::default().with_mode(Mode::Observe),
        None => Policy::default(),
    };
    Ok(if arguments.observe { policy.with_mode(Mode::Observe) } else { policy })
}

async fn serve(arguments: &Arguments, policy: Policy) -> anyhow::Result<Exit> {
    // Before the first card is opened: from then on a signal ends us properly.
    let mut signals = Signals::install()?;
    let setup = Setup::new(policy.clone())
        .with_url(arguments.url.clone())
        .on_interfaces(arguments.interface.clone())
        .with_group(arguments.group, arguments.port);
    let (engine, mut events) = match Engine::start(setup) {
        Ok(started) => started,
        Err(error) => {
            say(format_args!("error: {error}"));
            return Ok(Exit::Refused);
        }
    };
    say(format_args!("{}", state(arguments, &policy)));
    let mut lines = Lines::new(arguments.json);
    loop {
        tokio::select! {
            event = events.next() => match event {
                Some(event) => lines.write(&event, &events)?,
                None => return Ok(Exit::Fine),
            },
            () = signals.next() => break,
        }
    }
    engine.stop().await;
    while let Some(event) = events.next().await {
        lines.write(&event, &events)?;
    }
    Ok(Exit::Fine)
}

/// The state of things in one sentence.
fn state(arguments: &Arguments, policy: &Policy) -> String {
    let rules = match policy.rules().len() {
        1 => "1 rule".to_owned(),
        count => format!("{count} rules"),
    };
    match (policy.mode(), &arguments.url) {
        (Mode::Answer, Some(url)) if arguments.config.is_none() => {
            format!("Answering every phone with {url}.")
        }
        (Mode::Answer, _) => format!("Answering by {rules}."),
        (Mode::Observe, _) if arguments.config.is_none() && arguments.url.is_none() => {
            "Observing: nothing is answered. Give --url or --config to answer phones.".into()
        }
        (Mode::Observe, _) => "Observing: nothing is answered.".into(),
    }
}

/// Events on their way out: JSON to programs, words to people.
struct Lines {
    output: Output,
    is_json: bool,
    missed: u64,
}

impl Lines {
    fn new(is_json: bool) -> Self {
        Self { output: Output::new(), is_json, missed: 0 }
    }

    fn write(&mut self, event: &TimedEvent, events: &Events) -> anyhow::Result<()> {
        if events.missed() > self.missed {
            say(format_args!(
                "{} events were lost: they came faster than they were read",
                events.missed() - self.missed
            ));
            self.missed = events.missed();
        }
        if self.is_json {
            serde_json::to_writer(&mut self.output, event)?;
            self.output.write_all(b"\n")?;
            self.output.flush()?;
        } else {
            say(format_args!("{}", words::of(event)));
        }
        Ok(())
    }
}

/// The two signals that end a server.
struct Signals {
    #[cfg(unix)]
    interrupt: tokio::signal::unix::Signal,
    #[cfg(unix)]
    terminate: tokio::signal::unix::Signal,
}

impl Signals {
    #[cfg(unix)]
    fn install() -> std::io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Self {
            interrupt: signal(SignalKind::interrupt())?,
            terminate: signal(SignalKind::terminate())?,
        })
    }

    #[cfg(unix)]
    async fn next(&mut self) {
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.terminate.recv() => {}
        }
    }

    #[cfg(not(unix))]
    #[allow(clippy::unnecessary_wraps, reason = "installing signals can fail on Unix")]
    fn install() -> std::io::Result<Self> {
        Ok(Self {})
    }

    #[cfg(not(unix))]
    async fn next(&mut self) {
        // Where Ctrl-C cannot be heard, nothing ends us but the system.
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    }
}
