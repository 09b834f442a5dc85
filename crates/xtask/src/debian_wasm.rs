//! The browser's target out of Debian's packages, where rustup cannot be reached: its compiler, and a standard library
//! built once from its sources.

use crate::packages::{self, Needed, Part};
use crate::process;
use crate::steps::Bench;
use crate::target::has_core;
use crate::wasm::{TARGET, Toolchain};
use anyhow::{Context, Result};
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const RUSTC: &str = "/usr/bin/rustc";

const NEEDED: [Needed; 3] = [
    Needed {
        part: Part::Program(RUSTC),
        package: "rustc-web",
        reason: "compiles for the browser where rustup cannot fetch that target",
    },
    Needed {
        part: Part::Program("/usr/lib/rustlib/src/rust/library/std/Cargo.toml"),
        package: "rust-web-src",
        reason: "is what the browser's standard library is built from",
    },
    Needed { part: Part::Program("wasm-ld"), package: "lld", reason: "links for the browser" },
];

const SEED: &str = "[package]\nname = \"seed\"\nversion = \"0.0.0\"\nedition = \"2021\"\n\
                    [workspace]\n[profile.release]\npanic = \"abort\"\n";

/// Debian's compiler and a standard library for it; else says why not.
pub(crate) fn provide(bench: &Bench) -> Result<Result<Toolchain, String>> {
    if let Some(why) = packages::provide(&NEEDED, bench.yes)? {
        return Ok(Err(format!("the target {TARGET} is not installed, and {why}")));
    }
    let sysroot = bench.target.join(format!("wasm-sysroot-{}", version()?));
    let libraries = sysroot.join("lib/rustlib").join(TARGET).join("lib");
    if !has_core(&libraries) {
        println!("building the browser's standard library, once, into {}", sysroot.display());
        build(&libraries)?;
    }
    Ok(Ok(toolchain(&sysroot)))
}

/// Ordinary builds from here on: nothing unstable is asked of the compiler.
fn toolchain(sysroot: &Path) -> Toolchain {
    let mut flags = OsString::from("--sysroot ");
    flags.push(sysroot);
    Toolchain {
        environment: vec![
            ("RUSTC", RUSTC.into()),
            ("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", flags),
            ("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", "wasm-ld".into()),
        ],
    }
}

/// `1.96.0`, of `rustc 1.96.0 (…)`.
fn version() -> Result<String> {
    let output = Command::new(RUSTC).arg("--version").output()?;
    let words = String::from_utf8_lossy(&output.stdout).into_owned();
    words.split(' ').nth(1).map(str::to_owned).context("Debian's rustc names no version")
}

/// Builds an empty crate together with the standard library, and keeps the library.
fn build(libraries: &Path) -> Result<()> {
    let workshop = std::env::temp_dir().join(format!("fingerpost-sysroot-{}", std::process::id()));
    fs::create_dir_all(workshop.join("src"))?;
    fs::write(workshop.join("Cargo.toml"), SEED)?;
    fs::write(workshop.join("src/lib.rs"), "")?;
    let mut cargo = process::cargo();
    cargo
        .args(["build", "--release", "--target", TARGET])
        .args(["-Zbuild-std=std,panic_abort,proc_macro", "--target-dir", "t"])
        .env("RUSTC_BOOTSTRAP", "1")
        .env("RUSTC", RUSTC)
        .current_dir(&workshop);
    let built = process::succeed(&mut cargo)
        .and_then(|()| keep(&workshop.join("t").join(TARGET).join("release/deps"), libraries));
    fs::remove_dir_all(&workshop)?;
    built
}

fn keep(built: &Path, libraries: &Path) -> Result<()> {
    fs::create_dir_all(libraries)?;
    let is_library = |path: &PathBuf| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        path.extension().is_some_and(|end| end == "rlib") && !name.starts_with("libseed-")
    };
    let entries = fs::read_dir(built)?.flatten().map(|entry| entry.path());
    for path in entries.filter(is_library) {
        fs::copy(&path, libraries.join(path.file_name().unwrap_or_default()))?;
    }
    Ok(())
}
