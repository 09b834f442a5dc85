//! One header with any value.
#![no_main]

use fingerpost_promises::any_header;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| any_header(bytes));
