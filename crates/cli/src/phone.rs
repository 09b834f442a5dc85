//! Owns `fingerpost phone`: asks as a phone does, or as many do, and prints what came back.

use crate::exit::Exit;
use crate::fetched;
use crate::network::{duration, multicast_group, runtime};
use crate::output::{Output, say};
use clap::Args;
use fingerpost_core::pnp::{Mac, profile, vendor};
use fingerpost_engine::{AskPlan, Fetched, PhoneReport, Responder, ask};
use serde_json::{Value, json};
use std::io::Write;
use std::net::{Ipv4Addr, SocketAddrV4};
use std::time::Duration;

/// Ask for a configuration as a phone does, and print every answer and the URL.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// Whose spelling to ask in: audiocodes, snom, yealink, grandstream, fanvil, planet, gigaset, panasonic; any other
    /// name is put into a generic message. Default: audiocodes.
    #[arg(long)]
    vendor: Option<String>,
    /// Model to claim.
    #[arg(long)]
    model: Option<String>,
    /// Firmware version to claim.
    #[arg(long)]
    version: Option<String>,
    /// Hardware address to claim; with --count the first of them.
    #[arg(long)]
    mac: Option<Mac>,
    /// Card to ask on, by name or address. Default: the first that suits.
    #[arg(long, value_name = "NAME|ADDR")]
    interface: Option<String>,
    /// Multicast group to ask.
    #[arg(long, value_name = "ADDR", default_value = "224.0.1.75", value_parser = multicast_group)]
    group: Ipv4Addr,
    /// Port to ask.
    #[arg(long, default_value_t = 5060, value_parser = clap::value_parser!(u16).range(1..))]
    port: u16,
    /// How long to ask and wait.
    #[arg(long, value_name = "TIME", default_value = "5s", value_parser = duration)]
    wait: Duration,
    /// Be this many phones.
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..=20_000))]
    count: u32,
    /// Time over which they begin to ask.
    #[arg(long, value_name = "TIME", default_value = "0s", value_parser = duration, requires = "count")]
    over: Duration,
    /// Listen until the end and list everyone who answers: address, MAC address, vendor and URL.
    #[arg(long)]
    all: bool,
    /// Follow the URL by HTTP or TFTP as such a phone does, and tell what came: status, size, type and the first bytes.
    ///
    /// At most 16 MiB and 10 s a file; nothing is kept. With --all every URL that came is followed.
    #[arg(long)]
    fetch: bool,
    /// One line a phone and a summary, as JSON on standard output.
    #[arg(long)]
    json: bool,
}

/// Phones without a URL that are named to people.
const SHOWN: usize = 20;

const EXAMPLES: &str = "\
Examples:
  fingerpost phone                               ask as an AudioCodes 440HD
  fingerpost phone --vendor snom --all           who answers here?
  fingerpost phone --fetch                       and does the URL lead to a file?
  fingerpost phone --count 500 --over 3s --json  a building after a power cut";

pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<Exit> {
    if arguments.fetch && arguments.count > 1 {
        anyhow::bail!("--fetch follows the URL of one phone: leave out --count");
    }
    if let Some(name) = arguments.vendor.as_deref().filter(|name| profile::find(name).is_none()) {
        say(format_args!(
            "no spelling is known of {:?}: asking in the generic one",
            vendor::canonical(name)
        ));
    }
    runtime()?.block_on(be(arguments))
}

async fn be(arguments: &Arguments) -> anyhow::Result<Exit> {
    let mut reports = match ask(&plan(arguments)) {
        Ok(reports) => reports,
        Err(fingerpost_engine::AskError::Write(error)) => anyhow::bail!("{error}"),
        Err(error) => {
            say(format_args!("error: {error}"));
            return Ok(Exit::Refused);
        }
    };
    let mut summary = Summary::default();
    let mut output = Output::new();
    let mut has_files = !arguments.fetch;
    while let Some(report) = reports.recv().await {
        summary.add(&report);
        let files = if arguments.fetch { Some(fetched::follow(&report).await) } else { None };
        has_files |= files.iter().flatten().any(|file| file.ok);
        if arguments.json {
            line(&mut output, &done(&report, files.as_deref())?)?;
        } else if arguments.count == 1 {
            tell(&mut output, &report)?;
            fetched::tell(&mut output, files.as_deref().unwrap_or_default())?;
            output.flush()?;
        }
    }
    if arguments.json {
        line(&mut output, &summary.json())?;
    } else if arguments.count > 1 {
        writeln!(output, "{}", summary.words())?;
        output.flush()?;
    }
    Ok(if summary.with_url == summary.phones && has_files { Exit::Fine } else { Exit::Unanswered })
}

fn plan(arguments: &Arguments) -> AskPlan {
    let mut plan = AskPlan::default();
    plan.vendor.clone_from(&arguments.vendor);
    plan.model.clone_from(&arguments.model);
    plan.version.clone_from(&arguments.version);
    plan.mac = arguments.mac;
    plan.interface.clone_from(&arguments.interface);
    plan.group = SocketAddrV4::new(arguments.group, arguments.port);
    plan.wait = arguments.wait;
    plan.hears_all = arguments.all;
    plan.count = arguments.count;
    plan.over = arguments.over;
    plan
}

