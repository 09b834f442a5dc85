//! Compares fingerpost-core with other SIP parsers on the same bytes, in one run and one table. Figures are printed,
//! never judged here: a machine has noisy moments.
//!
//! `fingerpost-bench [ROUNDS]` prints the tables; `fingerpost-bench gates` only judges core's instructions and
//! allocations; `fingerpost-bench loop PEER LAYER MESSAGE TIMES` does one thing many times, for callgrind.

use fingerpost_bench::peer::Layer;
use fingerpost_bench::{adversarial, gates, messages, peers, table};
use std::hint::black_box;
use std::process::ExitCode;

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words[..] {
        ["loop", peer, layer, message, times] => repeat(peer, layer, message, times),
        ["gates"] => gates(),
        [rounds] => rounds.parse().map_or(ExitCode::from(2), tables),
        [] => tables(200),
        _ => ExitCode::from(2),
    }
}

/// All tables; fails where a gate on instructions or allocations is passed.
fn tables(rounds: u32) -> ExitCode {
    let rows = table::rows(&peers::all(), &messages::all(), rounds);
    table::print(&rows, rounds);
    let is_linear = adversarial::hold();
    if gates::hold(&rows) && is_linear { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// What must hold whatever the machine and the moment.
fn gates() -> ExitCode {
    let is_linear = adversarial::hold();
    if gates::hold_alone() && is_linear { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn repeat(peer: &str, layer: &str, message: &str, times: &str) -> ExitCode {
    let peers = peers::all();
    let peer = peers.iter().find(|known| known.name() == peer);
    let layer = Layer::ALL.into_iter().find(|known| known.name() == layer);
    let bytes = messages::named(message);
    let (Some(peer), Some(layer), Some(bytes), Ok(times)) = (peer, layer, bytes, times.parse())
    else {
        return ExitCode::from(2);
    };
    for _ in 0..u32::min(times, 1 << 20) {
        black_box(peer.read(layer, black_box(&bytes)));
    }
    ExitCode::SUCCESS
}
