//! What is asked of fingerpost-core, beside what was measured. Time is only shown; instructions and allocations, which
//! do not depend on the moment, are gates.

use crate::messages::{HTTP as REQUEST, INVITE, SUBSCRIBE};
use crate::peer::Layer;
use crate::peers::{HTTP, OWN, RSIPSTACK, SOFIA};
use crate::table::{Row, find, ratio};

/// Ours over another's.
struct Target {
    ours: (Layer, &'static str),
    other: (&'static str, Layer, &'static str),
    at_most: f64,
}

const TARGETS: [Target; 5] = [
    Target {
        ours: (Layer::Shallow, SUBSCRIBE),
        other: (HTTP, Layer::Shallow, REQUEST),
        at_most: 2.0,
    },
    Target {
        ours: (Layer::Typed, SUBSCRIBE),
        other: (SOFIA, Layer::Typed, SUBSCRIBE),
        at_most: 0.6,
    },
    Target {
        ours: (Layer::Typed, SUBSCRIBE),
        other: (RSIPSTACK, Layer::Typed, SUBSCRIBE),
        at_most: 0.5,
    },
    Target { ours: (Layer::Typed, INVITE), other: (SOFIA, Layer::Typed, INVITE), at_most: 0.6 },
    Target {
        ours: (Layer::Inspect, SUBSCRIBE),
        other: (OWN, Layer::Typed, SUBSCRIBE),
        at_most: 2.0,
    },
];

/// Most instructions and allocations: what was measured when they were written, and a margin of a tenth.
const GATES: [(Layer, &str, u64, u64); 6] = [
    (Layer::Shallow, SUBSCRIBE, 5_600, 0),
    (Layer::Shallow, INVITE, 16_000, 1),
    (Layer::Typed, SUBSCRIBE, 18_200, 0),
    (Layer::Typed, INVITE, 41_000, 1),
    (Layer::Inspect, SUBSCRIBE, 62_000, 10),
    (Layer::Inspect, INVITE, 130_000, 13),
];

/// Prints targets and gates; whether all gates hold.
pub fn hold(rows: &[Row]) -> bool {
    println!("\ntargets, ours over the other's: time, instructions, wanted");
    for target in &TARGETS {
        target.print(rows);
    }
    let broken: Vec<String> = GATES.iter().filter_map(|gate| broken(gate, rows)).collect();
    for line in &broken {
        println!("PASSED A GATE: {line}");
    }
    broken.is_empty()
}

impl Target {
    fn print(&self, rows: &[Row]) {
        let (layer, message) = self.ours;
        let (peer, other_layer, other_message) = self.other;
        let name = format!("{} {message} / {peer} {}", layer.name(), other_layer.name());
        let ours = find(rows, OWN, layer, message);
        let Some((ours, other)) = ours.zip(find(rows, peer, other_layer, other_message)) else {
            println!("{name:52} skipped: {peer} is not here");
            return;
        };
        let time = ours.timed.fastest / other.timed.fastest;
        let instructions = ours.instructions.zip(other.instructions);
        let instructions = instructions
            .map_or("no valgrind".to_owned(), |(ours, other)| format!("{:.2}", ratio(ours, other)));
        println!("{name:52} {time:5.2} {instructions:>6} <= {:.2}", self.at_most);
    }
}

fn broken(gate: &(Layer, &str, u64, u64), rows: &[Row]) -> Option<String> {
    let (layer, message, instructions, allocations) = *gate;
    let row = find(rows, OWN, layer, message)?;
    let is_over = row.allocations > allocations
        || row.instructions.is_some_and(|counted| counted > instructions);
    is_over.then(|| {
        format!(
            "{} {message}: {:?} instructions (at most {instructions}), {} allocations (at most {allocations})",
            layer.name(),
            row.instructions,
            row.allocations
        )
    })
}
