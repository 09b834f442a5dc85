//! Owns Call-ID (RFC 3261 §20.8).

use super::Value;
use crate::scan::{TapeBuilder, TokenKind};
use crate::syntax::{Expected, Fault, Parsed, ValueError, is_token, run1, whole};
use crate::text::Text;

/// What ties the messages of a dialog together. Compared byte by byte.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub struct CallId<'a> {
    /// As written.
    pub text: Text<'a>,
}

impl<'a> CallId<'a> {
    /// Reads a Call-ID value.
    ///
    /// # Errors
    /// [`ValueError`] with the place where the grammar failed.
    pub fn parse(value: &'a [u8]) -> Result<Self, ValueError> {
        whole(value, Self::grammar)
    }
}

/// `word`, and the `@` between two of them.
fn is_word(byte: u8) -> bool {
    is_token(byte) || b"()<>:\\\"/[]?{}@".contains(&byte)
}

impl<'a> Value<'a> for CallId<'a> {
    fn grammar(input: &'a [u8]) -> Parsed<'a, Self> {
        let (rest, found) = run1(is_word, Expected::Token)(input)?;
        if let Some(second) = memchr::memchr_iter(b'@', found).nth(1) {
            return Err(Fault::failure(&input[second..], Expected::End));
        }
        Ok((rest, Self { text: Text::new(found) }))
    }

    fn describe(&self, tape: &mut TapeBuilder<'a>) {
        tape.leaf(TokenKind::Word, self.text);
    }
}