fn line(output: &mut Output, value: &Value) -> anyhow::Result<()> {
    serde_json::to_writer(&mut *output, value)?;
    output.write_all(b"\n")?;
    Ok(output.flush()?)
}

fn done(report: &PhoneReport, files: Option<&[Fetched]>) -> serde_json::Result<Value> {
    let mut value = serde_json::to_value(report)?;
    value["event"] = json!("done");
    if let Some(files) = files {
        value["fetched"] = serde_json::to_value(files)?;
    }
    Ok(value)
}

/// One phone's answers in words: who said what, and when.
fn tell(output: &mut Output, report: &PhoneReport) -> anyhow::Result<()> {
    for heard in &report.answers {
        let what = match &heard.url {
            Some(url) => format!("NOTIFY  {}", crate::printable::printable(url)),
            None => format!("{}     to the SUBSCRIBE", heard.kind),
        };
        writeln!(output, "{:8.1} ms  {:<21}  {what}", heard.ms, heard.from.to_string())?;
    }
    if let Some(remark) = &report.remark {
        writeln!(output, "note: {remark}")?;
    }
    list(output, report.responders.as_deref().unwrap_or_default())?;
    output.flush()?;
    if report.url.is_none() {
        let times =
            if report.asked == 1 { "once".to_owned() } else { format!("{} times", report.asked) };
        let what = if report.answers.is_empty() { "nobody answered" } else { "no URL came" };
        say(format_args!(
            "{what}: asked {times}. Is a server listening on this network, and does it know this phone?"
        ));
    }
    Ok(())
}

/// Who answers here, one line each.
fn list(output: &mut Output, responders: &[Responder]) -> anyhow::Result<()> {
    let heading = match responders.len() {
        0 => return Ok(()),
        1 => "One responder answers here:".to_owned(),
        count => format!("{count} responders answer here; a phone takes the first URL that comes:"),
    };
    writeln!(output, "{heading}")?;
    for responder in responders {
        let address = responder.address.to_string();
        let mac = responder.mac.map_or_else(|| "MAC unknown".into(), |mac| format!("MAC {mac}"));
        let vendor = responder.vendor.as_deref().unwrap_or("-");
        let url = responder.url.as_deref().unwrap_or("no URL");
        let url = crate::printable::printable(url);
        let program = responder.program.as_ref();
        let program = program.map(|name| format!("  (here: {name})")).unwrap_or_default();
        let program = crate::printable::printable(&program);
        writeln!(output, "  {address:<15}  {mac:<16}  {vendor:<12}  {url}{program}")?;
    }
    Ok(())
}

/// How it went for all of them.
#[derive(Debug, Default)]
struct Summary {
    phones: usize,
    with_url: usize,
    /// Hardware addresses of those that got none.
    without: Vec<String>,
    times: Vec<f64>,
}

impl Summary {
    fn add(&mut self, report: &PhoneReport) {
        self.phones += 1;
        self.with_url += usize::from(report.url.is_some());
        self.times.extend(report.ms_to_url());
        if report.url.is_none() {
            self.without.extend(report.phone.mac.map(|mac| mac.to_string()));
        }
    }

    /// The time below which `per_cent` of the phones had their URL (nearest rank).
    fn percentile(&mut self, per_cent: usize) -> Option<f64> {
        self.times.sort_by(f64::total_cmp);
        let rank = (self.times.len() * per_cent).div_ceil(100).max(1);
        self.times.get(rank - 1).copied()
    }

    fn json(&mut self) -> Value {
        let (median, p99) = (self.percentile(50), self.percentile(99));
        let min = self.times.first().copied();
        json!({
            "event": "summary", "phones": self.phones, "with_url": self.with_url,
            "without_url": self.without,
            "ms": { "min": min, "median": median, "p99": p99 },
        })
    }

    fn words(&mut self) -> String {
        let (median, p99) = (self.percentile(50), self.percentile(99));
        let times = median.zip(p99).map(|(median, p99)| {
            format!("; half of them within {median:.1} ms, 99 % within {p99:.1} ms")
        });
        let without = match self.without.len() {
            0 => String::new(),
            _ => format!("\nno URL: {}", first(&self.without)),
        };
        format!(
            "{} of {} phones have their URL{}{without}",
            self.with_url,
            self.phones,
            times.unwrap_or_default()
        )
    }
}

/// The first few, and how many more.
fn first(names: &[String]) -> String {
    let shown = names.iter().take(SHOWN).map(String::as_str).collect::<Vec<_>>().join(", ");
    match names.len().saturating_sub(SHOWN) {
        0 => shown,
        more => format!("{shown} and {more} more"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_times_that_were_measured() {
        let mut summary = Summary {
            phones: 4,
            with_url: 4,
            without: Vec::new(),
            times: vec![4.0, 1.0, 3.0, 2.0],
        };
        assert_eq!((summary.percentile(50), summary.percentile(99)), (Some(2.0), Some(4.0)));
        assert_eq!(Summary::default().percentile(50), None);
    }
}
