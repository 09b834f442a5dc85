//! What every parser under comparison is asked.

/// How much of a message is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layer {
    /// First line, header names, values as they stand.
    Shallow,
    /// Every header that the parser has a type for.
    Typed,
    /// Every token and every finding.
    Inspect,
}

impl Layer {
    pub const ALL: [Self; 3] = [Self::Shallow, Self::Typed, Self::Inspect];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Shallow => "shallow",
            Self::Typed => "typed",
            Self::Inspect => "inspect",
        }
    }
}

/// Whether a value was read. It must be made, and is not moved for our sake.
pub fn is_read<T, E>(value: &Result<T, E>) -> bool {
    std::hint::black_box(value).is_ok()
}

/// A parser under comparison.
pub trait Peer {
    fn name(&self) -> &'static str;

    /// Reads `bytes` to the depth of `layer`: whether they were taken; `None` where it has no such layer.
    fn read(&self, layer: Layer, bytes: &[u8]) -> Option<bool>;
}
