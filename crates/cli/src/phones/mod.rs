//! Owns `fingerpost phones`: the phones that a data folder remembers, listed, exported, and changed by hand. What a
//! change means is the engine's work.

mod table;

use crate::exit::Exit;
use crate::output::{Output, say};
use clap::{Args, Subcommand, ValueEnum};
use fingerpost_core::pnp::Mac;
use fingerpost_engine::{
    Adoption, Archive, ChangeError, Marking, MemoryError, phones_csv, usual_folder,
};
use std::io::Write;
use std::path::PathBuf;

/// List the phones that are remembered, and say which are yours.
///
/// Reads the folder that `fingerpost serve --data` or a window keeps, also while it runs. Changes are made here while
/// nothing runs with the folder, else in its page.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES, args_conflicts_with_subcommands = false)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    action: Option<Action>,
    #[command(flatten)]
    data: Folder,
    /// How to list them: a table for people, JSON for programs, CSV for spreadsheets.
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
}

/// Where phones are remembered.
#[derive(Debug, Args)]
pub(crate) struct Folder {
    /// The data folder. Default: the one of the windows, such as ~/.local/share/fingerpost.
    #[arg(long, value_name = "DIR", global = true)]
    data: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Table,
    Json,
    Csv,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// These phones are ours.
    Adopt(Ids),
    /// Say nothing to these phones, whatever the policy says.
    Ignore(Ids),
    /// These phones are neither ours nor ignored.
    Release(Ids),
    /// Give phones a tag, which `match.tag` of the policy asks for.
    Tag {
        /// The tag.
        tag: String,
        #[command(flatten)]
        ids: Ids,
    },
    /// Take a tag from phones.
    Untag {
        /// The tag.
        tag: String,
        #[command(flatten)]
        ids: Ids,
    },
    /// Call a phone by a name; an empty one takes its name away.
    Name {
        /// The phone: its MAC address, or the id that the list shows.
        #[arg(value_name = "ID", value_parser = id)]
        phone: String,
        /// The name.
        name: String,
    },
    /// Forget phones, with everything that they said. There is no way back.
    Forget(Ids),
}

/// Which phones.
#[derive(Debug, Args)]
struct Ids {
    /// The phones: MAC addresses, or the ids that the list shows.
    #[arg(value_name = "ID", required = true, value_parser = id)]
    phones: Vec<String>,
}

const EXAMPLES: &str = "\
JSON: an array of what `phones` of GET /api/view holds: phone {id, mac, vendor, model, version, address, \
evidence}, source, interface, server, first_asked, last_asked, asked, notified, state, rule, url, dialect, \
reason, name, tags, adoption (new, adopted, ignored), is_remembered, is_simulated, also_at (where else its MAC \
address asked within ten minutes: a double, or a phone that moved). CSV: the same in columns, for spreadsheets.

Examples:
  fingerpost phones --data /var/lib/fingerpost
  fingerpost phones --format csv > phones.csv
  fingerpost phones tag lobby 00:04:13:00:00:01 000413000002 --data /var/lib/fingerpost
  fingerpost phones name 000413000001 'Front desk'";

/// A hardware address in any spelling is the id of the phone that has it.
pub(crate) fn id(text: &str) -> Result<String, String> {
    match (text.parse::<Mac>(), text.trim()) {
        (Ok(mac), _) => Ok(mac.to_string()),
        (Err(_), "") => Err("expected a MAC address, or an id that the list shows".into()),
        (Err(_), id) => Ok(id.into()),
    }
}

pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<Exit> {
    let folder = arguments.data.path()?;
    let done = match &arguments.action {
        None => Archive::open(&folder).and_then(|archive| archive.phones()).map(Some),
        Some(action) => {
            let changed = Archive::open_to_change(&folder).map_err(ChangeError::from);
            match changed.and_then(|mut archive| action.run(&mut archive)) {
                Ok(()) => Ok(None),
                Err(ChangeError::Memory(error)) => Err(error),
                Err(error) => return Err(error.into()),
            }
        }
    };
    match done {
        Ok(Some(phones)) => list(&phones, arguments.format)?,
        Ok(None) => {}
        Err(error) => return unusable(error),
    }
    Ok(Exit::Fine)
}

/// Why a memory cannot be used: because of this machine, or of what is in it.
pub(crate) fn unusable(error: MemoryError) -> anyhow::Result<Exit> {
    if error.is_of_this_machine() {
        say(format_args!("error: {error}"));
        return Ok(Exit::Refused);
    }
    Err(error.into())
}

impl Folder {
    pub(crate) fn path(&self) -> anyhow::Result<PathBuf> {
        let named = self.data.clone().or_else(usual_folder);
        named.ok_or_else(|| anyhow::anyhow!("there is no home folder to look in: give --data DIR"))
    }
}

impl Action {
    fn run(&self, archive: &mut Archive) -> Result<(), ChangeError> {
        match self {
            Self::Adopt(ids) => adoption(archive, ids, Adoption::Adopted),
            Self::Ignore(ids) => adoption(archive, ids, Adoption::Ignored),
            Self::Release(ids) => adoption(archive, ids, Adoption::New),
            Self::Tag { tag, ids } => archive.mark(&ids.phones, &Marking::Tag(tag.clone())),
            Self::Untag { tag, ids } => archive.mark(&ids.phones, &Marking::Untag(tag.clone())),
            Self::Name { phone, name } => {
                let name = Some(name.clone()).filter(|name| !name.is_empty());
                archive.mark(std::slice::from_ref(phone), &Marking::Name(name))
            }
            Self::Forget(ids) => archive.forget(&ids.phones),
        }
    }
}

fn adoption(archive: &mut Archive, ids: &Ids, adoption: Adoption) -> Result<(), ChangeError> {
    archive.mark(&ids.phones, &Marking::Adoption(adoption))
}

fn list(phones: &[fingerpost_engine::PhoneRow], format: Format) -> anyhow::Result<()> {
    let mut output = Output::new();
    match format {
        Format::Table => output.write_all(table::of(phones).as_bytes())?,
        Format::Csv => output.write_all(phones_csv(phones).as_bytes())?,
        Format::Json => {
            serde_json::to_writer_pretty(&mut output, phones)?;
            output.write_all(b"\n")?;
        }
    }
    output.flush()?;
    Ok(())
}
