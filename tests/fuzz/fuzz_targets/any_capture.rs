//! Any packets in a capture file.
#![no_main]

use fingerpost_promises::any_capture;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| any_capture(bytes));
