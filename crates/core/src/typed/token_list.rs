//! Owns headers that are lists of tokens, with or without parameters: Allow, Supported, Require, Allow-Events and
//! their like.

use super::Value;
use crate::scan::{TapeBuilder, TokenKind};
use crate::syntax::{Params, Parsed, params, token};
use crate::text::Text;

/// One entry of such a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct ListToken<'a> {
    /// The token.
    pub text: Text<'a>,
    /// What stands behind it.
    pub params: Params<'a>,
}

impl<'a> Value<'a> for ListToken<'a> {
    fn grammar(input: &'a [u8]) -> Parsed<'a, Self> {
        let (rest, text) = token(input)?;
        let (rest, params) = params(rest)?;
        Ok((rest, Self { text, params }))
    }

    fn describe(&self, tape: &mut TapeBuilder<'a>) {
        tape.leaf(TokenKind::Word, self.text);
        tape.params(self.params);
    }
}
