//! Owns messages as Markdown for a ticket: a table of all, then each in a block of its own.

use super::summary;
use crate::Found;
use std::fmt::Write;

/// The shortest fence of a block.
const FENCE: usize = 3;

/// The messages as Markdown.
#[must_use]
pub fn markdown(messages: &[Found]) -> String {
    let mut out =
        String::from("| # | time | from | to | message |\n| --- | --- | --- | --- | --- |\n");
    for (number, found) in (1..).zip(messages) {
        let (from, to) = (summary::end(found.origin.from), summary::end(found.origin.to));
        let title = summary::title(found.message().as_ref());
        let cells = [number.to_string(), summary::time(found), from, to, title];
        let cells = cells.map(|cell| cell_text(&cell));
        // Writing into a string cannot fail.
        let _ = writeln!(out, "| {} |", cells.join(" | "));
    }
    for (number, found) in (1..).zip(messages) {
        let title = summary::title(found.message().as_ref());
        let text = printable(&String::from_utf8_lossy(&found.bytes));
        let fence = "`".repeat(longest_run(&text).max(FENCE - 1) + 1);
        let _ = write!(out, "\n### {number}. {}\n\n{fence}sip\n{text}", cell_text(&title));
        if !text.ends_with('\n') {
            out.push('\n');
        }
        let _ = writeln!(out, "{fence}");
    }
    out
}

/// On one line, and without what means something in a table.
fn cell_text(text: &str) -> String {
    let escaped = text.chars().flat_map(|c| {
        let is_special = matches!(c, '|' | '\\' | '`' | '*' | '_' | '<' | '>' | '[' | ']' | '#');
        is_special.then_some('\\').into_iter().chain([if c.is_control() { ' ' } else { c }])
    });
    escaped.collect()
}

/// Line ends as a ticket has them; of other bytes that are no text, their pictures.
fn printable(text: &str) -> String {
    let shown = text.replace("\r\n", "\n");
    let picture = |c: char| match u32::from(c) {
        10 | 9 => c,
        code @ 0..32 => char::from_u32(0x2400 + code).unwrap_or(c),
        127 => '\u{2421}',
        _ => c,
    };
    shown.chars().map(picture).collect()
}

fn longest_run(text: &str) -> usize {
    text.split(|c| c != '`').map(str::len).max().unwrap_or_default()
}
