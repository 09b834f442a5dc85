//! `cargo xtask bench storm`: what the load needs, both programs as they are delivered, and the run itself (`tests/storm`).

use crate::packages::{self, Needed, Part};
use crate::steps::Bench;
use crate::{process, system};
use anyhow::Result;
use std::process::{Command, ExitCode, Stdio};
use std::time::Duration;

const PACKAGE: &str = "fingerpost-storm";

const KAMAILIO: [Needed; 1] = [Needed {
    part: Part::Program("kamailio"),
    package: "kamailio",
    reason: "is the server to compare with",
}];
const SIPP: [Needed; 1] =
    [Needed { part: Part::Program("sipp"), package: "sip-tester", reason: "plays the phones" }];

/// Namespaces whose names go with the run, however it ends.
const PASSING: [&str; 5] = [
    "unshare",
    "-m",
    "sh",
    "-c",
    "mount -t tmpfs fingerpost /run && mkdir /run/netns && exec \"$@\"",
];
/// Far more than a run takes.
const LIMIT: Duration = Duration::from_mins(15);

pub(crate) fn run(bench: &Bench) -> Result<ExitCode> {
    let mut missing = Vec::new();
    for (part, needed) in [("kamailio", &KAMAILIO), ("sipp", &SIPP)] {
        missing.extend(packages::provide(needed, bench.yes)?.map(|why| format!("{part}={why}")));
    }
    let wrapper = match system::namespaces(bench)? {
        Ok(wrapper) => wrapper,
        Err(why) => {
            missing.push(format!("namespaces={why}"));
            &[]
        }
    };
    let wrapper = if wrapper.is_empty() && may_pass() { &PASSING } else { wrapper };
    process::succeed(&mut bench.cargo(&["build", "--release", "-p", "fingerpost", "-p", PACKAGE]))?;
    let release = bench.target.join("release");
    let mut storm = system::wrapped(wrapper, &release.join(PACKAGE).to_string_lossy());
    storm.args(missing).current_dir(&bench.root);
    storm.env("FINGERPOST_BIN", release.join("fingerpost"));
    storm.env("CARGO_MANIFEST_DIR", bench.root.join("tests/storm"));
    let status = process::within(&mut storm, LIMIT)?;
    let is_fine = status.is_some_and(|status| status.success());
    Ok(if is_fine { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Whether this account may keep names of namespaces to itself.
fn may_pass() -> bool {
    let mut trial = Command::new(PASSING[0]);
    trial.args(&PASSING[1..]).args(["fingerpost", "true"]);
    trial.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    trial.status().is_ok_and(|status| status.success())
}
