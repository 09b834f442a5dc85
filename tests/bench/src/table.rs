//! The table: every peer, layer and message with time, instructions and allocations, and each beside ours.

use crate::messages::{self, Sample};
use crate::peer::{Layer, Peer};
use crate::peers::{HTTP, OWN};
use crate::timing::{self, Timed, Work};
use crate::{callgrind, counting};
use std::hint::black_box;

/// A peer reading a message to a layer.
#[derive(Debug)]
pub struct Row {
    pub peer: &'static str,
    pub layer: Layer,
    pub message: &'static str,
    pub taken: bool,
    pub timed: Timed,
    pub instructions: Option<u64>,
    pub allocations: u64,
}

/// Measures everything.
pub fn rows(peers: &[Box<dyn Peer>], samples: &[Sample], rounds: u32) -> Vec<Row> {
    samples.iter().flat_map(|sample| sample_rows(peers, sample, rounds)).collect()
}

fn sample_rows(peers: &[Box<dyn Peer>], sample: &Sample, rounds: u32) -> Vec<Row> {
    let pairs = peers.iter().flat_map(|peer| Layer::ALL.map(|layer| (&**peer, layer)));
    let is_http = sample.name == messages::HTTP;
    let pairs: Vec<(&dyn Peer, Layer)> = pairs
        .filter(|(peer, layer)| {
            (peer.name() == HTTP) == is_http && peer.read(*layer, sample.bytes).is_some()
        })
        .collect();
    let works = pairs.iter().map(|(peer, layer)| work(*peer, *layer, sample)).collect();
    let times = timing::interleaved(works, rounds);
    pairs
        .iter()
        .zip(times)
        .map(|((peer, layer), timed)| row(*peer, *layer, sample, timed))
        .collect()
}

fn work<'w>(peer: &'w dyn Peer, layer: Layer, sample: &'w Sample) -> Work<'w> {
    Work::new(move || {
        black_box(peer.read(layer, black_box(sample.bytes)));
    })
}

fn row(peer: &dyn Peer, layer: Layer, sample: &Sample, timed: Timed) -> Row {
    let mut taken = false;
    let allocations =
        counting::allocations(|| taken = peer.read(layer, sample.bytes) == Some(true));
    let instructions = callgrind::instructions(peer.name(), layer.name(), sample.name);
    Row { peer: peer.name(), layer, message: sample.name, taken, timed, instructions, allocations }
}

/// The row of a peer, where it was measured.
pub fn find<'r>(rows: &'r [Row], peer: &str, layer: Layer, message: &str) -> Option<&'r Row> {
    rows.iter().find(|row| row.peer == peer && row.layer == layer && row.message == message)
}

/// Prints all rows. `ours` is how many times our time it takes.
pub fn print(rows: &[Row], rounds: u32) {
    println!(
        "fastest and middle of {rounds} interleaved turns; `ours` and `Ir ours`: as parts of fingerpost-core's"
    );
    println!(
        "{:10} {:8} {:16} {:>9} {:>9} {:>6} {:>9} {:>7} {:>6}  ",
        "message", "layer", "peer", "ns", "middle", "ours", "Ir", "Ir ours", "allocs"
    );
    for row in rows {
        let own = find(rows, OWN, row.layer, row.message);
        let ours = own.map(|own| row.timed.fastest / own.timed.fastest);
        let ours_ir = own.and_then(|own| Some(ratio(row.instructions?, own.instructions?)));
        println!(
            "{:10} {:8} {:16} {:>9.0} {:>9.0} {:>6} {:>9} {:>7} {:>6}  {}",
            row.message,
            row.layer.name(),
            row.peer,
            row.timed.fastest,
            row.timed.median,
            shown(ours),
            row.instructions.map_or("-".to_owned(), |count| count.to_string()),
            shown(ours_ir),
            row.allocations,
            if row.taken { "" } else { "refused it" },
        );
    }
}

fn shown(ratio: Option<f64>) -> String {
    ratio.map_or("-".to_owned(), |ratio| format!("{ratio:.2}"))
}

#[allow(clippy::cast_precision_loss, reason = "counts of instructions are far below 2^52")]
pub fn ratio(part: u64, whole: u64) -> f64 {
    part as f64 / whole as f64
}
