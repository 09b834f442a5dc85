//! Owns the rows of a tree on their way to a page: numbers side by side, each word once, and values by where they stand
//! in the text, which the page has. As JSON, the rows of a long session would take longer than reading it.

use crate::{Offsets, TreeNode};

/// Rows as numbers: see [`crate::Seen::rows`].
#[derive(Debug, Default)]
pub(crate) struct PackedTree {
    pub(crate) words: Vec<String>,
    pub(crate) rows: Vec<u32>,
}

/// Stands where the value is a word of its own.
const WORD: u32 = u32::MAX;
/// So many of the newest words are looked at: rows beside each other mostly say the same.
const NEWEST: usize = 16;

impl PackedTree {
    pub(crate) fn of(tree: &[TreeNode], text: &str, offsets: &Offsets) -> Self {
        let mut packed = Self::default();
        packed.add(tree, text, offsets);
        packed
    }

    fn add(&mut self, rows: &[TreeNode], text: &str, offsets: &Offsets) {
        for row in rows {
            let (label, kind) = (self.word(&row.label), self.word(row.kind));
            let [from, to, children] = [row.from, row.to, row.children.len()].map(number);
            let value = place_of_value(row, text, offsets);
            let [start, end] = value.unwrap_or_else(|| [self.word(&row.value), WORD]);
            self.rows.extend([label, kind, from, to, start, end, children]);
            self.add(&row.children, text, offsets);
        }
    }

    fn word(&mut self, word: &str) -> u32 {
        let known = self.words.iter().rev().take(NEWEST).position(|known| known == word);
        let place = known.map(|back| self.words.len() - 1 - back);
        number(place.unwrap_or_else(|| {
            self.words.push(word.to_owned());
            self.words.len() - 1
        }))
    }
}

/// Where a value stands as it is, at the end of its row or at its beginning.
fn place_of_value(row: &TreeNode, text: &str, offsets: &Offsets) -> Option<[u32; 2]> {
    let stands = text.get(offsets.to_byte(row.from)..offsets.to_byte(row.to))?;
    let units =
        if row.value.is_ascii() { row.value.len() } else { row.value.encode_utf16().count() };
    if stands.ends_with(&row.value) {
        Some([number(row.to.checked_sub(units)?), number(row.to)])
    } else if stands.starts_with(&row.value) {
        Some([number(row.from), number(row.from + units)])
    } else {
        None
    }
}

fn number(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
