//! Counts instructions with valgrind's callgrind: this program again, doing one thing a few times and many times. What
//! the two runs share (starting up) cancels out.

use std::process::{Command, Stdio};

const FEW: u32 = 20;
const MANY: u32 = 120;

/// Instructions of one reading; `None` where there is no valgrind.
pub fn instructions(peer: &str, layer: &str, message: &str) -> Option<u64> {
    let run = |times: u32| collected(&["loop", peer, layer, message, &times.to_string()]);
    Some(run(MANY)?.saturating_sub(run(FEW)?) / u64::from(MANY - FEW))
}

fn collected(words: &[&str]) -> Option<u64> {
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg(std::env::current_exe().ok()?)
        .args(words)
        .stdin(Stdio::null())
        .output()
        .ok()?;
    let report = String::from_utf8_lossy(&output.stderr);
    report.lines().find_map(|line| line.split_once("Collected : ")?.1.trim().parse().ok())
}
