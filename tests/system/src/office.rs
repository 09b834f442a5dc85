//! The usual stage: one LAN with a server's machine and a phone's machine on it.

use crate::lab::{Host, Lab, Lan};
use crate::phone::Phone;
use crate::program::{Finished, run};
use crate::serve::{self, Serve};
use crate::wire::Wire;
use anyhow::{Context, Result};
use fingerpost_testkit::Link;
use std::path::PathBuf;
use std::time::Duration;

/// The server's address.
pub const SERVER: &str = "10.13.4.121";

/// The phone's address: that of the manual's messages.
pub const PHONE: &str = "10.13.2.37";

/// One LAN, 10.13.0.0/16, and two machines with a card `eth0` each. Fields are dropped in order: the lab comes last.
#[derive(Debug)]
pub struct Office {
    /// Where `fingerpost serve` runs.
    pub server: Host,
    /// Where phones are.
    pub desk: Host,
    /// The phones' cable, where it is a bad one.
    pub wire: Option<Wire>,
    /// What connects them.
    pub lan: Lan,
    /// Where more machines can be put.
    pub lab: Lab,
}

impl Office {
    /// Sets it up.
    pub fn open() -> Result<Self> {
        let mut office = Self::without_cable()?;
        office.lab.plug(&office.desk, "eth0", &office.lan, &format!("{PHONE}/16"))?;
        Ok(office)
    }

    /// The same, with a bad cable to the phone's machine.
    pub fn with_bad_cable(link: Link) -> Result<Self> {
        let mut office = Self::without_cable()?;
        let address = format!("{PHONE}/16");
        office.wire =
            Some(office.lab.plug_badly(&office.desk, "eth0", &office.lan, &address, link)?);
        Ok(office)
    }

    fn without_cable() -> Result<Self> {
        let mut lab = Lab::open()?;
        let lan = lab.lan()?;
        let (server, desk) = (lab.host("server")?, lab.host("desk")?);
        lab.plug(&server, "eth0", &lan, &format!("{SERVER}/16"))?;
        Ok(Self { server, desk, wire: None, lan, lab })
    }

    /// The phone of the manual.
    pub fn phone(&self) -> Result<Phone> {
        Phone::at(&self.desk, &format!("{PHONE}:5060"))
    }

    /// `fingerpost serve` on the server's one card.
    pub fn serve(&self, arguments: &[&str]) -> Result<Serve> {
        Serve::start(&self.server, self.lab.folder(), 1, arguments)
    }

    /// `fingerpost serve` that answers everybody here in a dialect.
    pub fn serve_in_dialect(&self, dialect: &str) -> Result<Serve> {
        let policy = self.policy(dialect)?;
        self.serve(&["--config", policy.to_str().context("the folder's name is no text")?])
    }

    /// `fingerpost …` on the phone's machine, to its end.
    pub fn run_at_desk(&self, arguments: &[&str], limit: Duration) -> Result<Finished> {
        run(serve::command(&self.desk, self.lab.folder())?.args(arguments), limit)
    }

    fn policy(&self, dialect: &str) -> Result<PathBuf> {
        let path = self.lab.folder().join("fingerpost.toml");
        let text = format!(
            r#"version = 1
mode = "answer"

[[rule]]
name = "everybody here"
match = {{ source = "10.13.0.0/16" }}
answer = {{ url = "tftp://%{{server}}", dialect = "{dialect}" }}
"#
        );
        std::fs::write(&path, text)?;
        Ok(path)
    }
}
