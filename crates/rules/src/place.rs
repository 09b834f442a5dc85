//! Owns the way from a byte offset to a line and a column. Knows no TOML.

/// Where the lines of a text start.
pub(crate) struct Places<'t> {
    text: &'t str,
    starts: Vec<usize>,
}

impl<'t> Places<'t> {
    pub(crate) fn new(text: &'t str) -> Self {
        // A byte order mark is no character of the first line.
        let first = text.len() - text.trim_start_matches('\u{feff}').len();
        let starts = text.match_indices('\n').map(|(at, _)| at + 1);
        Self { text, starts: std::iter::once(first).chain(starts).collect() }
    }

    /// Line and column, both from 1; the column counts characters. An offset beyond the text is the text's end.
    pub(crate) fn of(&self, offset: usize) -> (usize, usize) {
        let line = self.starts.partition_point(|start| *start <= offset).max(1);
        let start = self.starts[line - 1];
        let end = offset.clamp(start, self.text.len());
        let before = &self.text.as_bytes()[start..end];
        // Every character has one byte that is no continuation; counting bytes is quick even on very long lines.
        let characters = before.iter().filter(|byte| **byte & 0xC0 != 0x80).count();
        (line, characters + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_lines_and_characters_from_one() {
        let places = Places::new("ab\r\nüx\n");
        let table = [(0, 1, 1), (1, 1, 2), (4, 2, 1), (6, 2, 2), (8, 3, 1), (99, 3, 1)];
        for (offset, line, column) in table {
            assert_eq!(places.of(offset), (line, column), "offset {offset}");
        }
        assert_eq!(Places::new("").of(0), (1, 1));
        assert_eq!(Places::new("\u{feff}ab").of(4), (1, 2));
        assert_eq!(Places::new("\u{feff}ab").of(0), (1, 1));
    }
}
