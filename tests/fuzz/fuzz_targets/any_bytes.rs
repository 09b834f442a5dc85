//! Any bytes, read in every way.
#![no_main]

use fingerpost_promises::any_bytes;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| any_bytes(bytes));
