//! Owns `fingerpost replay`: a recorded exchange played again, and what came of it. Playing and comparing are the
//! engine's work.

use crate::exit::Exit;
use crate::input;
use crate::output::Output;
use crate::printable::printable;
use anyhow::Context;
use clap::Args;
use fingerpost_engine::{Difference, Recording, Replay};
use serde_json::json;
use std::io::Write;
use std::path::PathBuf;

/// Play a recorded exchange again, and tell the first difference.
///
/// The recorded datagrams go through the machine that answers phones, at their recorded times, with the recorded decision
/// and random words; nothing is sent. Where every byte is as it was, the exit code is 0; a difference ends with 1.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// A file of `fingerpost export`, as pcapng or JSON; - is standard input.
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// What happened and the difference, as JSON on standard output.
    #[arg(long)]
    json: bool,
}

const EXAMPLES: &str = "\
Examples:
  fingerpost replay phone.pcapng
  fingerpost export --data DIR --phone 000413000001 --format json | fingerpost replay -";

pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<Exit> {
    let file = input::read(&arguments.file)?;
    let name = || input::in_words(&file.name).to_owned();
    let recording = Recording::read(&file.bytes).with_context(name)?;
    let replay = recording.replay().with_context(name)?;
    let mut output = Output::new();
    if arguments.json {
        let identical = replay.difference.is_none();
        let told = json!({
            "identical": identical, "recorded": replay.recorded, "by": recording.by,
            "difference": replay.difference, "played": replay.played,
        });
        serde_json::to_writer(&mut output, &told)?;
        output.write_all(b"\n")?;
    } else {
        output.write_all(told(&recording, &replay).as_bytes())?;
    }
    output.flush()?;
    Ok(if replay.difference.is_none() { Exit::Fine } else { Exit::Faulty })
}

fn told(recording: &Recording, replay: &Replay) -> String {
    let mut lines: Vec<String> = Vec::new();
    lines.push(format!(
        "Exchange {} of {}, recorded by {}.",
        recording.exchange, recording.phone.id, recording.by
    ));
    for one in &replay.played {
        let (seconds, micros) = (one.at / 1_000_000, one.at % 1_000_000);
        lines.push(format!("  +{seconds}.{micros:06} s  {}", one.what));
    }
    lines.push(match &replay.difference {
        None => format!("It replays identically: {} datagrams of ours.", replay.recorded),
        Some(difference) => words(difference),
    });
    let lines: Vec<_> = lines.iter().map(|line| printable(line)).collect();
    lines.join("\n") + "\n"
}

fn words(difference: &Difference) -> String {
    match difference {
        Difference::Message { number, byte, recorded, now } => format!(
            "It does not replay: datagram {number} of ours differs from byte {byte} on: it was {recorded:?}, now it is {now:?}."
        ),
        Difference::Address { number, recorded, now } => {
            format!(
                "It does not replay: datagram {number} of ours went {recorded}, now it goes {now}."
            )
        }
        Difference::Missing { number, recorded } => format!(
            "It does not replay: datagram {number} of ours, {recorded:?}, is not sent any more."
        ),
        Difference::Surplus { number, now } => {
            format!(
                "It does not replay: {now:?} is sent as datagram {number} of ours, and was not."
            )
        }
        Difference::State { recorded, now } => {
            format!("It does not replay: it ended as {recorded:?}, now it ends as {now:?}.")
        }
        other => format!("It does not replay: {other:?}."),
    }
}
