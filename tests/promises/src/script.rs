//! Bytes read as choices, so that a fuzzer's bytes become a sequence of calls.

/// What is left of the script.
#[derive(Debug)]
pub(crate) struct Script<'s> {
    rest: &'s [u8],
}

impl<'s> Script<'s> {
    pub(crate) fn new(bytes: &'s [u8]) -> Self {
        Self { rest: bytes }
    }

    /// The next byte; `None` at the end.
    pub(crate) fn byte(&mut self) -> Option<u8> {
        let (first, rest) = self.rest.split_first()?;
        self.rest = rest;
        Some(*first)
    }

    /// The next two bytes as a number.
    pub(crate) fn number(&mut self) -> Option<u16> {
        Some(u16::from_be_bytes([self.byte()?, self.byte()?]))
    }

    /// One of `choices`.
    pub(crate) fn choose<T: Copy>(&mut self, choices: &[T]) -> Option<T> {
        let byte = usize::from(self.byte()?);
        choices.get(byte % choices.len().max(1)).copied()
    }

    /// Some bytes: the first says how many.
    pub(crate) fn bytes(&mut self) -> Option<&'s [u8]> {
        let length = usize::from(self.byte()?).min(self.rest.len());
        let (bytes, rest) = self.rest.split_at(length);
        self.rest = rest;
        Some(bytes)
    }
}
