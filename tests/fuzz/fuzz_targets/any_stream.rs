//! A stream, cut at every offset.
#![no_main]

use fingerpost_promises::any_stream;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| any_stream(bytes));
