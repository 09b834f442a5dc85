//! The responder under any sequence of datagrams, decisions and times.
#![no_main]

use fingerpost_promises::any_sequence;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| any_sequence(bytes));
