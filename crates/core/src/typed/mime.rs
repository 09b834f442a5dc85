//! Owns the headers that describe a body besides its type: MIME-Version (RFC 3261 §20.24) and Content-Disposition
//! (§20.11).

use super::Value;
use crate::scan::{TapeBuilder, TokenKind};
use crate::syntax::{Expected, Params, Parsed, ValueError, byte, number, params, token, whole};
use crate::text::Text;

/// By which version of MIME the body is built.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct MimeVersion<'a> {
    /// 1.
    pub major: u32,
    /// 0.
    pub minor: u32,
    text: Text<'a>,
}

/// What a body is meant for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Disposition<'a> {
    /// `session`, `render`, `icon`, `alert` or another.
    pub kind: Text<'a>,
    /// `handling` and others.
    pub params: Params<'a>,
}

impl<'a> MimeVersion<'a> {
    /// Reads a MIME-Version value.
    ///
    /// # Errors
    /// [`ValueError`] with the place where the grammar failed.
    pub fn parse(value: &'a [u8]) -> Result<Self, ValueError> {
        whole(value, Self::grammar)
    }
}

impl<'a> Disposition<'a> {
    /// Reads a Content-Disposition value.
    ///
    /// # Errors
    /// [`ValueError`] with the place where the grammar failed.
    pub fn parse(value: &'a [u8]) -> Result<Self, ValueError> {
        whole(value, Self::grammar)
    }

    /// Whether a receiver that cannot use the body may pass over it: `handling=optional`; the default is required
    /// (RFC 3261 §20.11).
    #[must_use]
    pub fn is_optional(&self) -> bool {
        self.params.value("handling").is_some_and(|handling| handling.text.is("optional"))
    }
}

impl<'a> Value<'a> for MimeVersion<'a> {
    fn grammar(input: &'a [u8]) -> Parsed<'a, Self> {
        let (rest, (_, major)) = number(input)?;
        let (rest, _) = byte(b'.', Expected::Number)(rest)?;
        let (rest, (_, minor)) = number(rest)?;
        let text = Text::new(&input[..input.len() - rest.len()]);
        Ok((rest, Self { major, minor, text }))
    }

    fn describe(&self, tape: &mut TapeBuilder<'a>) {
        tape.leaf(TokenKind::Version, self.text);
    }
}

impl<'a> Value<'a> for Disposition<'a> {
    fn grammar(input: &'a [u8]) -> Parsed<'a, Self> {
        let (rest, kind) = token(input)?;
        let (rest, params) = params(rest)?;
        Ok((rest, Self { kind, params }))
    }

    fn describe(&self, tape: &mut TapeBuilder<'a>) {
        tape.leaf(TokenKind::Word, self.kind);
        tape.params(self.params);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_is_required_unless_it_says_otherwise() {
        let read = |text: &'static str| Disposition::parse(text.as_bytes()).unwrap();
        assert!(read("session; handling=Optional").is_optional());
        assert!(!read("session").is_optional());
        assert_eq!(read("icon;handling=required").kind, "icon");
    }

    #[test]
    fn a_mime_version_is_two_numbers() {
        let version = MimeVersion::parse(b" 1.0 ").unwrap();
        assert_eq!((version.major, version.minor), (1, 0));
        assert!(MimeVersion::parse(b"1").is_err() && MimeVersion::parse(b"1.0.1").is_err());
    }
}
