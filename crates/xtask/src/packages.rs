//! Programs and libraries that builds and tests need from Debian: finds the missing ones, asks, installs.

use crate::process;
use anyhow::{Result, ensure};
use std::io::Write;
use std::process::{Command, Stdio};

/// A program, the Debian package that holds it, and what it is needed for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Needed {
    /// Its name; of a library that of its pkg-config file, `name.pc`.
    pub(crate) program: &'static str,
    pub(crate) package: &'static str,
    pub(crate) reason: &'static str,
}

/// Makes the needed programs available; `Some(why)` where they stay missing.
pub(crate) fn provide(needed: &[Needed], yes: bool) -> Result<Option<String>> {
    let names = missing(needed);
    if names.is_empty() {
        return Ok(None);
    }
    if let Some(why) = install(&names, yes)? {
        return Ok(Some(why));
    }
    let still = missing(needed);
    ensure!(still.is_empty(), "apt-get installed {}, but it is not there", still.join(" "));
    Ok(None)
}

/// The packages to install, each named aloud.
fn missing(needed: &[Needed]) -> Vec<&'static str> {
    let is_missing = |need: &&Needed| !is_here(need.program);
    let name = |need: &Needed| {
        println!("missing: {} (its {} {})", need.package, need.program, need.reason);
        need.package
    };
    needed.iter().filter(is_missing).map(name).collect()
}

fn is_here(name: &str) -> bool {
    let Some(library) = name.strip_suffix(".pc") else { return process::is_installed(name) };
    let known = Command::new("pkg-config").args(["--exists", library]).status();
    known.is_ok_and(|status| status.success())
}

fn install(names: &[&str], yes: bool) -> Result<Option<String>> {
    let list = names.join(" ");
    let by_hand = format!("run: apt-get install --no-install-recommends {list}");
    if !process::is_installed("apt-get") {
        return Ok(Some(format!("no apt-get here to install {list} with")));
    }
    let Some(authority) = authority()? else {
        return Ok(Some(format!("neither root nor sudo without a password; {by_hand}")));
    };
    if !yes && !is_agreed(&list)? {
        return Ok(Some(format!("not installed; {by_hand}")));
    }
    apt_get(authority, &["update"])?;
    apt_get(authority, &[&["install", "--yes", "--no-install-recommends"], names].concat())?;
    Ok(None)
}

/// The words before `apt-get`: none for root, sudo's where it asks for no password.
fn authority() -> Result<Option<&'static [&'static str]>> {
    if is_root()? {
        return Ok(Some(&[]));
    }
    let sudo = ["sudo", "-n"];
    let may = process::is_installed(sudo[0])
        && quiet(Command::new(sudo[0]).args([sudo[1], "true"])).status()?.success();
    Ok(may.then_some(&["sudo", "-n"]))
}

/// Whether this is the administrator's account.
pub(crate) fn is_root() -> Result<bool> {
    Ok(quiet(Command::new("id").arg("-u")).output()?.stdout.trim_ascii() == b"0")
}

fn quiet(command: &mut Command) -> &mut Command {
    command.stdin(Stdio::null()).stderr(Stdio::null())
}

fn is_agreed(list: &str) -> Result<bool> {
    print!("Install {list} now? [y/N] ");
    std::io::stdout().flush()?;
    let mut answer = String::new();
    std::io::stdin().read_line(&mut answer)?;
    Ok(matches!(answer.trim(), "y" | "Y" | "yes"))
}

/// The variable goes through `env`, because sudo drops the caller's.
fn apt_get(authority: &[&str], arguments: &[&str]) -> Result<()> {
    let call = [authority, &["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q"], arguments];
    let words = call.concat();
    process::succeed(Command::new(words[0]).args(&words[1..]).stdin(Stdio::null()))
}
