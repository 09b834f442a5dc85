//! sofia-sip, in C: reads every header that it types at once. It copies the message first.

use crate::peer::{Layer, Peer};
use crate::peers::SOFIA;
use std::ffi::c_int;

unsafe extern "C" {
    fn fingerpost_sofia_reads(bytes: *const u8, length: usize) -> c_int;
}

pub struct Sofia;

impl Peer for Sofia {
    fn name(&self) -> &'static str {
        SOFIA
    }

    fn read(&self, layer: Layer, bytes: &[u8]) -> Option<bool> {
        // SAFETY: the C function reads `length` bytes from `bytes` and keeps neither.
        let call = || unsafe { fingerpost_sofia_reads(bytes.as_ptr(), bytes.len()) };
        (layer == Layer::Typed).then(|| call() == 1)
    }
}
