//! `cargo xtask run`: from a clone to a running Fingerpost with its pages.

use crate::metadata::Metadata;
use crate::steps::Bench;
use crate::{npm, process, wasm_package};
use anyhow::{Context, Result};
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitCode, Stdio};

/// What is asked for.
#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// Install missing packages without asking.
    #[arg(long)]
    yes: bool,
    /// Throw-away data, loopback only, answering, with simulated phones: something to see in the first minute.
    #[arg(long)]
    demo: bool,
    /// Handed to `fingerpost serve`.
    #[arg(last = true)]
    args: Vec<String>,
}

/// Where the pages are served.
const PAGES: &str = "127.0.0.1:8075";
/// A group and port of the demonstration's own, so that no real phone hears it and no real server is in its way.
const DEMO: [&str; 6] = ["--interface", "lo", "--group", "239.255.75.1", "--port", "35075"];
const DEMO_URL: &str = "http://%{server}/%{vendor}/%{model}.cfg";
const DEMO_PHONES: [&str; 5] = ["audiocodes", "snom", "yealink", "grandstream", "fanvil"];

pub(crate) fn run(options: &Options) -> Result<ExitCode> {
    let metadata = Metadata::read()?;
    let bench = Bench { root: metadata.root()?, target: metadata.target()?, yes: options.yes };
    eprintln!(
        "The desktop window is not there yet: its pages are served on this machine, http://{PAGES}/."
    );
    build_pages(&bench)?;
    process::succeed(process::cargo().args(["build", "-p", "fingerpost"]))?;
    let binary = bench.target.join("debug/fingerpost");
    eprintln!("Open the address below, token and all, in a browser. Ctrl-C ends it.");
    if options.demo {
        demonstrate(&bench, &binary, &options.args)
    } else {
        serve(&binary, &options.args)
    }
}

/// The pages that the binary carries; without them it says so itself.
pub(crate) fn build_pages(bench: &Bench) -> Result<()> {
    let missing = wasm_package::build(bench)?;
    let missing = missing.map_or_else(|| npm::provide(bench), |why| Ok(Some(why)))?;
    match missing {
        Some(why) => {
            eprintln!("The pages cannot be built here: {why}. Fingerpost runs without them.");
        }
        None => process::succeed(&mut npm::script(bench, "build:app"))?,
    }
    Ok(())
}

fn serve(binary: &Path, arguments: &[String]) -> Result<ExitCode> {
    become_program(Command::new(binary).args(["serve", "--http", PAGES]).args(arguments))
}

/// A server of its own, and phones that ask it one after the other; it runs on until Ctrl-C ends it.
fn demonstrate(bench: &Bench, binary: &Path, arguments: &[String]) -> Result<ExitCode> {
    let data = throw_away_folder(bench)?;
    let mut server = Command::new(binary)
        .args(["serve", "--http", PAGES, "--url", DEMO_URL])
        .args(DEMO)
        .arg("--data")
        .arg(&data)
        .args(arguments)
        .stderr(Stdio::piped())
        .spawn()
        .context("fingerpost does not start")?;
    let words = pass_on_until_listening(&mut server)?;
    for vendor in DEMO_PHONES {
        let asking = ["phone", "--vendor", vendor, "--wait", "3s"];
        process::succeed(Command::new(binary).args(asking).args(DEMO).stdout(Stdio::null()))?;
    }
    words.lines().map_while(Result::ok).for_each(|line| eprintln!("{line}"));
    let status = server.wait()?;
    Ok(status
        .code()
        .and_then(|code| u8::try_from(code).ok())
        .map_or(ExitCode::FAILURE, ExitCode::from))
}

/// Shows what the server says until it says that it listens; the rest is for later.
fn pass_on_until_listening(server: &mut Child) -> Result<BufReader<std::process::ChildStderr>> {
    let stderr = server.stderr.take().context("fingerpost has no standard error")?;
    let mut words = BufReader::new(stderr);
    let mut line = String::new();
    while !line.contains("listening on") {
        line.clear();
        if words.read_line(&mut line)? == 0 {
            anyhow::bail!("fingerpost ended before it listened");
        }
        eprint!("{line}");
    }
    Ok(words)
}

/// An empty folder among what the build throws away, too.
fn throw_away_folder(bench: &Bench) -> Result<PathBuf> {
    let folder = bench.target.join("demo");
    if folder.exists() {
        std::fs::remove_dir_all(&folder)?;
    }
    Ok(folder)
}

/// Takes this process over, so that signals and the exit code are the program's own.
#[cfg(unix)]
fn become_program(command: &mut Command) -> Result<ExitCode> {
    use std::os::unix::process::CommandExt;
    Err(command.exec().into())
}

#[cfg(not(unix))]
fn become_program(command: &mut Command) -> Result<ExitCode> {
    let code = command.status()?.code().and_then(|code| u8::try_from(code).ok());
    Ok(code.map_or(ExitCode::FAILURE, ExitCode::from))
}
