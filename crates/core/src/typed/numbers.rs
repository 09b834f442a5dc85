//! Owns the headers that are a number: Content-Length, Max-Forwards, Expires, Min-Expires; and Retry-After, which is
//! a number with extras (RFC 3261 §20.33).

use super::Value;
use crate::scan::{TapeBuilder, TokenKind};
use crate::syntax::{Params, Parsed, ValueError, comment, number, params, sws, whole};
use crate::text::Text;

/// A header whose value is a decimal number of at most 32 bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Number<'a> {
    /// The number.
    pub value: u32,
    /// Its digits.
    pub text: Text<'a>,
}

/// When to ask again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct RetryAfter<'a> {
    /// Seconds.
    pub seconds: Number<'a>,
    /// A remark, with its parentheses.
    pub comment: Option<Text<'a>>,
    /// `duration` and others.
    pub params: Params<'a>,
}

impl<'a> Number<'a> {
    /// Reads a number that fills all of `value`.
    ///
    /// # Errors
    /// [`ValueError`] with the place where the grammar failed.
    pub fn parse(value: &'a [u8]) -> Result<Self, ValueError> {
        whole(value, Self::grammar)
    }
}

impl<'a> Value<'a> for Number<'a> {
    fn grammar(input: &'a [u8]) -> Parsed<'a, Self> {
        let (rest, (text, value)) = number(input)?;
        Ok((rest, Self { value, text }))
    }

    fn describe(&self, tape: &mut TapeBuilder<'a>) {
        tape.leaf(TokenKind::Number, self.text);
    }
}

impl<'a> Value<'a> for RetryAfter<'a> {
    fn grammar(input: &'a [u8]) -> Parsed<'a, Self> {
        let (rest, seconds) = Number::grammar(input)?;
        let (mut rest, _) = sws(rest)?;
        let mut remark = None;
        if rest.first() == Some(&b'(') {
            let (end, text) = comment(rest)?;
            (rest, remark) = (end, Some(text));
        }
        let (rest, params) = params(rest)?;
        Ok((rest, Self { seconds, comment: remark, params }))
    }

    fn describe(&self, tape: &mut TapeBuilder<'a>) {
        self.seconds.describe(tape);
        if let Some(comment) = self.comment {
            tape.leaf(TokenKind::Comment, comment);
        }
        tape.params(self.params);
    }
}
