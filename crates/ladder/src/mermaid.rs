//! A ladder as a Mermaid sequence diagram, for tickets and wikis that draw it.

use crate::{Ladder, Missing, Role, Row, RowKind};
use std::fmt::Write as _;

/// The ladder as the text of a Mermaid `sequenceDiagram`.
///
/// Whatever stands in a message cannot leave its place: marks that Mermaid reads are written as its entity codes.
#[must_use]
pub fn write(ladder: &Ladder) -> String {
    let mut text = String::from("sequenceDiagram\n");
    for (index, lane) in ladder.lanes.iter().enumerate() {
        let kind = if lane.role == Role::Phone { "actor" } else { "participant" };
        let subtitle = Some(lane.subtitle()).filter(|subtitle| !subtitle.is_empty());
        let under = subtitle.map(|subtitle| format!("<br/>{}", escaped(subtitle)));
        let name = escaped(&lane.name);
        let _ = writeln!(text, "    {kind} L{index} as {name}{}", under.unwrap_or_default());
    }
    for (index, row) in ladder.rows.iter().enumerate() {
        let _ = writeln!(text, "    {}", row_line(row));
        for missing in ladder.missing_after(index) {
            let _ = writeln!(text, "    {}", missing_line(missing));
        }
    }
    text
}

fn row_line(row: &Row) -> String {
    let arrow = if row.kind == RowKind::Request { "->>" } else { "-->>" };
    let repeated = row.repeats.map(|first| format!(" (repeats {})", first + 1));
    let said = format!("{} {}", row.label, row.detail);
    let said = escaped(said.trim_end());
    format!("L{}{arrow}L{}: {said}{}", row.from, row.to, repeated.unwrap_or_default())
}

fn missing_line(missing: &Missing) -> String {
    let what = escaped(&missing.what);
    format!("L{}--xL{}: missing: {what}", missing.from, missing.to)
}

/// Mermaid reads `;` as the end of a line and `#…;` as a character; `<` begins its tags.
fn escaped(text: &str) -> String {
    text.chars().fold(String::new(), |mut escaped, character| {
        match character {
            '#' | ';' | '<' | '>' | '&' | '"' | '%' | '{' | '}' => {
                let _ = write!(escaped, "#{};", u32::from(character));
            }
            '\n' | '\r' => escaped.push(' '),
            other => escaped.push(other),
        }
        escaped
    })
}
