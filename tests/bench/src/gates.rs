//! What is asked of fingerpost-core, beside what was measured. Time is only shown; instructions and allocations, which
//! do not depend on the moment, are gates.

use crate::messages::{self, HTTP as REQUEST, INVITE, SUBSCRIBE};
use crate::peer::{Layer, Peer};
use crate::peers::core::Core;
use crate::peers::{HTTP, OWN, RSIPSTACK, SOFIA};
use crate::table::{Row, find, ratio};
use crate::{callgrind, counting};
use std::hint::black_box;

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
    (Layer::Shallow, SUBSCRIBE, 5_800, 0),
    (Layer::Shallow, INVITE, 16_700, 1),
    (Layer::Typed, SUBSCRIBE, 19_000, 0),
    (Layer::Typed, INVITE, 48_000, 1),
    (Layer::Inspect, SUBSCRIBE, 38_000, 10),
    (Layer::Inspect, INVITE, 123_600, 9),
];

/// Counts only what the gates ask for; whether they hold.
pub fn hold_alone() -> bool {
    println!("\ncore alone: instructions and allocations, and how many at most");
    let held = GATES.iter().map(|gate| {
        let (layer, message, most_instructions, most_allocations) = *gate;
        let instructions = callgrind::instructions(OWN, layer.name(), message);
        let bytes = messages::named(message).unwrap_or_default();
        let allocations = counting::allocations(|| {
            black_box(Core.read(layer, &bytes));
        });
        let counted = instructions.map_or("no valgrind".to_owned(), |count| count.to_string());
        let name = layer.name();
        println!(
            "{name:8} {message:10} {counted:>11} <= {most_instructions:<7} {allocations:>3} <= {most_allocations}"
        );
        !is_over(gate, instructions, allocations)
    });
    let held: Vec<bool> = held.collect();
    held.iter().all(|held| *held)
}

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

fn is_over(gate: &(Layer, &str, u64, u64), instructions: Option<u64>, allocations: u64) -> bool {
    let (_, _, most_instructions, most_allocations) = *gate;
    allocations > most_allocations || instructions.is_some_and(|count| count > most_instructions)
}

fn broken(gate: &(Layer, &str, u64, u64), rows: &[Row]) -> Option<String> {
    let (layer, message, instructions, allocations) = *gate;
    let row = find(rows, OWN, layer, message)?;
    is_over(gate, row.instructions, row.allocations).then(|| {
        format!(
            "{} {message}: {:?} instructions (at most {instructions}), {} allocations (at most {allocations})",
            layer.name(),
            row.instructions,
            row.allocations
        )
    })
}
