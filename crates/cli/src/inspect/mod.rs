//! `fingerpost inspect`: finds the SIP messages in files or a paste, dissects and checks them.

mod examine;
mod paint;
mod text;

use crate::exit::Exit;
use crate::input::{self, Input, in_words};
use crate::output::{Output, is_coloured, say};
use anyhow::bail;
use clap::ValueEnum;
use examine::{Examined, examine};
use fingerpost_core::check::{Policy, Severity};
use fingerpost_report::{Source, json, sarif};
use paint::Paint;
use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};

/// Dissects and checks SIP messages
///
/// Reads anything that holds SIP messages: capture files (pcap, pcapng), logs of Asterisk, FreeSWITCH, Kamailio,
/// OpenSIPS and of phones, what ngrep, sngrep, tcpdump and Wireshark print, hex dumps, escaped strings, a page of a
/// manual with its lines wrapped; each also packed with gzip. What stands between the messages is left out, wrapped
/// lines are joined, and every place is told as it is in the source; when and between whom a message crossed the wire
/// is told where the source tells. Of each message it says what a receiver would do: accept it, answer with a status,
/// or drop it.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// Files to read, or - for standard input (which is read, too, where none is named)
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,
    /// How to print what was found
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
    /// Whose eyes to check with: a strict RFC 3261 parser's, or those of a reader that takes what it can understand
    #[arg(long, value_enum, default_value = "strict")]
    policy: Eyes,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    Text,
    /// One JSON object
    Json,
    /// SARIF 2.1.0, for editors and code scanning
    Sarif,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Eyes {
    Strict,
    Robust,
}

const EXAMPLES: &str = "\
Examples:
  fingerpost inspect captured.sip
  fingerpost inspect trace.pcapng
  journalctl -u asterisk | fingerpost inspect -
  fingerpost inspect - < page.txt
  fingerpost inspect --format json *.sip | jq '.messages[].phone'

Exit code 0: no errors; 1: a message has errors; 2: an input cannot be read or holds no message.";

pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<Exit> {
    let policy = match arguments.policy {
        Eyes::Strict => Policy::Strict,
        Eyes::Robust => Policy::Robust,
    };
    let (inputs, mut exit) = read(&arguments.files)?;
    let examined: Vec<Examined> = inputs.into_iter().map(|input| examine(input, policy)).collect();
    for empty in examined.iter().filter(|examined| examined.messages.is_empty()) {
        exit = exit.max(Exit::Unusable);
        no_message(empty);
    }
    print(arguments.format, &examined)?;
    Ok(exit.max(verdict(&examined)))
}

/// What can be read of `files`; one that cannot is told, and the others are read all the same.
fn read(files: &[PathBuf]) -> anyhow::Result<(Vec<Input>, Exit)> {
    if files.is_empty() && std::io::stdin().is_terminal() {
        bail!("nothing to read: name a FILE, or pipe text into `fingerpost inspect`");
    }
    let standard_input = [PathBuf::from("-")];
    let files = if files.is_empty() { &standard_input[..] } else { files };
    let (read, failed): (Vec<_>, Vec<_>) = files
        .iter()
        .map(PathBuf::as_path)
        .map(input::read as fn(&Path) -> _)
        .partition(Result::is_ok);
    let exit = if failed.is_empty() { Exit::Fine } else { Exit::Unusable };
    for error in failed.into_iter().filter_map(Result::err) {
        say(format_args!("error: {error:#}"));
    }
    Ok((read.into_iter().flatten().collect(), exit))
}

fn no_message(Examined { input, notes, frames, .. }: &Examined) {
    for note in notes {
        say(format_args!("note: {}: {}", in_words(&input.name), note.reason));
    }
    if *frames > 0 {
        let name = in_words(&input.name);
        return say(format_args!(
            "error: no SIP message in {name} ({frames} packets, UDP and TCP on any port looked at); was it encrypted (TLS)?"
        ));
    }
    say(format_args!(
        "error: no SIP message in {} ({} bytes): looked for a first line such as \"SUBSCRIBE sip:… SIP/2.0\" or \
         \"SIP/2.0 200 OK\"",
        in_words(&input.name),
        input.bytes.len()
    ));
}

fn print(format: Format, examined: &[Examined]) -> anyhow::Result<()> {
    let mut output = Output::new();
    match format {
        Format::Text => text::write(&mut output, examined, Paint::new(is_coloured()))?,
        Format::Json => output.write_all(json::write(&sources(examined))?.as_bytes())?,
        Format::Sarif => output.write_all(sarif::write(&sources(examined))?.as_bytes())?,
    }
    output.flush()?;
    Ok(())
}

fn sources(examined: &[Examined]) -> Vec<Source<'_>> {
    examined.iter().map(Examined::source).collect()
}

fn verdict(examined: &[Examined]) -> Exit {
    let mut findings = examined.iter().flat_map(|input| &input.messages).flat_map(|m| &m.findings);
    if findings.any(|finding| finding.severity == Severity::Error) {
        Exit::Faulty
    } else {
        Exit::Fine
    }
}
