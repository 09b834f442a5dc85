//! Owns the frame of a pcapng block: type, both lengths, padding and options. Little-endian throughout.

/// The kinds of blocks that are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Section,
    Interface,
    EnhancedPacket,
}

impl Kind {
    const fn number(self) -> u32 {
        match self {
            Self::Section => 0x0a0d_0d0a,
            Self::Interface => 1,
            Self::EnhancedPacket => 6,
        }
    }
}

/// The longest value of an option.
pub(super) const LONGEST_OPTION: usize = u16::MAX as usize;

/// A block while it is written.
#[derive(Debug)]
pub(super) struct Block<'a> {
    bytes: &'a mut Vec<u8>,
    start: usize,
    has_options: bool,
}

impl<'a> Block<'a> {
    pub(super) fn begin(bytes: &'a mut Vec<u8>, kind: Kind) -> Self {
        let start = bytes.len();
        bytes.extend(kind.number().to_le_bytes());
        bytes.extend([0; 4]);
        Self { bytes, start, has_options: false }
    }

    pub(super) fn u16(&mut self, value: u16) {
        self.bytes.extend(value.to_le_bytes());
    }

    pub(super) fn u32(&mut self, value: u32) {
        self.bytes.extend(value.to_le_bytes());
    }

    pub(super) fn u64(&mut self, value: u64) {
        self.bytes.extend(value.to_le_bytes());
    }

    /// The bytes, filled up to a multiple of four.
    pub(super) fn padded(&mut self, bytes: &[u8]) {
        self.bytes.extend(bytes);
        let length = (self.bytes.len() - self.start).next_multiple_of(4);
        self.bytes.resize(self.start + length, 0);
    }

    /// An option, where there is something to say; of a text that is too long, as many characters as fit.
    pub(super) fn option(&mut self, code: u16, value: &[u8]) {
        let value = fitting(value);
        let Ok(length) = u16::try_from(value.len()) else { return };
        if length > 0 {
            self.u16(code);
            self.u16(length);
            self.padded(value);
            self.has_options = true;
        }
    }

    pub(super) fn finish(mut self) {
        if self.has_options {
            // opt_endofopt.
            self.u32(0);
        }
        let length = self.bytes.len() + 4 - self.start;
        let length = u32::try_from(length).unwrap_or(u32::MAX);
        self.u32(length);
        self.bytes[self.start + 4..self.start + 8].copy_from_slice(&length.to_le_bytes());
    }
}

fn fitting(value: &[u8]) -> &[u8] {
    let is_inside = |at: &usize| value.get(*at).is_some_and(|byte| byte & 0xc0 == 0x80);
    let end = (0..=value.len().min(LONGEST_OPTION)).rev().find(|at| !is_inside(at));
    &value[..end.unwrap_or_default()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_option_that_is_too_long_ends_between_two_characters() {
        let mut text = "x".repeat(LONGEST_OPTION - 1);
        text.push('é');
        assert_eq!(fitting(text.as_bytes()).len(), LONGEST_OPTION - 1);
        assert_eq!(fitting("é".as_bytes()).len(), 2);
    }

    #[test]
    fn a_block_begins_and_ends_with_its_length() {
        let mut bytes = vec![7; 3];
        let mut block = Block::begin(&mut bytes, Kind::Interface);
        block.padded(b"abcde");
        block.finish();
        let block = &bytes[3..];
        assert_eq!((block[4], block[16], block.len()), (20, 20, 20));
    }
}
