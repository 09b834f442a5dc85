//! Owns `name-addr` and `addr-spec` with the parameters behind them: From, To, Contact, Route and their like
//! (RFC 3261 §20.10).

use super::uri::{Place, Uri};
use super::{Kept, Value};
use crate::message::HeaderName;
use crate::scan::{TapeBuilder, TokenKind};
use crate::syntax::{
    Expected, Fault, ParamValue, Params, Parsed, ValueError, byte, is_lws, is_token, params,
    quoted, run, sws, whole,
};
use crate::text::Text;
use alloc::borrow::Cow;

/// An address with perhaps a display name, and the header's parameters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct NameAddr<'a> {
    /// The display name as written, of a quoted one what stands between the marks.
    pub display_name: Option<Text<'a>>,
    /// The URI.
    pub uri: Uri<'a>,
    /// Whether the URI stood in angle brackets.
    pub bracketed: bool,
    /// The header's own parameters (`tag`, `expires`, …), not the URI's.
    pub params: Params<'a>,
}

/// A value of the Contact header.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(clippy::exhaustive_enums, reason = "RFC 3261 §20.10 knows these two and no others")]
pub enum Contact<'a> {
    /// `*`: every binding (REGISTER only).
    Any,
    /// An address.
    Address(NameAddr<'a>),
}

impl<'a> NameAddr<'a> {
    /// Reads a From or To value.
    ///
    /// # Errors
    /// [`ValueError`] with the place where the grammar failed.
    pub fn parse(value: &'a [u8]) -> Result<Self, ValueError> {
        whole(value, Self::grammar)
    }

    /// The display name as people read it: of a quoted one the escapes resolved.
    #[must_use]
    pub fn shown_name(&self) -> Option<Cow<'a, str>> {
        let text = self.display_name?;
        // In a name made of tokens there is no backslash to resolve.
        Some(ParamValue { text, quoted: true }.to_str())
    }

    /// The `tag` parameter.
    #[must_use]
    pub fn tag(&self) -> Option<Text<'a>> {
        self.params.value("tag").map(|value| value.text)
    }
}

impl<'a> Value<'a> for NameAddr<'a> {
    fn grammar(input: &'a [u8]) -> Parsed<'a, Self> {
        let (rest, display_name) = display_name(input)?;
        let bracketed = rest.first() == Some(&b'<');
        let (rest, uri) = if bracketed { enclosed(rest)? } else { bare(rest)? };
        let (rest, params) = params(rest)?;
        Ok((rest, Self { display_name, uri, bracketed, params }))
    }

    fn describe(&self, tape: &mut TapeBuilder<'a>) {
        if let Some(name) = self.display_name {
            tape.leaf(TokenKind::DisplayName, name);
        }
        self.uri.describe(tape);
        tape.params(self.params);
    }

    fn keep(self, name: HeaderName, kept: &mut Kept<'a>) {
        kept.address(name, self);
    }
}

/// The display name, where one stands before `<`; nothing is consumed where there is none.
fn display_name(input: &[u8]) -> Parsed<'_, Option<Text<'_>>> {
    if input.first() == Some(&b'"') {
        let (rest, name) = quoted(input)?;
        let (rest, _) = sws(rest)?;
        return match rest.first() {
            Some(b'<') => Ok((rest, Some(name))),
            _ => Err(Fault::failure(rest, Expected::Brackets)),
        };
    }
    let (rest, name) = run(|byte| is_token(byte) || is_lws(byte))(input)?;
    if rest.first() != Some(&b'<') {
        return Ok((input, None));
    }
    let name = name.trim_ascii_end();
    Ok((rest, (!name.is_empty()).then_some(Text::new(name))))
}

fn enclosed(input: &[u8]) -> Parsed<'_, Uri<'_>> {
    let (rest, uri) = Uri::grammar(&input[1..], Place::Enclosed)?;
    let (rest, _) = byte(b'>', Expected::ClosingBracket)(rest)?;
    Ok((rest, uri))
}

fn bare(input: &[u8]) -> Parsed<'_, Uri<'_>> {
    Uri::grammar(input, Place::Bare).map_err(|error| match memchr::memchr(b'<', input) {
        Some(_) => Fault::failure(input, Expected::DisplayName),
        None => error,
    })
}

impl<'a> Value<'a> for Contact<'a> {
    fn grammar(input: &'a [u8]) -> Parsed<'a, Self> {
        match byte(b'*', Expected::Token)(input) {
            Ok((rest, _)) if rest.trim_ascii().is_empty() => return Ok((rest, Self::Any)),
            _ => {}
        }
        let (rest, address) = NameAddr::grammar(input)?;
        Ok((rest, Self::Address(address)))
    }

    fn describe(&self, tape: &mut TapeBuilder<'a>) {
        if let Self::Address(address) = self {
            address.describe(tape);
        }
    }

    fn keep(self, _: HeaderName, kept: &mut Kept<'a>) {
        kept.contacts.push(self);
    }
}

impl<'a> Contact<'a> {
    /// The address, where it is one.
    #[must_use]
    pub const fn address(&self) -> Option<&NameAddr<'a>> {
        match self {
            Self::Any => None,
            Self::Address(address) => Some(address),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> NameAddr<'_> {
        NameAddr::parse(text.as_bytes()).unwrap()
    }

    #[test]
    fn a_bare_address_leaves_its_parameters_to_the_header() {
        let address = read("sip:anonymous@example.com;tag=1234");
        assert_eq!(address.uri.text(), "sip:anonymous@example.com");
        assert_eq!(address.tag().unwrap(), "1234");
        let address = read("<sip:anonymous@example.com;x=y>;tag=1234");
        assert_eq!(address.uri.text(), "sip:anonymous@example.com;x=y");
    }

    #[test]
    fn display_names_are_tokens_or_quoted() {
        assert_eq!(read("caller<sip:a@b>;tag=3").display_name.unwrap(), "caller");
        assert_eq!(read("\"J \\\"x\\\" R\"  <sip:a@b>").display_name.unwrap(), "J \\\"x\\\" R");
        assert_eq!(read("  Joe  Doe <sip:a@b>").display_name.unwrap(), "Joe  Doe");
    }

    #[test]
    fn mistakes_are_placed() {
        let at = |text: &str| {
            let error = NameAddr::parse(text.as_bytes()).unwrap_err();
            (error.expected, error.offset)
        };
        assert_eq!(at("\"Mr J <sip:a@b>"), (Expected::ClosingQuote, 0));
        assert_eq!(at("Bell, Alexander <sip:a@b>"), (Expected::DisplayName, 0));
        assert_eq!(at("< sip:a@b >"), (Expected::Scheme, 1));
        assert_eq!(at("sip:a@b?Route=%3Csip:c%3E"), (Expected::Brackets, 7));
        assert_eq!(at("<sip:a@b"), (Expected::ClosingBracket, 8));
    }
}
