//! Owns the headers of authentication, split into scheme and parameters (RFC 3261 §25.1 `credentials`, `challenge`,
//! `ainfo`). Knows no cryptography.

use super::Value;
use crate::scan::{TapeBuilder, TokenKind};
use crate::syntax::{
    Expected, Fault, Param, ParamValue, Parsed, ValueError, generic_param, lws, separator, sws,
    token, whole,
};
use crate::text::Text;
use core::iter;

/// A scheme and its parameters: a challenge, or the answer to one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Credentials<'a> {
    /// `Digest`, …
    pub scheme: Text<'a>,
    /// What stands behind the scheme, as written: parameters, or what a scheme unknown to RFC 3261 carries there.
    pub rest: Text<'a>,
}

/// A list of parameters, parted by commas (Authentication-Info, RFC 3261 §20.6).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct AuthParams<'a> {
    /// All of it, as written.
    pub text: Text<'a>,
}

impl<'a> Credentials<'a> {
    /// Reads a value of Authorization, WWW-Authenticate or their like.
    ///
    /// # Errors
    /// [`ValueError`] with the place where the grammar failed.
    pub fn parse(value: &'a [u8]) -> Result<Self, ValueError> {
        whole(value, Self::grammar)
    }

    /// The parameters, in order, up to the first that is none.
    pub fn params(self) -> impl Iterator<Item = Param<'a>> {
        AuthParams { text: self.rest }.iter()
    }

    /// The value of the first parameter called `name`, in any case.
    #[must_use]
    pub fn param(self, name: &str) -> Option<ParamValue<'a>> {
        AuthParams { text: self.rest }.param(name)
    }

    /// Whether the scheme is Digest (RFC 3261 §22.4).
    #[must_use]
    pub fn is_digest(&self) -> bool {
        self.scheme.is("Digest")
    }
}

impl<'a> AuthParams<'a> {
    /// Reads an Authentication-Info value.
    ///
    /// # Errors
    /// [`ValueError`] with the place where the grammar failed.
    pub fn parse(value: &'a [u8]) -> Result<Self, ValueError> {
        whole(value, Self::grammar)
    }

    /// The parameters, in order, up to the first that is none.
    pub fn iter(self) -> impl Iterator<Item = Param<'a>> {
        let mut rest = Some(self.text.as_bytes());
        iter::from_fn(move || {
            let (next, param) = generic_param(rest.take()?.trim_ascii_start()).ok()?;
            rest = separator(b',', Expected::Comma)(next).ok().map(|(rest, _)| rest);
            Some(param)
        })
    }

    /// The value of the first parameter called `name`, in any case.
    #[must_use]
    pub fn param(self, name: &str) -> Option<ParamValue<'a>> {
        self.iter().find(|param| param.name.is(name))?.value
    }
}

/// `auth-param *( COMMA auth-param )`: checks all of it, keeps where it stands.
fn auth_params(input: &[u8]) -> Parsed<'_, Text<'_>> {
    let mut rest = input;
    loop {
        rest = generic_param(rest)?.0;
        match separator(b',', Expected::Comma)(rest) {
            Ok((next, _)) => rest = next,
            Err(_) => break,
        }
    }
    let (after, _) = sws(rest)?;
    if !after.is_empty() {
        return Err(Fault::failure(after, Expected::Comma));
    }
    Ok((rest, Text::new(&input[..input.len() - rest.len()])))
}

impl<'a> Value<'a> for Credentials<'a> {
    /// The scheme must be there. What follows is checked for Digest; schemes unknown here carry anything (`Basic`
    /// carries base64).
    fn grammar(input: &'a [u8]) -> Parsed<'a, Self> {
        let (rest, scheme) = token(input)?;
        let (rest, _) = lws(rest)?;
        if scheme.is("Digest") {
            let (end, rest) = auth_params(rest)?;
            return Ok((end, Self { scheme, rest }));
        }
        let (parameters, end) = rest.split_at(rest.trim_ascii_end().len());
        Ok((end, Self { scheme, rest: Text::new(parameters) }))
    }

    fn describe(&self, tape: &mut TapeBuilder<'a>) {
        tape.leaf(TokenKind::Word, self.scheme);
        match AuthParams::parse(self.rest.as_bytes()) {
            Ok(params) => params.describe(tape),
            Err(_) => tape.leaf(TokenKind::Word, self.rest),
        }
    }
}

impl<'a> Value<'a> for AuthParams<'a> {
    fn grammar(input: &'a [u8]) -> Parsed<'a, Self> {
        let (rest, text) = auth_params(input)?;
        Ok((rest, Self { text }))
    }

    fn describe(&self, tape: &mut TapeBuilder<'a>) {
        self.iter().for_each(|param| tape.param(param));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_digest_is_split_into_its_parameters() {
        let text = br#"Digest username="a, \"b\"",realm="x" ,nc=00000001 , qop=auth"#;
        let digest = Credentials::parse(text).unwrap();
        assert!(digest.is_digest());
        assert_eq!(digest.params().count(), 4);
        assert_eq!(digest.param("USERNAME").unwrap().to_str(), "a, \"b\"");
        assert_eq!(digest.param("nc").unwrap().text, "00000001");
        assert_eq!(digest.param("opaque"), None);
    }

    #[test]
    fn a_digest_without_its_commas_is_refused_at_its_place() {
        let error = Credentials::parse(br#"Digest realm="x" nonce="y""#).unwrap_err();
        assert_eq!((error.expected, error.offset), (Expected::Comma, 17));
        let error = Credentials::parse(b"Digest realm=x,").unwrap_err();
        assert_eq!((error.expected, error.offset), (Expected::Token, 15));
        assert_eq!(Credentials::parse(b"Digest").unwrap_err().expected, Expected::Space);
    }

    #[test]
    fn other_schemes_keep_what_they_carry() {
        let basic = Credentials::parse(b"Basic QWxhZGRpbjpvcGVu==").unwrap();
        assert_eq!((basic.scheme, basic.rest), ("Basic".into(), "QWxhZGRpbjpvcGVu==".into()));
    }

    #[test]
    fn authentication_info_has_no_scheme() {
        let info = AuthParams::parse(br#"nextnonce="47", qop=auth"#).unwrap();
        assert_eq!(info.param("nextnonce").unwrap().text, "47");
        assert!(AuthParams::parse(b"").is_err());
    }
}
