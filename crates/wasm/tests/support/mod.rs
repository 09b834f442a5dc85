//! The corpus, and the words at a place, counted as JavaScript counts.

#![allow(clippy::unwrap_used, dead_code, reason = "test code; no test file uses all of it")]

use std::path::Path;

pub(crate) fn corpus(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/corpus").join(name);
    std::fs::read_to_string(path).unwrap()
}

/// JavaScript's `text.slice(from, to)`.
pub(crate) fn slice(text: &str, from: usize, to: usize) -> String {
    let units: Vec<u16> = text.encode_utf16().collect();
    String::from_utf16(&units[from..to]).unwrap()
}
