//! Owns the bytes of a file that came and are not yet done with. Knows no format.

/// So much that is done with is kept before it is thrown away.
const SLACK: usize = 1 << 20;

/// A window on a file that moves forward.
#[derive(Debug, Default)]
pub(super) struct Window {
    bytes: Vec<u8>,
    done: usize,
    /// Where the first of `bytes` stands in the file.
    at: usize,
}

impl Window {
    pub(super) fn add(&mut self, bytes: &[u8]) {
        if self.done == self.bytes.len() || self.done > SLACK {
            self.bytes.drain(..self.done);
            self.at += self.done;
            self.done = 0;
        }
        self.bytes.extend_from_slice(bytes);
    }

    /// What came and is not done with.
    pub(super) fn rest(&self) -> &[u8] {
        &self.bytes[self.done..]
    }

    /// Where that begins in the file.
    pub(super) const fn offset(&self) -> usize {
        self.at + self.done
    }

    pub(super) fn advance(&mut self, count: usize) {
        self.done = (self.done + count).min(self.bytes.len());
    }

    /// The bytes of the file from `at` on, as long as the window holds them.
    pub(super) fn slice(&self, at: usize, length: usize) -> &[u8] {
        let start = at.saturating_sub(self.at);
        self.bytes.get(start..start + length).unwrap_or_default()
    }
}
