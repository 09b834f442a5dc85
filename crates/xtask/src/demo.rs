//! `cargo xtask run --demo`: throw-away data on loopback, an answering Fingerpost, and phones that ask it.

use crate::process;
use crate::steps::Bench;
use anyhow::{Result, bail};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A group and port of the demonstration's own, so that no real phone hears it and no real server is in its way.
pub(crate) const NETWORK: [&str; 6] =
    ["--interface", "lo", "--group", "239.255.75.1", "--port", "35075"];
const PHONES: [&str; 5] = ["audiocodes", "snom", "yealink", "grandstream", "fanvil"];
const SETTINGS: &str = "mode = \"answer\"\nurl = \"http://%{server}/%{vendor}/%{model}.cfg\"\n";
/// A window takes a while to open on a slow machine; each try waits for three seconds.
const TRIES: usize = 20;

/// A folder among what the build throws away, with the settings of somebody who answers.
pub(crate) fn folder(bench: &Bench) -> Result<PathBuf> {
    let folder = bench.target.join("demo");
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    fs::create_dir_all(&folder)?;
    fs::write(folder.join("settings.toml"), SETTINGS)?;
    Ok(folder)
}

/// Lets the phones ask, one after the other; the first asks until it is answered.
pub(crate) fn let_phones_ask(fingerpost: &Path) -> Result<()> {
    let [first, others @ ..] = PHONES;
    let mut tries = std::iter::repeat_with(|| asks(fingerpost, first)).take(TRIES);
    if !tries.any(|answered| answered.is_ok_and(|answered| answered)) {
        bail!("nobody answered the simulated phones");
    }
    for vendor in others {
        asks(fingerpost, vendor)?;
    }
    Ok(())
}

/// Whether it got its URL.
fn asks(fingerpost: &Path, vendor: &str) -> Result<bool> {
    let mut phone = Command::new(fingerpost);
    phone.args(["phone", "--vendor", vendor, "--wait", "3s"]).args(NETWORK);
    phone.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    Ok(process::status(&mut phone)?.success())
}
