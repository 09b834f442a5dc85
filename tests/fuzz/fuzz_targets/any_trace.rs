//! Any source of messages.
#![no_main]

use fingerpost_promises::any_trace;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| any_trace(bytes));
