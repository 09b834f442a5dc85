//! Owns `fingerpost export`: one exchange of a remembered phone as a file, for Wireshark, for people, or to be replayed.

use crate::exit::Exit;
use crate::output::Output;
use crate::phones::{Folder, id, unusable};
use anyhow::Context;
use clap::{Args, ValueEnum};
use fingerpost_engine::{Archive, Recording};
use std::io::Write;
use std::path::PathBuf;

/// Write an exchange of a phone into a file: the messages as they came and went, with their times.
///
/// A pcapng file opens in Wireshark. In the comment of its first packet, and in the JSON, stands all that is needed to
/// play the exchange again (`fingerpost replay`): the decision, our address, the random words that were drawn.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    #[command(flatten)]
    data: Folder,
    /// The phone: its MAC address, or the id that `fingerpost phones` shows.
    #[arg(long, value_name = "ID|MAC", value_parser = id)]
    phone: String,
    /// Which exchange: 1 is the latest, 2 the one before, and so on.
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..))]
    exchange: u32,
    /// As what: a capture, the messages as text, or JSON.
    #[arg(long, value_enum, default_value_t = Format::Pcapng)]
    format: Format,
    /// The file to write; - is standard output.
    #[arg(short, long, value_name = "FILE", default_value = "-")]
    output: PathBuf,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Pcapng,
    Sip,
    Json,
}

const EXAMPLES: &str = "\
Examples:
  fingerpost export --data DIR --phone 00:04:13:00:00:01 -o phone.pcapng
  fingerpost export --data DIR --phone 000413000001 --exchange 2 --format sip | fingerpost inspect -
  fingerpost replay phone.pcapng";

pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<Exit> {
    let folder = arguments.data.path()?;
    let read = Archive::open(&folder)
        .and_then(|archive| archive.recording(&arguments.phone, arguments.exchange));
    let recording = match read {
        Ok(recording) => recording,
        Err(error) => return unusable(error),
    };
    let (phone, number) = (&arguments.phone, arguments.exchange);
    let recording = recording.with_context(|| {
        format!("{phone:?} has no exchange {number} that can be exported; `fingerpost phones` lists the phones")
    })?;
    write(&arguments.output, &content(&recording, arguments.format)?)?;
    Ok(Exit::Fine)
}

fn content(recording: &Recording, format: Format) -> anyhow::Result<Vec<u8>> {
    Ok(match format {
        Format::Pcapng => recording.to_pcapng().context("--format json has room for it")?,
        Format::Sip => recording.to_text(),
        Format::Json => serde_json::to_vec_pretty(recording)?,
    })
}

fn write(path: &PathBuf, content: &[u8]) -> anyhow::Result<()> {
    if path.as_os_str() == "-" {
        let mut output = Output::new();
        output.write_all(content)?;
        output.flush()?;
        return Ok(());
    }
    std::fs::write(path, content).with_context(|| format!("{} cannot be written", path.display()))
}
