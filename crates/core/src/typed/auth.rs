//! Owns the headers of authentication, split into scheme and parameters (RFC 3261 §25.1 `credentials`, `challenge`).

use super::Value;
use crate::scan::{TapeBuilder, TokenKind};
use crate::syntax::{Expected, Fault, Param, Parsed, generic_param, sws, token};
use crate::text::Text;
use core::iter;

/// A scheme and its parameters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Credentials<'a> {
    /// `Digest`, …
    pub scheme: Text<'a>,
    rest: Text<'a>,
}

impl<'a> Credentials<'a> {
    /// The parameters, in order, up to the first that is none.
    pub fn params(self) -> impl Iterator<Item = Param<'a>> {
        let mut rest = self.rest.as_bytes();
        iter::from_fn(move || {
            let (next, param) = generic_param(rest.trim_ascii_start()).ok()?;
            rest = next.trim_ascii_start();
            rest = rest.strip_prefix(b",").unwrap_or(rest);
            Some(param)
        })
    }
}

impl<'a> Value<'a> for Credentials<'a> {
    /// The scheme must be there; what follows is checked only as far as parameters go, for unknown schemes carry
    /// anything (`Basic` carries base64).
    fn grammar(input: &'a [u8]) -> Parsed<'a, Self> {
        let (rest, scheme) = token(input)?;
        let (rest, space) = sws(rest)?;
        if space.is_empty() {
            return Err(Fault::failure(rest, Expected::Space));
        }
        let (parameters, end) = rest.split_at(rest.trim_ascii_end().len());
        Ok((end, Self { scheme, rest: Text::new(parameters) }))
    }

    fn describe(&self, tape: &mut TapeBuilder<'a>) {
        tape.leaf(TokenKind::Word, self.scheme);
        self.params().for_each(|param| tape.param(param));
    }
}
