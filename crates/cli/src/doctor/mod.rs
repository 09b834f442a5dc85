//! Owns `fingerpost doctor`: the engine's examination of this machine, as words or as JSON, and what its end means.

use crate::exit::Exit;
use crate::network::{duration, multicast_group, runtime};
use crate::output::{Output, say};
use crate::printable::{printable, wrapped};
use clap::Args;
use fingerpost_engine::{Diagnosis, DoctorPlan, Verdict, diagnose};
use std::io::{self, Write};
use std::net::{Ipv4Addr, SocketAddrV4};
use std::time::Duration;

/// Why is it quiet? Examine this machine's cards, joins and ports, and let it hear itself.
///
/// Nothing leaves this machine: the self-test is sent to the group with a TTL of 0. It works beside a running fingerpost
/// serve, which has nothing to answer to it.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES, after_long_help = long_help())]
pub(crate) struct Arguments {
    /// Card to examine, by name or address; may be given more than once. Default: all that suit.
    #[arg(long, value_name = "NAME|ADDR")]
    interface: Vec<String>,
    /// Multicast group that the phones ask.
    #[arg(long, value_name = "ADDR", default_value = "224.0.1.75", value_parser = multicast_group)]
    group: Ipv4Addr,
    /// Port that the phones ask.
    #[arg(long, default_value_t = 5060, value_parser = clap::value_parser!(u16).range(1..))]
    port: u16,
    /// Also listen this long on each card, and count what comes to the group.
    #[arg(long, value_name = "TIME", default_value = "0s", value_parser = duration)]
    listen: Duration,
    /// One object as JSON on standard output.
    #[arg(long)]
    json: bool,
}

const EXAMPLES: &str = "\
Examples:
  fingerpost doctor                         all cards that suit
  fingerpost doctor --interface eth0 --json
  fingerpost doctor --listen 30s            switch a phone on meanwhile: is it heard?

Exit codes: 0 fine; 1 something is broken; 2 wrong usage; 4 this machine refused (no such card,
no right to the port).";

const SHAPES: &str = "\
--json prints one object; null where the system does not tell or nothing could be tried:
  verdict    fine, broken or refused
  summary    the verdict in words
  group      the group and port examined
  cards      each {interface, kind, mac, addresses, up, link, multicast, joined, members, packets,
             answers, open_error, self_test, heard, facts}
               joined     whether the kernel lists our join
               members    sockets of this machine that had joined before
               packets    {received, multicast} since the card was switched on
               answers    for each address {address, port, free, holder}
               self_test  {sent, heard, ms, error}; heard means: joined locally
               heard      datagrams of others that came to the group meanwhile
               facts      all of this in words, each {name, words}
  left_out   each {interface, addresses, reason, words}; reason is loopback, tunnel, down, no_ipv4
             or no_multicast
  holders    programs with a socket on the port: {address, program, pid, user, words}
  problems   the worst first: {severity, kind, interface, words, what, remedy}; severity is error,
             warning or note; words are what happened and the remedy in one
  cannot_see what no examination of one machine finds out, in words

The self-test is a SUBSCRIBE of vendor \"fingerpost\" with the MAC address 00-00-5E-00-53-01, of the
range that RFC 9542 reserves for documentation.";

fn long_help() -> String {
    format!("{EXAMPLES}\n\n{SHAPES}")
}

pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<Exit> {
    let mut plan = DoctorPlan::default();
    plan.interfaces.clone_from(&arguments.interface);
    plan.group = SocketAddrV4::new(arguments.group, arguments.port);
    plan.listen = arguments.listen;
    match runtime()?.block_on(diagnose(&plan)) {
        Ok(diagnosis) => tell(arguments, &diagnosis),
        Err(error) => {
            say(format_args!("error: {error}"));
            Ok(Exit::Refused)
        }
    }
}

fn tell(arguments: &Arguments, diagnosis: &Diagnosis) -> anyhow::Result<Exit> {
    let mut output = Output::new();
    if arguments.json {
        serde_json::to_writer(&mut output, diagnosis)?;
        output.write_all(b"\n")?;
    } else {
        write(&mut output, diagnosis)?;
    }
    output.flush()?;
    Ok(match diagnosis.verdict {
        Verdict::Fine => Exit::Fine,
        Verdict::Refused => Exit::Refused,
        _ => Exit::Faulty,
    })
}

/// A terminal's usual width, less a little.
const WIDTH: usize = 96;

/// What the engine has to say, line by line.
fn write(out: &mut impl Write, diagnosis: &Diagnosis) -> io::Result<()> {
    for (at, section) in diagnosis.sections().iter().enumerate() {
        if at > 0 {
            writeln!(out)?;
        }
        writeln!(out, "{}", printable(&section.title))?;
        for line in &section.lines {
            let mut indent = "  ";
            for part in wrapped(&printable(line), WIDTH) {
                writeln!(out, "{indent}{part}")?;
                indent = "    ";
            }
        }
    }
    Ok(())
}
