//! The desktop app: what it needs from Debian, its pages, its build.

use crate::packages::{self, Needed, Part};
use crate::steps::Bench;
use crate::{npm, process, wasm_package};
use anyhow::Result;
use std::path::PathBuf;

pub(crate) const PACKAGE: &str = "fingerpost-desktop";

const NEEDED: [Needed; 3] = [
    Needed { part: Part::Program("cc"), package: "gcc", reason: "links the desktop app" },
    Needed {
        part: Part::Program("pkg-config"),
        package: "pkg-config",
        reason: "finds the libraries of the desktop window",
    },
    Needed {
        part: Part::Library("webkit2gtk-4.1"),
        package: "libwebkit2gtk-4.1-dev",
        reason: "shows the pages in the desktop window",
    },
];

/// Makes the libraries of the window available; `Some(why)` where they stay missing.
pub(crate) fn provide(bench: &Bench) -> Result<Option<String>> {
    let needed = if cfg!(target_os = "linux") { &NEEDED[..] } else { &[] };
    packages::provide(needed, bench.yes)
}

/// Builds the app with its pages; `Err(why)` where that cannot be done here.
pub(crate) fn build(bench: &Bench) -> Result<Result<PathBuf, String>> {
    if let Some(why) = provide(bench)? {
        return Ok(Err(why));
    }
    let missing = wasm_package::build(bench)?;
    let missing = missing.map_or_else(|| npm::provide(bench), |why| Ok(Some(why)))?;
    if let Some(why) = missing {
        return Ok(Err(why));
    }
    compile(bench).map(Ok)
}

/// The pages first: the binary carries them. Everything they need must be there.
pub(crate) fn compile(bench: &Bench) -> Result<PathBuf> {
    process::succeed(&mut npm::script(bench, "build:desktop"))?;
    process::succeed(&mut bench.cargo(&["build", "-p", PACKAGE]))?;
    Ok(bench.target.join("debug").join(PACKAGE))
}
