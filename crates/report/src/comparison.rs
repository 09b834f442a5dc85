//! Owns the difference of two messages as text.

use crate::printable;
use fingerpost_core::{Message, Span};
use fingerpost_trace::diff::{Difference, Row};
use std::fmt::Write;

/// How many rows differ in which way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[allow(clippy::exhaustive_structs, reason = "four numbers with a meaning")]
pub struct Counts {
    /// They say different things.
    pub real: usize,
    /// They differ in what differs anyway.
    pub noise: usize,
    /// They differ in spelling.
    pub spelling: usize,
    /// They stand elsewhere.
    pub moved: usize,
}

impl Counts {
    /// Counts `rows`.
    #[must_use]
    pub fn of(rows: &[Row]) -> Self {
        let count = |wanted: fn(&Row) -> bool| rows.iter().filter(|row| wanted(row)).count();
        Self {
            real: count(|row| row.difference.is_real()),
            noise: count(|row| row.difference == Difference::Noise),
            spelling: count(|row| row.difference == Difference::Spelling),
            moved: count(|row| row.is_moved),
        }
    }
}

/// `- Via: …`, `+ Via: …`; `~` before noise, `=` before what is the same but for its spelling or place. Without `all`,
/// only what says something else.
#[must_use]
pub fn text(rows: &[Row], left: &Message<'_>, right: &Message<'_>, all: bool) -> String {
    let mut out = String::new();
    for row in rows {
        let (one, two) = (line(left, row.left), line(right, row.right));
        let moved = if row.is_moved { "  (stands elsewhere)" } else { "" };
        // Writing into a string cannot fail.
        let _ = match row.difference {
            Difference::Added => writeln!(out, "+ {two}"),
            Difference::Removed => writeln!(out, "- {one}"),
            Difference::Changed => writeln!(out, "- {one}\n+ {two}{moved}"),
            Difference::Noise if all => writeln!(out, "~ {one}\n~ {two}{moved}"),
            Difference::Spelling if all => writeln!(out, "= {one}\n= {two}{moved}"),
            _ if all => writeln!(out, "  {one}{moved}"),
            _ => Ok(()),
        };
    }
    let Counts { real, noise, spelling, moved } = Counts::of(rows);
    out + &format!(
        "{real} lines differ; {noise} in what differs anyway, {spelling} in spelling, {moved} in place\n"
    )
}

fn line(message: &Message<'_>, span: Option<Span>) -> String {
    let bytes = span.and_then(|span| span.slice(message.as_bytes())).unwrap_or_default();
    printable(&String::from_utf8_lossy(bytes)).into_owned()
}
