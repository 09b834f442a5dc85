//! Owns `fingerpost rule`: changes a policy file from the command line. What a rule may say is `fingerpost-rules`' work.

use crate::exit::Exit;
use crate::output::{Output, say};
use crate::policy_file::PolicyFile;
use crate::printable::printable;
use anyhow::{Context, anyhow};
use clap::{Args, Subcommand};
use fingerpost_engine::replace_file;
use fingerpost_rules::{Edit, EditError, Place, Policy, edit};
use std::io::Write;
use std::path::PathBuf;

/// Changes a policy file: comments and layout stay, and a file that would have mistakes is not written
///
/// A running `fingerpost serve --config` follows the file within a second. A rule is named by its name or its number,
/// counted from 1; the first that matches decides.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    change: Change,
}

#[derive(Debug, Subcommand)]
enum Change {
    /// Lists the rules with their numbers
    List {
        #[command(flatten)]
        file: File,
    },
    /// Adds a rule, at the end unless told otherwise
    Add {
        /// What stands under its `[[rule]]`, as TOML
        rule: String,
        #[command(flatten)]
        place: To,
        #[command(flatten)]
        file: File,
    },
    /// Puts another rule in the place of one
    Replace {
        /// Which: its name or number
        rule: String,
        /// What stands under the new `[[rule]]`, as TOML
        by: String,
        #[command(flatten)]
        file: File,
    },
    /// Moves a rule, to the end unless told otherwise
    Move {
        /// Which: its name or number
        rule: String,
        #[command(flatten)]
        place: To,
        #[command(flatten)]
        file: File,
    },
    /// Removes a rule, with the comments before it
    Remove {
        /// Which: its name or number
        rule: String,
        #[command(flatten)]
        file: File,
    },
}

#[derive(Debug, Args)]
struct File {
    /// The policy file
    #[arg(long, value_name = "FILE")]
    config: PathBuf,
    /// Prints what the file would be, and writes nothing
    #[arg(long)]
    print: bool,
}

#[derive(Debug, Args)]
#[group(multiple = false)]
struct To {
    /// Before all others
    #[arg(long)]
    first: bool,
    /// Before this one
    #[arg(long, value_name = "RULE")]
    before: Option<String>,
    /// After this one
    #[arg(long, value_name = "RULE")]
    after: Option<String>,
}

const EXAMPLES: &str = "\
Examples:
  fingerpost rule add --config fingerpost.toml --first \\
      'name = \"lobby\"
       match = { tag = \"lobby\" }
       answer = { url = \"http://%{server}/lobby/\" }'
  fingerpost rule move lobby --after 3 --config fingerpost.toml
  fingerpost rule remove lobby --config fingerpost.toml --print

Exit codes: 0 done; 1 the file would have mistakes, and was not written; 2 it cannot be read or written.";

pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<Exit> {
    match &arguments.change {
        Change::List { file } => list(file),
        Change::Add { rule, place, file } => {
            change(file, Edit::AddRule { rule: rule.clone(), at: place.place() })
        }
        Change::Replace { rule, by, file } => {
            change(file, Edit::ReplaceRule { rule: rule.clone(), by: by.clone() })
        }
        Change::Move { rule, place, file } => {
            change(file, Edit::MoveRule { rule: rule.clone(), to: place.place() })
        }
        Change::Remove { rule, file } => change(file, Edit::RemoveRule { rule: rule.clone() }),
    }
}

impl To {
    fn place(&self) -> Place {
        match (&self.before, &self.after) {
            _ if self.first => Place::First,
            (Some(rule), _) => Place::Before(rule.clone()),
            (None, Some(rule)) => Place::After(rule.clone()),
            (None, None) => Place::Last,
        }
    }
}

fn list(file: &File) -> anyhow::Result<Exit> {
    let policy = PolicyFile::read(&file.config)?.policy()?;
    print(&rules(&policy))
}

fn rules(policy: &Policy) -> String {
    policy.rules().iter().enumerate().fold(String::new(), |mut list, (at, rule)| {
        list.extend([&(at + 1).to_string(), "  ", &printable(rule.name()), "\n"]);
        list
    })
}

fn change(file: &File, change: Edit) -> anyhow::Result<Exit> {
    let before = PolicyFile::read(&file.config)?;
    let text = match edit(&before.text, &[change]) {
        Ok(text) => text,
        Err(EditError::Outcome { errors, text }) => {
            say(format_args!("{} would be wrong, and stays as it is:", before.name));
            for error in errors {
                let line = text.lines().nth(error.line.saturating_sub(1)).unwrap_or_default();
                say(format_args!("{}\n    {}", printable(&error.to_string()), printable(line)));
            }
            return Ok(Exit::Faulty);
        }
        Err(error) => return Err(anyhow!("{}: {}", before.name, printable(&error.to_string()))),
    };
    if file.print {
        return print(&text);
    }
    let cannot = || format!("cannot write {}", before.name);
    replace_file(&file.config, &text).with_context(cannot)?;
    let policy = Policy::parse(&text).map_err(|errors| anyhow!("{errors}"))?;
    print(&rules(&policy))
}

fn print(text: &str) -> anyhow::Result<Exit> {
    let mut output = Output::new();
    output.write_all(text.as_bytes())?;
    output.flush()?;
    Ok(Exit::Fine)
}
