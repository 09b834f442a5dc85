//! `fingerpost diff`: two messages beside each other, as somebody sees them who knows SIP.

use crate::exit::Exit;
use crate::input::{self, in_words};
use crate::output::Output;
use anyhow::{Context, bail};
use clap::ValueEnum;
use fingerpost_core::Span;
use fingerpost_report::comparison;
use fingerpost_trace::diff::{Place, Row, diff};
use fingerpost_trace::{Found, Limits, open};
use serde::Serialize;
use std::io::Write;
use std::path::{Path, PathBuf};

/// Compares two SIP messages
///
/// Headers are compared by name, wherever they stand and however they are folded or shortened. What differs from message
/// to message anyway (branches, tags, Call-IDs, counters, times, digests) is told apart and shown with --all only.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// Where the first message is; anything that `inspect` reads, - for standard input
    left: PathBuf,
    /// Where the second is; without it, the second message of the first file
    right: Option<PathBuf>,
    /// Show all lines, also those that are the same
    #[arg(long)]
    all: bool,
    /// How to print the difference
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    Text,
    /// One JSON object
    Json,
}

const EXAMPLES: &str = "\
Examples:
  fingerpost diff works.sip fails.sip
  fingerpost diff before-the-proxy.pcap behind-the-proxy.pcap --all

Exit code 0: they say the same; 1: they do not; 2: an input cannot be read or holds no message.";

/// Spans are byte offsets into each message.
#[derive(Serialize)]
struct RowView<'a> {
    place: &'static str,
    header: Option<&'a str>,
    difference: &'static str,
    is_moved: bool,
    left: Option<Span>,
    right: Option<Span>,
    parts: &'a [(Span, Span)],
}

#[derive(Serialize)]
struct Report<'a> {
    rows: Vec<RowView<'a>>,
}

pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<Exit> {
    let (left, right) = both(arguments)?;
    let unreadable = "a message is over the limits of a reader";
    let (one, two) = (left.message().context(unreadable)?, right.message().context(unreadable)?);
    let rows = diff(&one, &two);
    let mut output = Output::new();
    match arguments.format {
        Format::Json => json(&mut output, &rows)?,
        Format::Text => {
            output.write_all(comparison::text(&rows, &one, &two, arguments.all).as_bytes())?;
        }
    }
    output.flush()?;
    let differs = rows.iter().any(|row| row.difference.is_real());
    Ok(if differs { Exit::Faulty } else { Exit::Fine })
}

fn both(arguments: &Arguments) -> anyhow::Result<(Found, Found)> {
    let mut left = messages(&arguments.left)?;
    if let Some(right) = &arguments.right {
        return Ok((left.remove(0), messages(right)?.remove(0)));
    }
    if left.len() < 2 {
        let name = arguments.left.display().to_string();
        bail!("one message in {}: name a second file", in_words(&name));
    }
    let second = left.remove(1);
    Ok((left.remove(0), second))
}

fn messages(file: &Path) -> anyhow::Result<Vec<Found>> {
    let input = input::read(file)?;
    let found = open(&input.bytes, Limits::default()).messages;
    if found.is_empty() {
        bail!("no SIP message in {}", in_words(&input.name));
    }
    Ok(found)
}

fn json(output: &mut Output, rows: &[Row]) -> anyhow::Result<()> {
    serde_json::to_writer(&mut *output, &Report { rows: rows.iter().map(view).collect() })?;
    Ok(writeln!(output)?)
}

fn view(row: &Row) -> RowView<'_> {
    let (place, header) = match &row.place {
        Place::Header(name) => ("header", Some(name.as_str())),
        Place::Body => ("body", None),
        _ => ("start-line", None),
    };
    RowView {
        place,
        header,
        difference: row.difference.name(),
        is_moved: row.is_moved,
        left: row.left,
        right: row.right,
        parts: &row.parts,
    }
}
