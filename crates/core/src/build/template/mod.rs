//! Owns message templates: the text of a message with `{{name}}` holes. What a hole is filled with stays on its line,
//! each header keeps to its grammar, Content-Length is counted.

mod draft;

use crate::span::Span;
use crate::syntax::Expected;
use alloc::string::String;
use alloc::vec::Vec;
use draft::Draft;

/// A message with holes.
///
/// The text is a message, its lines ended by LF or CR LF, its body behind the first empty line. `{{name}}` is a hole;
/// a name is made of letters, digits, `_`, `-` and `.`. `{{{{` stands for `{{` itself. Values in the head keep to
/// one line; in the body they may be anything. Content-Length is counted, whatever the text says, and added where it
/// says nothing.
///
/// ```
/// use fingerpost_core::{Message, build::MessageTemplate};
/// let template = MessageTemplate::parse("OPTIONS sip:{{host}} SIP/2.0\nCSeq: {{n}} OPTIONS\n\nhello {{who}}")?;
/// assert_eq!(template.holes(), ["host", "n", "who"]);
/// let bytes = template.fill(&[("host", "phone.example"), ("n", "7"), ("who", "you")])?;
/// let message = Message::parse(&bytes)?;
/// assert_eq!(message.content_length()?.unwrap().value, 9);
/// assert!(template.fill(&[("host", "a"), ("n", "7\r\nVia: x"), ("who", "")]).is_err());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MessageTemplate {
    text: String,
    pieces: Vec<Piece>,
}

/// A message template cannot be read or filled. Spans are byte offsets into the template's text.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum MessageTemplateError {
    /// A hole that is not closed with `}}` on its line, or whose name is none.
    #[error("{{{{ at byte {} begins no hole: a hole is a name between {{{{ and }}}}", span.start)]
    NotAHole {
        /// From `{{` on.
        span: Span,
    },
    /// A hole for which there is no value.
    #[error("nothing fills {{{{{name}}}}}")]
    NoValue {
        /// The hole.
        name: String,
        /// Where it is.
        span: Span,
    },
    /// A value that would break its line.
    #[error("{{{{{name}}}}}: a byte 0x{byte:02x} cannot stand in one line")]
    ForbiddenByte {
        /// The hole.
        name: String,
        /// The byte.
        byte: u8,
        /// Where the hole is.
        span: Span,
    },
    /// A first line that is neither a Request-Line nor a Status-Line.
    #[error("the first line is neither METHOD URI SIP/2.0 nor SIP/2.0 CODE REASON")]
    NotAStartLine {
        /// Where.
        span: Span,
    },
    /// A line of the head without name and colon, one that its holes left empty, or one with a bare CR or NUL.
    #[error("the line at byte {} is no header: a header is a name, a colon and a value", span.start)]
    NotAHeader {
        /// The line.
        span: Span,
    },
    /// A value that does not follow its header's grammar.
    #[error("{name}: expected {expected} at byte {}", span.start)]
    NotAValue {
        /// The header, or `Request-URI`.
        name: String,
        /// What should have stood there.
        expected: Expected,
        /// The hole that brought it, else the place in the text.
        span: Span,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Piece {
    /// Text that stands for itself.
    Literal(Span),
    /// A hole, and its name inside.
    Hole(Span, Span),
}

impl MessageTemplate {
    /// Reads a template.
    ///
    /// # Errors
    /// [`MessageTemplateError::NotAHole`].
    pub fn parse(text: impl Into<String>) -> Result<Self, MessageTemplateError> {
        let text = text.into();
        let pieces = pieces(&text)?;
        Ok(Self { text, pieces })
    }

    /// The text it was read from.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The names of its holes, each once, in the order in which they first stand there.
    #[must_use]
    pub fn holes(&self) -> Vec<&str> {
        let mut names = Vec::new();
        for piece in &self.pieces {
            if let Piece::Hole(_, name) = piece {
                let name = self.slice(*name);
                if !names.contains(&name) {
                    names.push(name);
                }
            }
        }
        names
    }

    /// Writes the message, each hole filled with the value that goes with its name.
    ///
    /// # Errors
    /// [`MessageTemplateError`]: the first part that cannot stand in a message, with its place in the template.
    pub fn fill(&self, values: &[(&str, &str)]) -> Result<Vec<u8>, MessageTemplateError> {
        let mut draft = Draft::default();
        for piece in &self.pieces {
            match *piece {
                Piece::Literal(span) => draft.literal(self.slice(span), span)?,
                Piece::Hole(span, name) => {
                    let name = self.slice(name);
                    let value = values.iter().find(|(known, _)| *known == name);
                    let no_value = || MessageTemplateError::NoValue { name: name.into(), span };
                    draft.hole(name, value.ok_or_else(no_value)?.1, span)?;
                }
            }
        }
        draft.finish()
    }

    fn slice(&self, span: Span) -> &str {
        self.text.get(span.start..span.end).unwrap_or_default()
    }
}

const OPEN: &str = "{{";
const CLOSE: &str = "}}";

fn pieces(text: &str) -> Result<Vec<Piece>, MessageTemplateError> {
    let (mut pieces, mut at) = (Vec::new(), 0);
    while let Some(found) = text[at..].find(OPEN) {
        let open = at + found;
        let inner = open + OPEN.len();
        let is_escape = text[inner..].starts_with(OPEN);
        let literal = Span::new(at, if is_escape { inner } else { open });
        pieces.push(Piece::Literal(literal));
        at = inner + OPEN.len();
        if !is_escape {
            let name = hole_name(text, inner)?;
            at = name.end + CLOSE.len();
            pieces.push(Piece::Hole(Span::new(open, at), name));
        }
    }
    pieces.push(Piece::Literal(Span::new(at, text.len())));
    Ok(pieces)
}

/// The name that stands from `start` to the next `}}`.
fn hole_name(text: &str, start: usize) -> Result<Span, MessageTemplateError> {
    let is_name = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.');
    let length = text[start..].bytes().take_while(|byte| is_name(*byte)).count();
    let name = Span::new(start, start + length);
    if length == 0 || !text[name.end..].starts_with(CLOSE) {
        return Err(MessageTemplateError::NotAHole {
            span: Span::new(start - OPEN.len(), name.end),
        });
    }
    Ok(name)
}

#[cfg(test)]
mod tests;
