//! Owns the options of the program.

use clap::{Parser, ValueEnum};
use fingerpost_engine::Setup;
use std::net::Ipv4Addr;
use std::path::PathBuf;

const GROUP: Ipv4Addr = Ipv4Addr::new(224, 0, 1, 75);
const PORT: u16 = 5060;

/// A live console: who asks, what phones are told, and the switch to answer them.
///
/// A first start only observes; what is switched on in the window is kept.
#[derive(Debug, Parser)]
#[command(name = "fingerpost-console", version)]
pub(crate) struct Options {
    /// Folder in which mode, URL and cards are kept between two runs; made where it is missing.
    ///
    /// Default: fingerpost in the folder for applications' data, such as ~/.local/share.
    #[arg(long, value_name = "DIR")]
    pub(crate) data: Option<PathBuf>,
    /// Card to listen on, by name or address; may be given more than once. Default: all that suit.
    #[arg(long, value_name = "NAME|ADDR")]
    interface: Vec<String>,
    /// Multicast group that the phones ask.
    #[arg(long, value_name = "ADDR", default_value_t = GROUP, value_parser = multicast_group)]
    group: Ipv4Addr,
    /// Port that the phones ask.
    #[arg(long, default_value_t = PORT, value_parser = clap::value_parser!(u16).range(1..))]
    port: u16,
    /// Light or dark.
    #[arg(long, value_enum, default_value_t = Theme::System)]
    pub(crate) theme: Theme,
}

/// Which colours to wear.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Theme {
    /// As the system says; dark where it says nothing.
    System,
    Light,
    Dark,
}

impl From<Theme> for egui::ThemePreference {
    fn from(theme: Theme) -> Self {
        match theme {
            Theme::System => Self::System,
            Theme::Light => Self::Light,
            Theme::Dark => Self::Dark,
        }
    }
}

impl Options {
    /// What was kept, with what the command line says instead.
    pub(crate) fn overrule(&self, kept: Setup) -> Setup {
        let setup = kept.with_group(self.group, self.port);
        if self.interface.is_empty() { setup } else { setup.on_interfaces(self.interface.clone()) }
    }

    /// The command that simulates a phone which this console hears.
    pub(crate) fn simulation(&self) -> String {
        let mut words = vec!["fingerpost phone".to_owned()];
        words.extend(self.interface.first().map(|card| format!("--interface {card}")));
        words.extend((self.group != GROUP).then(|| format!("--group {}", self.group)));
        words.extend((self.port != PORT).then(|| format!("--port {}", self.port)));
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

    fn parsed(line: &str) -> Options {
        Options::try_parse_from(line.split(' ')).unwrap()
    }

    #[test]
    fn the_simulated_phone_asks_where_the_console_listens() {
        assert_eq!(parsed("console").simulation(), "fingerpost phone");
        assert_eq!(
            parsed("console --interface lo --group 239.255.79.9 --port 37009").simulation(),
            "fingerpost phone --interface lo --group 239.255.79.9 --port 37009"
        );
    }

    #[test]
    fn a_group_is_multicast() {
        assert!(Options::try_parse_from(["console", "--group", "10.0.0.1"]).is_err());
    }
}
