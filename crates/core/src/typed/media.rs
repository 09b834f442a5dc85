//! Owns media types: Content-Type (RFC 3261 §20.15) and the ranges of Accept (§20.1).

use super::{Kept, Value};
use crate::message::HeaderName;
use crate::scan::{TapeBuilder, TokenKind};
use crate::syntax::{Params, Parsed, ValueError, params, slash, token, whole};
use crate::text::Text;

/// What a body is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct MediaType<'a> {
    /// `application` of `application/url`.
    pub kind: Text<'a>,
    /// `url` of `application/url`.
    pub subtype: Text<'a>,
    /// `charset`, `boundary`, …
    pub params: Params<'a>,
}

/// What bodies are taken: a type in which either part may be `*`.
pub type MediaRange<'a> = MediaType<'a>;

impl<'a> MediaType<'a> {
    /// Reads a Content-Type value.
    ///
    /// # Errors
    /// [`ValueError`] with the place where the grammar failed.
    pub fn parse(value: &'a [u8]) -> Result<Self, ValueError> {
        whole(value, Self::grammar)
    }

    /// Whether it is `kind/subtype`, in any case, parameters aside.
    #[must_use]
    pub fn is(&self, kind: &str, subtype: &str) -> bool {
        self.kind.is(kind) && self.subtype.is(subtype)
    }

    /// Whether the range takes `kind/subtype`; with `q=0` it takes nothing (RFC 3261 §20.1, RFC 2616 §14.1).
    #[must_use]
    pub fn takes(&self, kind: &str, subtype: &str) -> bool {
        let matches = |part: Text<'_>, wanted: &str| part == "*" || part.is(wanted);
        let refused = self
            .params
            .value("q")
            .is_some_and(|q| q.text.as_bytes().iter().all(|byte| matches!(byte, b'0' | b'.')));
        matches(self.kind, kind) && matches(self.subtype, subtype) && !refused
    }
}

impl<'a> Value<'a> for MediaType<'a> {
    fn grammar(input: &'a [u8]) -> Parsed<'a, Self> {
        let (rest, kind) = token(input)?;
        let (rest, _) = slash(rest)?;
        let (rest, subtype) = token(rest)?;
        let (rest, params) = params(rest)?;
        Ok((rest, Self { kind, subtype, params }))
    }

    fn describe(&self, tape: &mut TapeBuilder<'a>) {
        tape.leaf(TokenKind::MediaType, self.kind);
        tape.leaf(TokenKind::MediaSubtype, self.subtype);
        tape.params(self.params);
    }

    fn keep(self, name: HeaderName, kept: &mut Kept<'a>) {
        kept.media_type(name, self);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_with_q_zero_takes_nothing() {
        let range = |text: &'static str| MediaRange::parse(text.as_bytes()).unwrap();
        assert!(range("application/*").takes("application", "url"));
        assert!(range("*/*;q=0.5").takes("application", "url"));
        assert!(!range("application/url;q=0.0").takes("application", "url"));
        assert!(!range("application/sdp").takes("application", "url"));
    }
}
