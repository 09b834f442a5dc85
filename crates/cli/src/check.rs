//! `fingerpost check`: what is wrong with a policy file, or what it holds.

use crate::exit::Exit;
use crate::output::{Output, say};
use crate::policy_file::PolicyFile;
use crate::printable::printable;
use fingerpost_rules::{Mode, Policy, SCHEMA};
use std::io::Write;
use std::path::PathBuf;

/// Checks a policy file
///
/// Every mistake is told with its line and column, and the line itself.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// The policy file, or - for standard input
    #[arg(required_unless_present = "schema")]
    file: Option<PathBuf>,
    /// Prints the policy file's JSON Schema, for editors
    #[arg(long, conflicts_with = "file")]
    schema: bool,
}

const EXAMPLES: &str = "\
Examples:
  fingerpost check fingerpost.toml
  fingerpost check - < fingerpost.toml
  fingerpost check --schema > fingerpost.schema.json

Exit code 0: the file can be used; 1: it has errors; 2: it cannot be read.";

pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<Exit> {
    match &arguments.file {
        Some(file) => check(&PolicyFile::read(file)?),
        None => print_schema(),
    }
}

fn print_schema() -> anyhow::Result<Exit> {
    let mut output = Output::new();
    output.write_all(SCHEMA.as_bytes())?;
    output.flush()?;
    Ok(Exit::Fine)
}

fn check(file: &PolicyFile) -> anyhow::Result<Exit> {
    match Policy::parse(&file.text) {
        Ok(policy) => {
            for warning in policy.warnings() {
                tell(file, (warning.line, warning.column), "warning", &warning.message);
            }
            let mut output = Output::new();
            writeln!(output, "{}", contents(&file.name, &policy))?;
            output.flush()?;
            Ok(Exit::Fine)
        }
        Err(errors) => {
            for error in errors {
                tell(file, (error.line, error.column), "error", &error.message);
            }
            Ok(Exit::Faulty)
        }
    }
}

/// One mistake: its place and what it is, the line, and a caret below.
fn tell(file: &PolicyFile, (line, column): (usize, usize), weight: &str, message: &str) {
    say(format_args!("{}:{line}:{column}: {weight}: {}", file.name, printable(message)));
    let text = file.text.trim_start_matches('\u{feff}').lines().nth(line - 1).unwrap_or_default();
    if !text.trim().is_empty() {
        let number = line.to_string();
        // Escapes would move the caret: what cannot be shown as it is counts as one character.
        let shown = |c: char| {
            if printable(c.encode_utf8(&mut [0; 4])).len() > c.len_utf8() { ' ' } else { c }
        };
        let text: String = text.chars().map(shown).collect();
        say(format_args!("  {number} | {}", text.trim_end()));
        say(format_args!(
            "  {:width$} | {:before$}^",
            "",
            "",
            width = number.len(),
            before = column - 1
        ));
    }
}

fn contents(name: &str, policy: &Policy) -> String {
    let rules = match policy.rules().len() {
        0 => "no rules, so no phone is answered".into(),
        1 => "1 rule".into(),
        many => format!("{many} rules"),
    };
    let mode = match policy.mode() {
        Mode::Answer => "mode answer",
        Mode::Observe => "mode observe: phones are looked at, not answered",
    };
    let interfaces = match policy.interfaces() {
        [] => String::new(),
        names => format!("; interfaces {}", names.join(", ")),
    };
    format!("{name}: {rules}; {mode}{interfaces}")
}
