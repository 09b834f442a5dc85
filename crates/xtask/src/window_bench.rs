//! `cargo xtask bench window`: the program as it is delivered, with its pages, in a network namespace of its own; and the
//! run itself (`web/bench/storm.mjs`), which watches a page while thousands of phones ask.

use crate::packages::{self, Needed, Part};
use crate::steps::Bench;
use crate::{npm, process, wasm_package};
use anyhow::Result;
use std::process::{Command, ExitCode, Stdio};
use std::time::Duration;

const NEEDED: [Needed; 2] = [
    Needed {
        part: Part::Program("chromium"),
        package: "chromium",
        reason: "is the browser whose pages are watched",
    },
    Needed {
        part: Part::Program("ip"),
        package: "iproute2",
        reason: "gives the phones a network of their own",
    },
];

/// A network namespace with nothing in it but a loopback card that has a way to every group.
const APART: [&str; 5] = [
    "unshare",
    "-Urn",
    "sh",
    "-c",
    "ip link set lo up && ip route add 224.0.0.0/4 dev lo && exec \"$@\"",
];
/// Far more than a run takes.
const LIMIT: Duration = Duration::from_mins(10);

pub(crate) fn run(bench: &Bench) -> Result<ExitCode> {
    if let Some(why) = obstacle(bench)? {
        println!("skipped: {why}");
        return Ok(ExitCode::FAILURE);
    }
    process::succeed(&mut npm::script(bench, "build:app"))?;
    // The binary carries the pages: it is built after them.
    process::succeed(&mut bench.cargo(&["build", "--release", "-p", "fingerpost"]))?;
    let mut storm = apart(&["node", "bench/storm.mjs"]);
    storm.current_dir(npm::folder(bench)).stdin(Stdio::null());
    storm.env("FINGERPOST_BIN", bench.target.join("release/fingerpost"));
    let status = process::within(&mut storm, LIMIT)?;
    let is_fine = status.is_some_and(|status| status.success());
    Ok(if is_fine { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn obstacle(bench: &Bench) -> Result<Option<String>> {
    if let Some(why) = packages::provide(&NEEDED, bench.yes)? {
        return Ok(Some(why));
    }
    if !wasm_package::web_folder(bench).is_dir() {
        return Ok(Some("the wasm package is not built: `cargo xtask web` builds it".to_owned()));
    }
    if let Some(why) = npm::provide(bench)? {
        return Ok(Some(why));
    }
    let is_allowed = apart(&["true"]).stdin(Stdio::null()).status()?.success();
    Ok((!is_allowed)
        .then(|| "network namespaces (`unshare -Urn`) are not permitted here".to_owned()))
}

/// The words in a network of their own.
fn apart(words: &[&str]) -> Command {
    let mut command = Command::new(APART[0]);
    // `sh -c SCRIPT NAME ARGUMENT…`: the first word after the script is its name.
    command.args(&APART[1..]).arg("fingerpost").args(words);
    command
}
