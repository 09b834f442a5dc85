//! Owns the limits that a message must keep. An excess is an error before anything is stored.

/// How much of a message is read at most. Every limit is the caller's to set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Limits {
    /// Bytes of the whole message. Default 65,535: what one UDP datagram can carry.
    pub message: usize,
    /// Header lines. Default 256.
    pub headers: usize,
    /// Bytes of one header line with its folds. Default 16,384.
    pub header_bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { message: 65_535, headers: 256, header_bytes: 16_384 }
    }
}

impl Limits {
    /// The same limits with another message size.
    #[must_use]
    pub const fn with_message(mut self, bytes: usize) -> Self {
        self.message = bytes;
        self
    }

    /// The same limits with another number of header lines.
    #[must_use]
    pub const fn with_headers(mut self, count: usize) -> Self {
        self.headers = count;
        self
    }

    /// The same limits with another header line length.
    #[must_use]
    pub const fn with_header_bytes(mut self, bytes: usize) -> Self {
        self.header_bytes = bytes;
        self
    }
}
