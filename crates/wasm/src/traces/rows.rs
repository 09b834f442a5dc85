//! Owns rows on their way to a page: numbers side by side and each word once. As objects of their own, the rows of a
//! large trace would take more memory on the way than the trace itself.

use fingerpost_ladder::{Row, RowKind};

/// Rows as numbers.
#[derive(Debug, Clone, PartialEq, Default)]
#[non_exhaustive]
pub struct PackedRows {
    /// What stands on the arrows and beside them.
    pub words: Vec<String>,
    /// [`PackedRows::WIDTH`] a row: from, to, their ports, whether they are deduced, the kind, label and detail (both by
    /// their places among the words), call, dialog, transaction, repeats, answers. What is not known is -1.
    pub numbers: Vec<i32>,
    /// Two a row: time and took. What is not known is no number.
    pub times: Vec<f64>,
}

impl PackedRows {
    /// How many numbers a row has.
    pub const WIDTH: usize = 13;

    pub(super) fn of(rows: impl Iterator<Item = Row>) -> Self {
        let mut packed = Self::default();
        let most = rows.size_hint().1.unwrap_or_default();
        packed.numbers.reserve_exact(most * Self::WIDTH);
        packed.times.reserve_exact(most * 2);
        for row in rows {
            packed.add(&row);
        }
        packed
    }

    fn add(&mut self, row: &Row) {
        let (label, detail) = (self.word(&row.label), self.word(&row.detail));
        self.numbers.extend([
            number(Some(row.from)),
            number(Some(row.to)),
            row.from_port.map_or(-1, i32::from),
            row.to_port.map_or(-1, i32::from),
            i32::from(row.is_deduced),
            kind(row.kind),
            label,
            detail,
            number(Some(row.call)),
            number(row.dialog),
            number(Some(row.transaction)),
            number(row.repeats),
            number(row.answers),
        ]);
        self.times.extend([micros(row.time), micros(row.took)]);
    }

    /// Rows beside each other mostly say the same: the newest words are looked at first.
    fn word(&mut self, word: &str) -> i32 {
        let known = self.words.iter().rev().take(16).position(|known| known == word);
        let place = known.map(|back| self.words.len() - 1 - back);
        number(Some(place.unwrap_or_else(|| {
            self.words.push(word.to_owned());
            self.words.len() - 1
        })))
    }
}

/// In the order in which the page knows them.
fn kind(kind: RowKind) -> i32 {
    match kind {
        RowKind::Request => 0,
        RowKind::Provisional => 1,
        RowKind::Success => 2,
        RowKind::Redirection => 3,
        RowKind::Failure => 4,
        _ => 5,
    }
}

fn number(number: Option<usize>) -> i32 {
    number.and_then(|number| i32::try_from(number).ok()).unwrap_or(-1)
}

#[allow(clippy::cast_precision_loss, reason = "285 years of microseconds fit")]
fn micros(micros: Option<u64>) -> f64 {
    micros.map_or(f64::NAN, |micros| micros as f64)
}
