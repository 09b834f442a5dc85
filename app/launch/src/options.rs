//! Owns the options of a window's program, and the engine that they and the data folder ask for.

use crate::failure::Failure;
use clap::{Args, ValueEnum};
use fingerpost_engine::{Settings, Setup, usual_folder};
use std::net::Ipv4Addr;
use std::path::{Path, PathBuf};

const GROUP: Ipv4Addr = Ipv4Addr::new(224, 0, 1, 75);
const PORT: u16 = 5060;

/// What every window of Fingerpost can be told at its start.
#[derive(Debug, Clone, Args)]
pub struct Options {
    /// Folder in which mode, URL, cards, and the phones with what they said are kept; made where it is missing.
    ///
    /// Default: fingerpost in the folder for applications' data, such as ~/.local/share.
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// Card to listen on, by name or address; may be given more than once. Default: all that suit.
    #[arg(long, value_name = "NAME|ADDR")]
    interface: Vec<String>,
    /// Multicast group that the phones ask. Default: what the data folder keeps, else 224.0.1.75.
    #[arg(long, value_name = "ADDR", value_parser = multicast_group)]
    group: Option<Ipv4Addr>,
    /// Port that the phones ask. Default: what the data folder keeps, else 5060.
    #[arg(long, value_parser = clap::value_parser!(u16).range(1..))]
    port: Option<u16>,
    /// Light or dark.
    #[arg(long, value_enum, default_value_t = Theme::System)]
    theme: Theme,
}

/// Which colours to wear.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
#[allow(clippy::exhaustive_enums, reason = "there are no other colours")]
pub enum Theme {
    /// As the system says; dark where it says nothing.
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

impl Options {
    /// The colours that were asked for.
    #[must_use]
    pub const fn theme(&self) -> Theme {
        self.theme
    }

    /// Where settings are kept: the folder that was named, else the usual one.
    ///
    /// # Errors
    /// There is no usual one.
    pub fn folder(&self) -> Result<PathBuf, Failure> {
        let words = "there is no home folder to keep settings in: give --data DIR";
        self.data.clone().or_else(usual_folder).ok_or_else(|| Failure::unusable(&words))
    }

    /// What `folder` kept, with what the command line says instead. Keeping it again shows at once, and not at the first
    /// change, whether the folder can be written.
    ///
    /// # Errors
    /// What is kept cannot be read, or not be kept again.
    pub fn setup(&self, folder: &Path) -> Result<Setup, Failure> {
        Settings::load(folder)?.save(folder)?;
        let setup = Setup::from_folder(folder)?.asked_at(self.group, self.port);
        Ok(if self.interface.is_empty() {
            setup
        } else {
            setup.on_interfaces(self.interface.clone())
        })
    }

    /// The command that simulates a phone which this window hears.
    #[must_use]
    pub fn simulation(&self) -> String {
        let mut words = vec!["fingerpost phone".to_owned()];
        words.extend(self.interface.first().map(|card| format!("--interface {card}")));
        words.extend(
            self.group.filter(|group| *group != GROUP).map(|group| format!("--group {group}")),
        );
        words.extend(self.port.filter(|port| *port != PORT).map(|port| format!("--port {port}")));
        words.join(" ")
    }
}

fn multicast_group(text: &str) -> Result<Ipv4Addr, String> {
    let address: Ipv4Addr = text.parse().map_err(|_| "expected an IPv4 address".to_owned())?;
    if address.is_multicast() {
        Ok(address)
    } else {
        Err("not a multicast group: those are 224.0.0.0 to 239.255.255.255".into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::Parser;

    #[derive(Debug, Parser)]
    struct Program {
        #[command(flatten)]
        options: Options,
    }

    fn parsed(line: &str) -> Result<Options, clap::Error> {
        Program::try_parse_from(line.split(' ')).map(|program| program.options)
    }

    #[test]
    fn the_simulated_phone_asks_where_the_window_listens() {
        assert_eq!(parsed("window").unwrap().simulation(), "fingerpost phone");
        assert_eq!(
            parsed("window --interface lo --group 239.255.79.9 --port 37009").unwrap().simulation(),
            "fingerpost phone --interface lo --group 239.255.79.9 --port 37009"
        );
    }

    #[test]
    fn a_group_is_multicast() {
        assert!(parsed("window --group 10.0.0.1").is_err());
    }

    #[test]
    fn what_cannot_be_kept_is_told_at_the_start() {
        let file = std::env::temp_dir().join(format!("fingerpost-launch-{}", std::process::id()));
        std::fs::write(&file, "").unwrap();
        let options = parsed(&format!("window --data {}", file.display())).unwrap();
        let failure = options.setup(&options.folder().unwrap()).unwrap_err();
        std::fs::remove_file(&file).unwrap();
        assert_eq!(failure.code, 4);
        assert!(failure.words.contains("settings.toml"), "{}", failure.words);
    }
}
