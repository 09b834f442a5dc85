//! Owns `CSeq` (RFC 3261 §20.16).

use super::{Kept, Value};
use crate::message::HeaderName;
use crate::scan::{TapeBuilder, TokenKind};
use crate::syntax::{Expected, Fault, Parsed, ValueError, number, sws, token, whole};
use crate::text::Text;

/// A request's number and its method.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct CSeq<'a> {
    /// The number.
    pub number: u32,
    /// The method, case kept: methods compare byte by byte.
    pub method: Text<'a>,
    digits: Text<'a>,
}

impl<'a> CSeq<'a> {
    /// Reads a `CSeq` value.
    ///
    /// # Errors
    /// [`ValueError`] with the place where the grammar failed.
    pub fn parse(value: &'a [u8]) -> Result<Self, ValueError> {
        whole(value, Self::grammar)
    }
}

impl<'a> Value<'a> for CSeq<'a> {
    fn grammar(input: &'a [u8]) -> Parsed<'a, Self> {
        let (rest, (digits, number)) = number(input)?;
        let (rest, space) = sws(rest)?;
        if space.is_empty() {
            return Err(Fault::failure(rest, Expected::Space));
        }
        let (rest, method) = token(rest)?;
        Ok((rest, Self { number, method, digits }))
    }

    fn describe(&self, tape: &mut TapeBuilder<'a>) {
        tape.leaf(TokenKind::Number, self.digits);
        tape.leaf(TokenKind::Method, self.method);
    }

    fn keep(self, _: HeaderName, kept: &mut Kept<'a>) {
        kept.cseq(self);
    }
}
