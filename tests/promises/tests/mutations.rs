//! Ten thousand messages that are nearly right: valid ones and RFC 4475's (where the environment names them), each with
//! a few bytes changed, put in, left out or doubled, always the same ones.

#![allow(clippy::unwrap_used, reason = "a test stops at the first thing that is not as expected")]

use fingerpost_core::{Entropy, SeededEntropy};
use fingerpost_promises::{any_bytes, any_capture, any_trace, corpus};

const MUTATIONS: usize = 10_000;

/// Bytes that mean something to a grammar, and some that mean nothing to any.
const TELLING: &[u8] = b"\r\n\t :;,=<>\"\\()[]/@%?*.0z\0\x7f\x80\xff";

struct Dice(SeededEntropy);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        let mut bytes = [0; 8];
        self.0.fill(&mut bytes);
        usize::try_from(u64::from_le_bytes(bytes) % limit.max(1) as u64).unwrap()
    }

    fn mutate(&mut self, bytes: &mut Vec<u8>) {
        let at = self.below(bytes.len());
        let byte = TELLING[self.below(TELLING.len())];
        match self.below(5) {
            0 => bytes[at] = byte,
            1 => bytes[at] ^= 1 << self.below(8),
            2 => bytes.insert(at, byte),
            3 => drop(bytes.remove(at)),
            _ => {
                let end = (at + self.below(40)).min(bytes.len());
                let again = bytes[at..end].to_vec();
                bytes.splice(at..at, again);
            }
        }
    }
}

#[test]
fn ten_thousand_mutations_are_read_in_every_way() {
    let mut samples = corpus::messages().unwrap();
    samples.extend(corpus::torture().unwrap());
    let mut dice = Dice(SeededEntropy::new(4475));
    for number in 0..MUTATIONS {
        let (name, bytes) = &samples[number % samples.len()];
        let mut mutated = bytes.clone();
        for _ in 0..=dice.below(4) {
            dice.mutate(&mut mutated);
        }
        let whole = mutated.escape_ascii().to_string();
        let outcome = std::panic::catch_unwind(|| any_bytes(&mutated));
        assert!(outcome.is_ok(), "mutation {number} of {name}: {whole}");
    }
}

#[test]
fn a_trace_with_any_byte_changed_or_cut_off_anywhere_is_read_to_its_end() {
    for (target, promise) in [("any_trace", any_trace as fn(&[u8])), ("any_capture", any_capture)] {
        for (name, bytes) in corpus::fuzzed(target).unwrap() {
            println!("{name}");
            for at in (0..bytes.len()).step_by(bytes.len() / 60 + 1) {
                let mut changed = bytes.clone();
                changed[at] ^= 0xff;
                promise(&changed);
                promise(&bytes[..at]);
            }
        }
    }
}
