//! `cargo xtask package`: the Debian package with the desktop app, the console and the command.

use crate::metadata::Metadata;
use crate::packages::{self, Needed, Part};
use crate::steps::{Bench, Report};
use crate::tally::Tally;
use crate::{desktop, npm, package_deb, package_tree, package_try, process, wasm_package};
use anyhow::{Result, bail, ensure};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// What is asked for.
#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// Install missing packages without asking.
    #[arg(long)]
    yes: bool,
    /// Install it in a clean root, open the window there, take a picture, uninstall it (root; fetches a small Debian).
    #[arg(long = "try")]
    try_it: bool,
    /// Of the programs that `cargo xtask test` or `run` built: quickly made, large and slow.
    #[arg(long)]
    dev: bool,
}

const NEEDED: [Needed; 3] = [
    Needed { part: Part::Program("dpkg-deb"), package: "dpkg", reason: "writes the package" },
    Needed {
        part: Part::Program("dpkg-shlibdeps"),
        package: "dpkg-dev",
        reason: "finds out what the programs depend on",
    },
    Needed {
        part: Part::Program("desktop-file-validate"),
        package: "desktop-file-utils",
        reason: "checks the entries of the desktop's menu",
    },
];

pub(crate) fn run(options: &Options) -> Result<ExitCode> {
    let metadata = Metadata::read()?;
    let bench = Bench { root: metadata.root()?, target: metadata.target()?, yes: options.yes };
    if let Some(why) = obstacle(&bench)? {
        bail!("the package cannot be made here: {why}");
    }
    if options.try_it
        && let Some(why) = package_try::obstacle(&bench)?
    {
        bail!("the package cannot be tried here: {why}");
    }
    let deb = if options.dev { of_development(&bench)? } else { of_release(&bench)? };
    let wrong = package_deb::mistakes(&deb)?;
    ensure!(wrong.is_empty(), "{}", wrong.join("\n"));
    let size = std::fs::metadata(&deb)?.len();
    println!("{}: {}.{} MB", deb.display(), size / 1_000_000, size / 100_000 % 10);
    if options.try_it {
        package_try::run(&bench, &deb)?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Makes the package of the programs that the other steps built, and looks into it.
pub(crate) fn step(bench: &Bench) -> Result<Report> {
    if let Some(why) = obstacle(bench)? {
        return Ok(Report::skipped(why));
    }
    if !bench.target.join("debug").join(desktop::PACKAGE).is_file() {
        return Ok(Report::skipped("the desktop app is not built".to_owned()));
    }
    let wrong = package_deb::mistakes(&of_development(bench)?)?;
    for mistake in &wrong {
        println!("{mistake}");
    }
    Ok(if wrong.is_empty() { Tally::PASSED } else { Tally::FAILED }.into())
}

fn obstacle(bench: &Bench) -> Result<Option<String>> {
    if !cfg!(target_os = "linux") {
        return Ok(Some("it is Debian's kind of package".to_owned()));
    }
    packages::provide(&NEEDED, bench.yes)
}

/// The desktop app is taken as it was built last.
fn of_development(bench: &Bench) -> Result<PathBuf> {
    process::succeed(&mut bench.cargo(&["build", "-p", "fingerpost", "-p", "fingerpost-console"]))?;
    make(bench, &bench.target.join("debug"), &bench.target.join("package/debug"))
}

/// As people get it: the programs are built for that, with the pages inside.
fn of_release(bench: &Bench) -> Result<PathBuf> {
    if let Some(why) = desktop::provide(bench)? {
        bail!("the desktop app cannot be built here: {why}");
    }
    let missing = wasm_package::build(bench)?;
    let missing = missing.map_or_else(|| npm::provide(bench), |why| Ok(Some(why)))?;
    if let Some(why) = missing {
        bail!("the pages cannot be built here: {why}");
    }
    for pages in ["build:app", "build:desktop"] {
        process::succeed(&mut npm::script(bench, pages))?;
    }
    let mut cargo = bench.cargo(&["build", "--release"]);
    for program in package_tree::PROGRAMS {
        cargo.args(["-p", program]);
    }
    process::succeed(&mut cargo)?;
    make(bench, &bench.target.join("release"), &bench.target.join("package"))
}

/// Lays everything out in a folder below `place`, and packs it.
fn make(bench: &Bench, built: &Path, place: &Path) -> Result<PathBuf> {
    let root = place.join("root");
    package_tree::lay_out(bench, built, &root)?;
    package_deb::pack(&root, place)
}
