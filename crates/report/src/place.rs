//! Owns the way from a byte offset to a line and a column, for people.

/// Where the lines of a source start.
#[derive(Debug)]
pub struct Lines<'a> {
    source: &'a [u8],
    starts: Vec<usize>,
}

/// A place in a source, both numbers from 1; the column counts characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[allow(clippy::exhaustive_structs, reason = "two numbers with a meaning")]
pub struct Place {
    /// From 1.
    pub line: usize,
    /// From 1, in characters.
    pub column: usize,
}

impl<'a> Lines<'a> {
    /// The lines of `source`.
    #[must_use]
    pub fn new(source: &'a [u8]) -> Self {
        let behind = |(at, byte): (usize, &u8)| (*byte == b'\n').then_some(at + 1);
        let starts =
            std::iter::once(0).chain(source.iter().enumerate().filter_map(behind)).collect();
        Self { source, starts }
    }

    /// The place of the byte at `offset`; beyond the end, the end.
    #[must_use]
    pub fn place(&self, offset: usize) -> Place {
        let offset = offset.min(self.source.len());
        let line = self.starts.partition_point(|start| *start <= offset).max(1);
        let before = &self.source[self.starts[line - 1]..offset];
        // Every character has one byte that is no continuation.
        let characters = before.iter().filter(|byte| **byte & 0xC0 != 0x80).count();
        Place { line, column: characters + 1 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_lines_and_characters_from_one() {
        let source = "ab\r\nüx\n".as_bytes();
        let lines = Lines::new(source);
        for (offset, line, column) in
            [(0, 1, 1), (1, 1, 2), (4, 2, 1), (6, 2, 2), (8, 3, 1), (99, 3, 1)]
        {
            assert_eq!(lines.place(offset), Place { line, column }, "offset {offset}");
        }
        assert_eq!(Lines::new(b"").place(0), Place { line: 1, column: 1 });
    }
}
