//! Node and npm: makes them and the page's packages available, and runs the page's scripts.

use crate::packages::{self, Needed, Part};
use crate::process;
use crate::steps::Bench;
use anyhow::Result;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::SystemTime;

/// Vite needs it.
const OLDEST_NODE: u32 = 20;

const NODE: Needed = Needed {
    part: Part::Program("node"),
    package: "nodejs",
    reason: "tests the wasm package and builds the page",
};
const NPM: Needed =
    Needed { part: Part::Program("npm"), package: "npm", reason: "fetches what builds the page" };

/// Where the page lives.
pub(crate) fn folder(bench: &Bench) -> PathBuf {
    bench.root.join("web")
}

/// Makes Node available; `Some(why)` where it is not, or too old.
pub(crate) fn provide_node(bench: &Bench) -> Result<Option<String>> {
    if let Some(why) = packages::provide(&[NODE], bench.yes)? {
        return Ok(Some(why));
    }
    let output = Command::new("node").arg("--version").output()?;
    let version = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    let is_old = major(&version).is_none_or(|major| major < OLDEST_NODE);
    Ok(is_old.then(|| format!("node is {version}; the page needs {OLDEST_NODE} or newer")))
}

/// Makes Node, npm and the page's packages available; `Some(why)` where they are not.
pub(crate) fn provide(bench: &Bench) -> Result<Option<String>> {
    if let Some(why) = provide_node(bench)? {
        return Ok(Some(why));
    }
    if let Some(why) = packages::provide(&[NPM], bench.yes)? {
        return Ok(Some(why));
    }
    let folder = folder(bench);
    if !is_fresh(&folder.join("package-lock.json"), &folder.join("node_modules/.package-lock.json"))
    {
        process::succeed(npm(bench).args(["ci", "--no-audit", "--no-fund"]))?;
    }
    Ok(None)
}

/// `npm run SCRIPT` in the page's folder.
pub(crate) fn script(bench: &Bench, name: &str) -> Command {
    let mut command = npm(bench);
    command.args(["run", "--silent", name]);
    command
}

fn npm(bench: &Bench) -> Command {
    let mut command = Command::new("npm");
    command
        .current_dir(folder(bench))
        .stdin(Stdio::null())
        // The browser is Debian's.
        .env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")
        // Counts are read from what is printed.
        .env("NO_COLOR", "1")
        .env_remove("FORCE_COLOR");
    command
}

/// `20`, of `v20.20.2`.
fn major(version: &str) -> Option<u32> {
    version.trim().strip_prefix('v')?.split('.').next()?.parse().ok()
}

/// Whether `made` is there and not older than `from`.
fn is_fresh(from: &Path, made: &Path) -> bool {
    let time = |path: &Path| -> Option<SystemTime> { path.metadata().ok()?.modified().ok() };
    matches!((time(from), time(made)), (Some(from), Some(made)) if made >= from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_version_of_node_is_read() {
        assert_eq!((major("v20.20.2\n"), major("v8"), major("node")), (Some(20), Some(8), None));
    }
}
