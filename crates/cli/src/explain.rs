//! `fingerpost explain`: which rule of a policy a phone meets, why, and which URL it gets.

use crate::asking::Asking;
use crate::exit::Exit;
use crate::input;
use crate::output::{Output, say};
use crate::policy_file;
use crate::printable::printable;
use clap::ArgGroup;
use fingerpost_core::pnp::{Identity, Mac};
use fingerpost_core::template::Hole;
use fingerpost_engine::Phone;
use fingerpost_rules::{self as rules, Action, Outcome, Policy, Rule};
use serde::Serialize;
use std::io::Write;
use std::net::IpAddr;
use std::path::PathBuf;

/// Tells which rule a phone meets, why, and which URL it gets
///
/// The phone is read from a captured or pasted SUBSCRIBE, or described with --mac, --vendor, --model and --version.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
#[command(group = ArgGroup::new("phone").args(["file", "mac", "vendor", "model", "version"]).required(true).multiple(true))]
pub(crate) struct Arguments {
    /// The policy file
    #[arg(long, value_name = "FILE")]
    config: PathBuf,
    /// A file with the phone's SUBSCRIBE, or - for standard input
    #[arg(value_name = "FILE.sip", conflicts_with_all = ["mac", "vendor", "model", "version"])]
    file: Option<PathBuf>,
    /// The phone's hardware address, as 00908f0a1b2c or 00:90:8f:0a:1b:2c
    #[arg(long)]
    mac: Option<Mac>,
    /// Who made the phone
    #[arg(long)]
    vendor: Option<String>,
    /// The phone's model
    #[arg(long)]
    model: Option<String>,
    /// The phone's firmware version
    #[arg(long)]
    version: Option<String>,
    /// The card on which the phone asks
    #[arg(long, value_name = "NAME")]
    interface: Option<String>,
    /// The phone's address; without it, what the SUBSCRIBE says in Via
    #[arg(long, value_name = "ADDR")]
    source: Option<IpAddr>,
    /// Our address on that card, for %{server}
    #[arg(long, value_name = "ADDR")]
    server: Option<IpAddr>,
    /// A tag that people gave the phone; may be repeated
    #[arg(long = "tag", value_name = "T")]
    tags: Vec<String>,
    /// Prints JSON
    #[arg(long)]
    json: bool,
}

const EXAMPLES: &str = "\
Examples:
  fingerpost explain --config fingerpost.toml captured.sip --server 192.0.2.1
  fingerpost explain --config fingerpost.toml --vendor snom --mac 000413a1b2c3 --tag lobby

A phone that is ignored is an answer too: exit code 0. A policy file with mistakes: 2.";

pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<Exit> {
    let policy = policy_file::load(&arguments.config)?;
    let (phone, address) = arguments.phone()?;
    let asking = rules::Asking {
        phone: &phone,
        interface: arguments.interface.as_deref(),
        source: arguments.source.or(address),
        server: arguments.server,
        tags: &arguments.tags,
    };
    let outcome = policy.decide(&asking);
    let mut output = Output::new();
    if arguments.json {
        write_json(&mut output, &asking, &outcome)?;
    } else {
        write_text(&mut output, &asking, &outcome)?;
    }
    output.flush()?;
    hint(&policy, &outcome, &asking);
    Ok(Exit::Fine)
}

fn write_json(
    output: &mut Output,
    asking: &rules::Asking<'_>,
    outcome: &Outcome,
) -> anyhow::Result<()> {
    let phone = Phone::new(asking.phone, asking.source);
    serde_json::to_writer(&mut *output, &Explained { phone, outcome })?;
    writeln!(output)?;
    Ok(())
}

/// Line by line: what comes from the phone must not add lines or steer the terminal.
fn write_text(
    output: &mut Output,
    asking: &rules::Asking<'_>,
    outcome: &Outcome,
) -> anyhow::Result<()> {
    writeln!(output, "{}", described(asking.phone, asking.source))?;
    for line in outcome.to_string().lines() {
        writeln!(output, "{}", printable(line))?;
    }
    Ok(())
}

/// `{"phone":{…},"decision":"answer",…}`: the outcome, and of whom it speaks.
#[derive(Serialize)]
struct Explained<'a> {
    phone: Phone,
    #[serde(flatten)]
    outcome: &'a Outcome,
}

impl Arguments {
    /// The phone in question and the address it claims.
    fn phone(&self) -> anyhow::Result<(Identity, Option<IpAddr>)> {
        let Some(file) = &self.file else {
            let [vendor, model, version] =
                [&self.vendor, &self.model, &self.version].map(Option::as_deref);
            return Ok((Identity::claimed(self.mac, vendor, model, version), None));
        };
        let asking = Asking::first_in(&input::read(file)?)?;
        Ok((asking.phone, asking.address))
    }
}

fn described(phone: &Identity, source: Option<IpAddr>) -> String {
    let parts = [
        phone.vendor.clone(),
        phone.model.clone(),
        phone.version.as_ref().map(|version| format!("version {version}")),
        phone.mac.map(|mac| format!("MAC {mac}")),
        source.map(|source| format!("at {source}")),
    ];
    let known: Vec<String> = parts.into_iter().flatten().collect();
    let known = if known.is_empty() { "nothing is known".into() } else { known.join(", ") };
    format!("phone: {}", printable(&known))
}

/// Which option would fill the hole for which no URL came out.
fn hint(policy: &Policy, outcome: &Outcome, asking: &rules::Asking<'_>) {
    let met = outcome.considered.last().filter(|rule| rule.matched && outcome.url.is_none());
    let rule = met.and_then(|rule| policy.rules().get(rule.index));
    let Some(Action::Answer { url, .. }) = rule.map(Rule::action) else { return };
    let options = url.holes().filter_map(|hole| match hole {
        Hole::Server if asking.server.is_none() => Some("--server"),
        Hole::Interface if asking.interface.is_none() => Some("--interface"),
        Hole::Source if asking.source.is_none() => Some("--source"),
        _ => None,
    });
    let mut options: Vec<&str> = options.collect();
    options.dedup();
    if !options.is_empty() {
        say(format_args!("hint: give {} to see the URL", options.join(" and ")));
    }
}
