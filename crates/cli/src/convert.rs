//! `fingerpost convert` and `fingerpost redact`: messages out of anything that holds SIP, into another form; the second
//! with pseudonyms in place of what says who and where.

use crate::exit::Exit;
use crate::input::{self, Input, in_words};
use crate::output::{Output, say};
use crate::printable::printable;
use anyhow::{Context, bail};
use clap::ValueEnum;
use fingerpost_ladder::{Heard, Ladder, mermaid, svg, text};
use fingerpost_trace::query::{Query, Subject};
use fingerpost_trace::redact::{self, Key, Redacted};
use fingerpost_trace::{Found, Limits, export, open, times};
use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};

/// Converts SIP messages out of captures, logs and dumps into another form
///
/// Reads what `fingerpost inspect` reads. Several files are put one behind the other.
#[derive(Debug, clap::Args)]
#[command(after_help = CONVERT_EXAMPLES)]
pub(crate) struct Convert {
    #[command(flatten)]
    way: Way,
}

/// Replaces what says who and where in SIP messages by pseudonyms
///
/// Numbers, users, names, addresses, hosts, hardware addresses, passwords, digests, keys and tokens in URLs; the same
/// value has the same pseudonym in all the messages, so that they can still be followed, and each message stays as valid
/// as it was. Look through what comes out before you give it away: free text keeps what none of these is.
#[derive(Debug, clap::Args)]
#[command(after_help = REDACT_EXAMPLES)]
pub(crate) struct Redact {
    #[command(flatten)]
    way: Way,
    /// List what would be replaced, and write no message
    #[arg(long, conflicts_with_all = ["to", "output"])]
    preview: bool,
    /// 32 hexadecimal digits: the same key gives the same pseudonyms in another run [default: another key each time]
    #[arg(long, value_name = "HEX", value_parser = key)]
    key: Option<Key>,
}

#[derive(Debug, clap::Args)]
struct Way {
    /// Files to read, or - for standard input (which is read, too, where none is named)
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,
    /// What to write
    #[arg(long, value_enum, default_value = "sip")]
    to: Form,
    /// Only the messages that have this: words, a MAC, or a filter such as 'sip.Method == "NOTIFY" and ip.dst == 10.0.0.7'
    #[arg(long, value_name = "QUERY", value_parser = Query::parse)]
    only: Option<Query>,
    /// Where to write it [default: standard output]
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Form {
    /// Text: the messages byte for byte, each under a line with its time and its ends
    Sip,
    /// Markdown for a ticket: a table, then each message
    Markdown,
    /// A table (RFC 4180)
    Csv,
    /// A capture file for Wireshark
    Pcapng,
    /// A ladder for the terminal: who said what to whom, and what should have come next and did not
    Ladder,
    /// The ladder as a Mermaid sequence diagram
    Mermaid,
    /// The ladder as a picture with real text
    Svg,
}

const CONVERT_EXAMPLES: &str = "\
Examples:
  fingerpost convert /var/log/asterisk/full --to pcapng -o calls.pcapng
  fingerpost convert calls.pcap --to markdown
  fingerpost convert calls.pcap --to ladder --only 00:30:ab:11:22:33
  fingerpost convert calls.pcap.gz --to csv > calls.csv

Exit code 0: converted; 2: an input cannot be read or holds no message.";

const REDACT_EXAMPLES: &str = "\
Examples:
  fingerpost redact calls.pcap --preview
  fingerpost redact calls.pcap --to pcapng -o for-the-vendor.pcapng
  fingerpost redact phone.log --to markdown

Exit code 0: redacted; 2: an input cannot be read or holds no message.";

pub(crate) fn convert(Convert { way }: &Convert) -> anyhow::Result<Exit> {
    let messages = way.messages()?;
    way.write(&messages)?;
    Ok(Exit::Fine)
}

pub(crate) fn redact(arguments: &Redact) -> anyhow::Result<Exit> {
    let messages = arguments.way.messages()?;
    let key = arguments.key.map_or_else(key_of_this_run, Ok)?;
    let (redacted, changes) = redact::redact(&messages, key);
    if arguments.preview {
        preview(&changes)?;
    } else {
        arguments.way.write(&redacted)?;
        let count: usize = changes.iter().map(|message| message.changes.len()).sum();
        say(format_args!("replaced {count} values in {} messages", messages.len()));
    }
    Ok(Exit::Fine)
}

fn key(text: &str) -> Result<Key, String> {
    let pair = |at: usize| text.get(at..at + 2).and_then(|pair| u8::from_str_radix(pair, 16).ok());
    let bytes: Option<Vec<u8>> = (0..text.len()).step_by(2).map(pair).collect();
    let bytes = bytes.and_then(|bytes| <[u8; 16]>::try_from(bytes).ok());
    bytes.map(Key::new).ok_or_else(|| "a key is 32 hexadecimal digits".into())
}

fn key_of_this_run() -> anyhow::Result<Key> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes)
        .context("the system has no random bytes for a key; name one with --key")?;
    Ok(Key::new(bytes))
}

