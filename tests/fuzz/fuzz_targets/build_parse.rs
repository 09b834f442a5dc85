//! What is built parses back.
#![no_main]

use fingerpost_promises::what_is_built_parses;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| what_is_built_parses(bytes));
