//! Owns unpacking gzip (RFC 1952), piece by piece and never more than is allowed: a small file can unpack to anything.

use flate2::write::MultiGzDecoder;
use std::io::Write;

/// So much is unpacked at once: what comes out of it is at most a thousand times as much.
const PIECE: usize = 4096;

/// Why there is no more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stop {
    /// The data is broken or ends too early.
    Damaged,
    /// There is more than is allowed.
    TooMuch,
}

/// A gzip file that is being unpacked.
#[derive(Debug)]
pub(crate) struct Gzip {
    decoder: MultiGzDecoder<Vec<u8>>,
    left: usize,
    stop: Option<Stop>,
}

/// Whether a file that begins so is packed.
pub(crate) fn is_packed(start: &[u8]) -> bool {
    start.starts_with(&[0x1f, 0x8b, 8])
}

impl Gzip {
    /// Unpacks at most `limit` bytes.
    pub(crate) fn new(limit: usize) -> Self {
        Self { decoder: MultiGzDecoder::new(Vec::new()), left: limit, stop: None }
    }

    /// Unpacks what came next; `take` is handed what comes out.
    pub(crate) fn handle_bytes(&mut self, bytes: &[u8], mut take: impl FnMut(&[u8])) {
        for piece in bytes.chunks(PIECE) {
            if self.stop.is_some() {
                return;
            }
            let outcome = self.decoder.write_all(piece);
            self.hand_out(&mut take);
            if outcome.is_err() {
                self.stop = self.stop.or(Some(Stop::Damaged));
            }
        }
    }

    /// The file is at its end; why not all of it was unpacked.
    pub(crate) fn finish(&mut self, mut take: impl FnMut(&[u8])) -> Option<Stop> {
        if self.stop.is_none() && self.decoder.try_finish().is_err() {
            self.stop = Some(Stop::Damaged);
        }
        if self.stop != Some(Stop::TooMuch) {
            self.hand_out(&mut take);
        }
        self.stop
    }

    fn hand_out(&mut self, take: &mut impl FnMut(&[u8])) {
        let unpacked = self.decoder.get_mut();
        let allowed = unpacked.len().min(self.left);
        take(&unpacked[..allowed]);
        if allowed < unpacked.len() {
            self.stop = Some(Stop::TooMuch);
        }
        self.left -= allowed;
        unpacked.clear();
    }
}