/// `1  67  number  +4930… -> +7422…`: the message, the byte in it, what it is, before and after.
fn preview(messages: &[Redacted]) -> anyhow::Result<()> {
    let mut output = Output::new();
    for (number, message) in (1..).zip(messages) {
        for change in &message.changes {
            let [before, after] = [&change.before, &change.after]
                .map(|bytes| printable(&String::from_utf8_lossy(bytes)).into_owned());
            let (start, kind) = (change.span.start, change.kind.name());
            writeln!(output, "{number}  {start:<5}  {kind:<10}  {before} -> {after}")?;
        }
    }
    output.flush()?;
    Ok(())
}

impl Way {
    fn messages(&self) -> anyhow::Result<Vec<Found>> {
        if self.files.is_empty() && std::io::stdin().is_terminal() {
            bail!("nothing to read: name a FILE, or pipe a trace into the command");
        }
        let standard_input = [PathBuf::from("-")];
        let files = if self.files.is_empty() { &standard_input[..] } else { &self.files };
        let mut messages = Vec::new();
        for file in files {
            messages.extend(read(file)?);
        }
        if let Some(only) = &self.only {
            messages.retain(|found| only.matches(&subject(found)));
            if messages.is_empty() {
                bail!("no message has what --only asks for");
            }
        }
        Ok(messages)
    }

    fn write(&self, messages: &[Found]) -> anyhow::Result<()> {
        let bytes = self.to.bytes(messages);
        match &self.output {
            Some(path) => self.save(path, &bytes),
            None if self.to == Form::Pcapng && std::io::stdout().is_terminal() => {
                bail!("a capture file is nothing for a terminal: name a file with -o")
            }
            None => {
                let mut output = Output::new();
                output.write_all(&bytes)?;
                Ok(output.flush()?)
            }
        }
    }

    /// Writes the file, unless it is one that was read.
    fn save(&self, path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
        let place = path.canonicalize().ok();
        let is_input = |file: &PathBuf| place.is_some() && file.canonicalize().ok() == place;
        if self.files.iter().any(is_input) {
            bail!("{} is read and would be overwritten: name another file with -o", path.display());
        }
        std::fs::write(path, bytes).with_context(|| format!("cannot write {}", path.display()))
    }
}

impl Form {
    fn bytes(self, messages: &[Found]) -> Vec<u8> {
        match self {
            Self::Sip => export::text(messages),
            Self::Markdown => export::markdown(messages).into_bytes(),
            Self::Csv => export::csv(messages).into_bytes(),
            Self::Pcapng => {
                let (file, unwritten) = export::pcapng(messages);
                for missing in unwritten {
                    say(format_args!(
                        "note: message {} is left out: {}",
                        missing.index + 1,
                        missing.error
                    ));
                }
                file
            }
            Self::Ladder => text::draw(&ladder(messages)).into_bytes(),
            Self::Mermaid => mermaid::write(&ladder(messages)).into_bytes(),
            Self::Svg => svg::draw(&ladder(messages)).into_bytes(),
        }
    }
}

fn subject(found: &Found) -> Subject<'_> {
    Subject::of(&found.bytes).between(found.origin.from, found.origin.to)
}

fn ladder(messages: &[Found]) -> Ladder {
    let times = times(messages.iter().map(|found| &found.origin));
    let heard: Vec<Heard<'_>> = messages
        .iter()
        .zip(times)
        .map(|(found, time)| {
            let (source, destination) = (found.origin.from, found.origin.to);
            Heard { bytes: &found.bytes, time, source, destination }
        })
        .collect();
    Ladder::of(&heard)
}

/// The messages of a file, and to people what of it was left out.
fn read(file: &Path) -> anyhow::Result<Vec<Found>> {
    let Input { name, bytes } = input::read(file)?;
    let trace = open(&bytes, Limits::default());
    let name = in_words(&name);
    for note in trace.notes.iter().filter(|note| note.reason.is_loss()) {
        say(format_args!("note: {name}: {} ({} times)", note.reason, note.count));
    }
    if trace.messages.is_empty() {
        bail!("no SIP message in {name}");
    }
    Ok(trace.messages)
}
