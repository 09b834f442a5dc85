//! `cargo xtask bench storm`: Fingerpost under load, at a town's power cut, on bad networks and among garbage, as a table.
//! Prints figures beside what is wanted; judges none. Everything stays on loopback, or in namespaces made here.

#![allow(clippy::print_stdout, reason = "a table is for the person who runs it")]

#[cfg(target_os = "linux")]
mod building;
#[cfg(target_os = "linux")]
mod cores;
#[cfg(target_os = "linux")]
mod floor;
#[cfg(target_os = "linux")]
mod folder;
#[cfg(target_os = "linux")]
mod garbage;
#[cfg(target_os = "linux")]
mod load;
mod search;
#[cfg(target_os = "linux")]
mod server;
mod simulated;
#[cfg(target_os = "linux")]
mod sipp;
mod table;
#[cfg(target_os = "linux")]
mod throughput;

use std::process::ExitCode;

#[cfg(target_os = "linux")]
fn main() -> ExitCode {
    use table::Row;
    let words: Vec<String> = std::env::args().skip(1).collect();
    if let Some(outcome) = side_of_the_floor(&words) {
        return if outcome.is_ok() { ExitCode::SUCCESS } else { ExitCode::FAILURE };
    }
    let lacks = |part: &str| {
        let why = words.iter().find_map(|word| word.strip_prefix(part)?.strip_prefix('='));
        why.map(str::to_owned)
    };
    load::allow_many_files();
    println!("load average at the beginning: {}", load::average());
    let mut rows: Vec<Row> = throughput::rows(lacks("kamailio"), lacks("sipp"));
    if let Some(why) = lacks("namespaces") {
        rows.push(Row::skipped("phones in a namespace, garbage", &why));
        rows.extend(simulated::rows(&why));
    } else {
        rows.extend(building::rows());
        rows.extend(garbage::rows());
    }
    table::print(&rows);
    println!("load average at the end: {}", load::average());
    ExitCode::SUCCESS
}

/// Where this program was started as one side of the floor.
#[cfg(target_os = "linux")]
fn side_of_the_floor(words: &[String]) -> Option<anyhow::Result<()>> {
    match words {
        [side] if side == floor::ECHO => Some(floor::echo()),
        [side, server] if side == floor::ASK => Some(floor::ask(server)),
        _ => None,
    }
}

#[cfg(not(target_os = "linux"))]
fn main() -> ExitCode {
    table::print(&simulated::rows("network namespaces and SIPp's packages are Linux's"));
    ExitCode::SUCCESS
}
