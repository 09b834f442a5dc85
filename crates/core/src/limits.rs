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
    /// Lines that continue one header line (RFC 3261 §7.3.1). Default 128.
    pub folds: usize,
    /// Parameters in one header line, those of all its values together. Default 1,024.
    pub params: usize,
    /// How deep comments, and multipart bodies in multipart bodies, may nest. Default 64.
    pub nesting: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            message: 65_535,
            headers: 256,
            header_bytes: 16_384,
            folds: 128,
            params: ValueLimits::DEFAULT.params,
            nesting: ValueLimits::DEFAULT.nesting,
        }
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

    /// The same limits with another number of lines that continue one header line.
    #[must_use]
    pub const fn with_folds(mut self, count: usize) -> Self {
        self.folds = count;
        self
    }

    /// The same limits with another number of parameters in one header line.
    #[must_use]
    pub const fn with_params(mut self, count: usize) -> Self {
        self.params = count;
        self
    }

    /// The same limits with another depth.
    #[must_use]
    pub const fn with_nesting(mut self, depth: usize) -> Self {
        self.nesting = depth;
        self
    }

    pub(crate) const fn of_values(&self) -> ValueLimits {
        ValueLimits { params: self.params, nesting: self.nesting }
    }
}

/// What of the limits concerns a single value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct ValueLimits {
    pub(crate) params: usize,
    pub(crate) nesting: usize,
}

impl ValueLimits {
    pub(crate) const DEFAULT: Self = Self { params: 1_024, nesting: 64 };
}
