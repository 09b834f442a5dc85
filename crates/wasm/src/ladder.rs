//! Owns the ladder of a pasted text, and its drawings for tickets. What a ladder is, `fingerpost-ladder` says.

use fingerpost_ladder::{Heard, Ladder, mermaid, svg, text};
use fingerpost_trace::find_messages;

/// A ladder as a file that other programs show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(clippy::exhaustive_enums, reason = "the page's contract")]
pub enum Drawing {
    /// Plain text, lanes as columns.
    Text,
    /// A Mermaid `sequenceDiagram`.
    Mermaid,
    /// One SVG file with real text.
    Svg,
}

impl Drawing {
    /// By its name in JavaScript; text where the name is unknown.
    pub fn named(name: &str) -> Self {
        match name {
            "mermaid" => Self::Mermaid,
            "svg" => Self::Svg,
            _ => Self::Text,
        }
    }
}

/// The ladder of the messages in `text`: a row for each that [`crate::inspect`] finds, in the same order.
pub fn ladder(text: &str) -> Ladder {
    let found = find_messages(text.as_bytes());
    let heard: Vec<Heard<'_>> = found.iter().map(|found| Heard::text(&found.bytes)).collect();
    Ladder::of(&heard)
}

/// The same ladder, drawn.
pub fn draw(text: &str, drawing: Drawing) -> String {
    let ladder = ladder(text);
    match drawing {
        Drawing::Text => text::draw(&ladder),
        Drawing::Mermaid => mermaid::write(&ladder),
        Drawing::Svg => svg::draw(&ladder),
    }
}
