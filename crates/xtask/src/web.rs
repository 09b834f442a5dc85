//! `cargo xtask web`: builds the public page, says how much it weighs, and serves it on this machine.

use crate::metadata::Metadata;
use crate::sizes::{self, Weighed};
use crate::steps::Bench;
use crate::{npm, process, serve, wasm_package};
use anyhow::{Context, Result, bail};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// What is asked of the build.
#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// Copy the page there as well.
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Build the page as one file, too, which needs no server; --out names it fingerpost.html.
    #[arg(long)]
    single_file: bool,
    /// Serve the page on this machine until Ctrl-C.
    #[arg(long)]
    serve: bool,
    /// Install missing packages without asking.
    #[arg(long)]
    yes: bool,
}

/// The page and what of it is loaded first.
#[derive(Debug)]
pub(crate) struct Page {
    pub(crate) folder: PathBuf,
    pub(crate) files: Vec<Weighed>,
    pub(crate) first_load: Weighed,
}

pub(crate) fn run(options: &Options) -> Result<ExitCode> {
    let metadata = Metadata::read()?;
    let bench = Bench { root: metadata.root()?, target: metadata.target()?, yes: options.yes };
    let missing = wasm_package::build(&bench)?;
    let missing = missing.map_or_else(|| npm::provide(&bench), |why| Ok(Some(why)))?;
    if let Some(why) = missing {
        bail!("the page cannot be built here: {why}");
    }
    let mut page = build(&bench)?;
    // The pages that `fingerpost serve --http` carries, from its next build on.
    process::succeed(&mut npm::script(&bench, "build:app"))?;
    let single = options.single_file.then(|| build_single(&bench)).transpose()?;
    if let Some((_, weighed)) = &single {
        page.files.push(weighed.clone());
    }
    print(&page);
    if let Some(out) = &options.out {
        copy(&page.folder, out)?;
        if let Some((file, _)) = &single {
            fs::copy(file, out.join("fingerpost.html"))?;
        }
        println!("copied to {}", out.display());
    }
    if options.serve {
        serve::forever(&page.folder)?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Builds the page; its packages must be there.
pub(crate) fn build(bench: &Bench) -> Result<Page> {
    process::succeed(&mut npm::script(bench, "build"))?;
    let folder = npm::folder(bench).join("dist");
    let files = sizes::of_folder(&folder)?;
    let index = fs::read_to_string(folder.join("index.html")).context("the build has no page")?;
    let first_load = sizes::sum("first load", &sizes::first_load(&index, &files));
    Ok(Page { folder, files, first_load })
}

/// Builds the page as one file, after the other: where that is, and what it weighs.
pub(crate) fn build_single(bench: &Bench) -> Result<(PathBuf, Weighed)> {
    process::succeed(&mut npm::script(bench, "build:single"))?;
    let folder = npm::folder(bench).join("dist-single");
    let files = sizes::of_folder(&folder)?;
    let file = files.into_iter().find(|file| file.name == "index.html");
    let file = file.context("the build as one file has no page")?;
    Ok((folder.join("index.html"), Weighed { name: "as one file".to_owned(), ..file }))
}

/// A line a file, and what is loaded first.
pub(crate) fn print(page: &Page) {
    let mut lines = page.files.clone();
    lines.push(page.first_load.clone());
    sizes::print(&lines);
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}
