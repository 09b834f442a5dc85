//! The `fingerpost` command. Each sub-command is one module with its `Arguments` and a `run` that ends in an [`Exit`];
//! what is printed goes through [`output`], what is read through [`input`]. No protocol decision is taken here.
#![forbid(unsafe_code)]

mod asking;
mod check;
mod check_sync;
mod compose;
mod convert;
mod diff;
mod doctor;
mod endpoint;
mod exit;
mod explain;
mod export;
mod fetched;
mod http;
mod input;
mod inspect;
mod network;
mod output;
mod phone;
mod phones;
mod policy_file;
mod printable;
mod remote;
mod replay;
mod rule;
mod serve;
mod setting_up;
mod words;

use clap::{Parser, Subcommand};
use exit::Exit;
use std::process::ExitCode;

/// A server under load allocates and frees all the time: a third of its time with the system's allocator.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Points desk phones to their configuration, and shows what they say.
#[derive(Debug, Parser)]
#[command(name = "fingerpost", version, after_help = EXIT_CODES)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

const EXIT_CODES: &str = "\
Exit codes:
  0  fine
  1  the thing examined has errors
  2  wrong usage or unreadable input
  3  nobody answered, or nothing of what was to be fetched came
  4  this machine refused (port held, no permission, no such card, data folder not writable)";

#[derive(Debug, Subcommand)]
enum Command {
    Serve(serve::Arguments),
    Phone(phone::Arguments),
    Phones(phones::Arguments),
    Export(export::Arguments),
    Replay(replay::Arguments),
    Inspect(inspect::Arguments),
    Convert(convert::Convert),
    Redact(convert::Redact),
    Diff(diff::Arguments),
    Compose(compose::Arguments),
    Explain(explain::Arguments),
    Check(check::Arguments),
    Doctor(doctor::Arguments),
    CheckSync(check_sync::Arguments),
    Rule(rule::Arguments),
}

fn main() -> ExitCode {
    let ended = match &Cli::parse().command {
        Command::Serve(arguments) => serve::run(arguments),
        Command::Phone(arguments) => phone::run(arguments),
        Command::Phones(arguments) => phones::run(arguments),
        Command::Export(arguments) => export::run(arguments),
        Command::Replay(arguments) => replay::run(arguments),
        Command::Inspect(arguments) => inspect::run(arguments),
        Command::Convert(arguments) => convert::convert(arguments),
        Command::Redact(arguments) => convert::redact(arguments),
        Command::Diff(arguments) => diff::run(arguments),
        Command::Compose(arguments) => compose::run(arguments),
        Command::Explain(arguments) => explain::run(arguments),
        Command::Check(arguments) => check::run(arguments),
        Command::Doctor(arguments) => doctor::run(arguments),
        Command::CheckSync(arguments) => check_sync::run(arguments),
        Command::Rule(arguments) => rule::run(arguments),
    };
    ended.unwrap_or_else(|error| report(&error)).into()
}

/// Tells why a command could not do its work. Mistakes in a policy file begin with their place.
fn report(error: &anyhow::Error) -> Exit {
    match error.downcast_ref::<policy_file::Mistakes>() {
        Some(mistakes) => output::say(format_args!("{mistakes}")),
        None => output::say(format_args!("error: {error:#}")),
    }
    Exit::Unusable
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_well_defined() {
        Cli::command().debug_assert();
    }
}
