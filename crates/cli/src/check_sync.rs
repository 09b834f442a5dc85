//! Owns `fingerpost check-sync`: a running server is told to ask a phone to fetch its configuration anew. Whether and how
//! it does is the engine's work.

use crate::exit::Exit;
use crate::output::{Output, say};
use crate::printable::printable;
use crate::remote::{Address, Remote};
use serde_json::{Value, json};
use std::io::Write;
use std::thread;
use std::time::{Duration, Instant};

/// Ask a phone to fetch its configuration anew, through a running `fingerpost serve --http`
///
/// Only a phone that asked before is asked, and only while the same device still answers at its address (the kernel's
/// neighbour table says so). Most phones know two ways: with a restart and without; Grandstream and Fanvil phones
/// restart whatever is asked.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// The phone: its MAC address, else its id in the events
    phone: String,
    /// Ask it to restart for it
    #[arg(long)]
    reboot: bool,
    /// The address that `serve --http` printed, token and all; else that in `FINGERPOST_SERVE`
    #[arg(long, value_name = "URL")]
    serve: Option<Address>,
    /// What happened as JSON on standard output, one event a line
    #[arg(long)]
    json: bool,
}

const EXAMPLES: &str = "\
Examples:
  fingerpost check-sync 000413a1b2c3 --serve 'http://127.0.0.1:8075/#token=…'
  FINGERPOST_SERVE='http://127.0.0.1:8075/#token=…' fingerpost check-sync 000413a1b2c3 --reboot

Exit codes: 0 the phone took it; 2 it cannot be asked, and why; 3 it did not answer, or refused.";

/// The phone has five seconds to answer.
const PATIENCE: Duration = Duration::from_secs(8);
const PAUSE: Duration = Duration::from_millis(100);
const VARIABLE: &str = "FINGERPOST_SERVE";

pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<Exit> {
    let remote = Remote::at(address(arguments)?);
    let phone = id(&arguments.phone);
    let path = format!("phones/{phone}");
    let before = told(&remote, &path).unwrap_or_default().len();
    let order = json!({ "command": "check_sync", "phone": phone, "reboot": arguments.reboot });
    remote.post("command", &order)?;
    let events = outcome(&remote, &path, before)?;
    for event in &events {
        tell(event, arguments.json)?;
    }
    let took =
        events.iter().any(|event| event["status"].as_u64().is_some_and(|status| status < 300));
    Ok(if took { Exit::Fine } else { Exit::Unanswered })
}

fn address(arguments: &Arguments) -> anyhow::Result<Address> {
    if let Some(address) = &arguments.serve {
        return Ok(address.clone());
    }
    let text = std::env::var(VARIABLE);
    let text =
        text.map_err(|_| anyhow::anyhow!("name the running server by --serve or {VARIABLE}"))?;
    text.parse().map_err(|error| anyhow::anyhow!("{VARIABLE}: {error}"))
}

/// A MAC address in any spelling is an id without its separators.
fn id(text: &str) -> String {
    let mac = text.parse::<fingerpost_core::pnp::Mac>();
    mac.map_or_else(|_| text.to_owned(), |mac| mac.to_string())
}

/// What happened to the phone about check-sync so far.
fn told(remote: &Remote, path: &str) -> anyhow::Result<Vec<Value>> {
    let detail = remote.get(path)?;
    let timeline = detail["timeline"].as_array().cloned().unwrap_or_default();
    let is_sync =
        |event: &Value| event["event"].as_str().is_some_and(|name| name.starts_with("check_sync"));
    Ok(timeline.into_iter().filter(is_sync).collect())
}

/// Waits for the phone's answer, or for the server to give it up.
fn outcome(remote: &Remote, path: &str, before: usize) -> anyhow::Result<Vec<Value>> {
    let deadline = Instant::now() + PATIENCE;
    loop {
        let mut events = told(remote, path)?;
        let new = events.split_off(before.min(events.len()));
        let is_over = new.last().is_some_and(|event| event["event"] != "check_sync_sent");
        if is_over || Instant::now() >= deadline {
            return Ok(new);
        }
        thread::sleep(PAUSE);
    }
}

fn tell(event: &Value, is_json: bool) -> anyhow::Result<()> {
    if is_json {
        let mut output = Output::new();
        writeln!(output, "{event}")?;
        return Ok(output.flush()?);
    }
    say(format_args!("{}", words(event)));
    if let Some(remark) = event["remark"].as_str().filter(|_| event["attempt"] == 1) {
        say(format_args!("note: {remark}"));
    }
    Ok(())
}

fn words(event: &Value) -> String {
    match (event["event"].as_str(), event["attempt"].as_u64()) {
        (Some("check_sync_sent"), Some(1)) => {
            format!("sent {}", printable(event["sent"].as_str().unwrap_or_default()))
        }
        (Some("check_sync_sent"), Some(attempt)) => format!("sent again, attempt {attempt}"),
        (Some("check_sync_answered"), _) => format!("the phone answered {}", event["status"]),
        _ => "the phone did not answer".into(),
    }
}
