//! Owns values that are made up anew: branches, tags, Call-IDs, sequence numbers.

use fingerpost_core::{Entropy, SeededEntropy};
use std::fmt::Write;

/// `bytes` bytes of `entropy` as hex digits.
pub(crate) fn hex(entropy: &mut dyn Entropy, bytes: usize) -> String {
    let mut buffer = vec![0; bytes];
    entropy.fill(&mut buffer);
    buffer.iter().fold(String::new(), |mut word, byte| {
        // Writing to a String does not fail.
        let _ = write!(word, "{byte:02x}");
        word
    })
}

/// Another value for the role (`branch`, `tag`, `call-id`, `cseq`) in which `old` stands. A Call-ID keeps its host, and
/// a sequence number is the next one.
pub fn renewed(role: &str, old: &str, seed: u64) -> String {
    let mut entropy = SeededEntropy::new(seed);
    match role {
        "branch" => format!("z9hG4bK{}", hex(&mut entropy, 8)),
        "call-id" => match old.split_once('@') {
            Some((_, host)) => format!("{}@{host}", hex(&mut entropy, 8)),
            None => hex(&mut entropy, 8),
        },
        "cseq" => {
            // RFC 3261 §8.1.1.5: below 2^31.
            let next = old.parse::<u32>().ok().and_then(|number| number.checked_add(1));
            next.filter(|next| *next < 1 << 31).unwrap_or(1).to_string()
        }
        _ => hex(&mut entropy, 4),
    }
}
