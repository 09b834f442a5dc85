//! Owns randomness: the operating system's, handed to the pure core.

use fingerpost_core::Entropy;

/// The operating system's random numbers.
#[derive(Debug, Clone, Copy, Default)]
pub struct OsEntropy;

impl Entropy for OsEntropy {
    /// Where the system has none to give (it never happened to anybody), the bytes come from the clock and the
    /// process number: tags and branches stay unique, if not unguessable.
    fn fill(&mut self, bytes: &mut [u8]) {
        if getrandom::fill(bytes).is_err() {
            let micros = jiff::Timestamp::now().as_microsecond().unsigned_abs();
            let seed = micros ^ u64::from(std::process::id()).rotate_left(32);
            fingerpost_core::SeededEntropy::new(seed).fill(bytes);
        }
    }
}
