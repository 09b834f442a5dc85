//! Owns URIs: SIP and SIPS whole (RFC 3261 §19.1), every other scheme by scheme and rest.

use super::HostPort;
use crate::scan::{TapeBuilder, TokenKind};
use crate::syntax::{
    Expected, Fault, Parsed, ValueError, byte, is_token, is_uri_param, is_user, run, run1, whole,
};
use crate::text::Text;
use core::iter;

/// A URI.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Uri<'a> {
    /// `sip:` or `sips:`.
    Sip(SipUri<'a>),
    /// Any other scheme, its rest untouched.
    Other(OtherUri<'a>),
}

/// A `sip:` or `sips:` URI.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct SipUri<'a> {
    /// All of it, as written.
    pub text: Text<'a>,
    /// `sip` or `sips`, as written.
    pub scheme: Text<'a>,
    /// The user part, escapes kept; parameters inside it (`user;x=y@`) are part of it.
    pub user: Option<Text<'a>>,
    /// What stands behind a colon in the user part.
    pub password: Option<Text<'a>>,
    /// Host and port.
    pub host_port: HostPort<'a>,
    /// `;name=value` behind the host.
    pub params: UriParams<'a>,
    /// What stands behind `?`, without it.
    pub headers: Option<Text<'a>>,
}

/// A URI that is neither `sip:` nor `sips:`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct OtherUri<'a> {
    /// All of it, as written.
    pub text: Text<'a>,
    /// The scheme, as written.
    pub scheme: Text<'a>,
    /// What stands behind the colon.
    pub rest: Text<'a>,
}

/// The parameters of a SIP URI.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct UriParams<'a>(&'a [u8]);

/// Where a URI stands decides which bytes end it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// In angle brackets or alone: parameters and headers belong to the URI.
    Enclosed,
    /// Bare in a header: `;`, `,` and `?` end it (RFC 3261 §20).
    Bare,
}

impl<'a> Uri<'a> {
    /// Reads a URI that fills all of `text`.
    ///
    /// # Errors
    /// [`ValueError`] with the place where the grammar failed.
    pub fn parse(text: &'a [u8]) -> Result<Self, ValueError> {
        if let Some(offset) = text.iter().position(u8::is_ascii_whitespace) {
            return Err(ValueError { expected: Expected::End, offset });
        }
        whole(text, |input| Self::grammar(input, Place::Enclosed))
    }

    /// All of it, as written.
    #[must_use]
    pub const fn text(&self) -> Text<'a> {
        match self {
            Self::Sip(uri) => uri.text,
            Self::Other(uri) => uri.text,
        }
    }

    /// The scheme, as written.
    #[must_use]
    pub const fn scheme(&self) -> Text<'a> {
        match self {
            Self::Sip(uri) => uri.scheme,
            Self::Other(uri) => uri.scheme,
        }
    }

    /// The SIP URI, where it is one.
    #[must_use]
    pub const fn as_sip(&self) -> Option<&SipUri<'a>> {
        match self {
            Self::Sip(uri) => Some(uri),
            Self::Other(_) => None,
        }
    }

    pub(crate) fn grammar(input: &'a [u8], place: Place) -> Parsed<'a, Self> {
        let (rest, scheme) = scheme(input)?;
        if scheme.is("sip") || scheme.is("sips") {
            let (end, uri) = SipUri::grammar(input, scheme, rest, place)?;
            return Ok((end, Self::Sip(uri)));
        }
        let ends = |byte: u8| {
            byte <= b' ' || byte == b'>' || (place == Place::Bare && matches!(byte, b';' | b','))
        };
        let (end, opaque) = run1(|byte| !ends(byte), Expected::Syntax)(rest).map_err(failed)?;
        let text = consumed(input, end);
        Ok((end, Self::Other(OtherUri { text, scheme, rest: Text::new(opaque) })))
    }

    pub(crate) fn describe(&self, tape: &mut TapeBuilder<'_>) {
        let node = tape.open(TokenKind::Uri, self.text());
        tape.leaf(TokenKind::Scheme, self.scheme());
        match self {
            Self::Sip(uri) => uri.describe(tape),
            Self::Other(uri) => tape.leaf(TokenKind::UriRest, uri.rest),
        }
        tape.close(node);
    }
}

/// `ALPHA *( ALPHA / DIGIT / "+" / "-" / "." ) ":"`.
fn scheme(input: &[u8]) -> Parsed<'_, Text<'_>> {
    let fault = || Fault::error(input, Expected::Scheme);
    let is_scheme = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.');
    let (rest, found) = run1(is_scheme, Expected::Scheme)(input)?;
    let (rest, _) = byte(b':', Expected::Scheme)(rest).map_err(|_| fault())?;
    found[0].is_ascii_alphabetic().then_some((rest, Text::new(found))).ok_or_else(fault)
}

impl<'a> SipUri<'a> {
    /// The headers behind `?`, names and values with their escapes, in order (RFC 3261 §19.1.1).
    pub fn header_fields(&self) -> impl Iterator<Item = (Text<'a>, Text<'a>)> {
        let fields = self.headers.map_or(&[][..], Text::as_bytes).split(|byte| *byte == b'&');
        fields.filter(|field| !field.is_empty()).map(|field| {
            let equals = memchr::memchr(b'=', field).unwrap_or(field.len());
            let value = field.get(equals + 1..).unwrap_or_default();
            (Text::new(&field[..equals]), Text::new(value))
        })
    }

    fn grammar(
        input: &'a [u8],
        scheme: Text<'a>,
        start: &'a [u8],
        place: Place,
    ) -> Parsed<'a, Self> {
        let (rest, (user, password)) = user_info(start, place)?;
        let (rest, host_port) = HostPort::grammar(rest, false)?;
        let (rest, params, headers) = match place {
            Place::Enclosed => {
                let (rest, params) = uri_params(rest)?;
                let (rest, headers) = uri_headers(rest)?;
                (rest, params, headers)
            }
            Place::Bare if rest.first() == Some(&b'?') => {
                return Err(Fault::failure(rest, Expected::Brackets));
            }
            Place::Bare => (rest, UriParams::default(), None),
        };
        let text = consumed(input, rest);
        Ok((rest, Self { text, scheme, user, password, host_port, params, headers }))
    }

    fn describe(&self, tape: &mut TapeBuilder<'_>) {
        if let Some(user) = self.user {
            tape.leaf(TokenKind::User, user);
        }
        if let Some(password) = self.password {
            tape.leaf(TokenKind::Password, password);
        }
        self.host_port.describe(tape);
        for (name, value) in self.params.iter() {
            let end = value.unwrap_or(name);
            let node = tape.open_between(TokenKind::Param, name, end);
            tape.leaf(TokenKind::ParamName, name);
            if let Some(value) = value {
                tape.leaf(TokenKind::ParamValue, value);
            }
            tape.close(node);
        }
        if let Some(headers) = self.headers {
            tape.leaf(TokenKind::UriHeaders, headers);
        }
    }
}

type UserInfo<'a> = (Option<Text<'a>>, Option<Text<'a>>);

/// `[ user [ ":" password ] "@" ]`: two passes at most, whatever stands there.
fn user_info(input: &[u8], place: Place) -> Parsed<'_, UserInfo<'_>> {
    let ends = |byte: u8| place == Place::Bare && matches!(byte, b';' | b',' | b'?');
    let is_part = |byte: u8| is_user(byte) && !ends(byte);
    let (mut rest, user) = run(is_part)(input)?;
    let mut password = None;
    if let Some((b':', after)) = rest.split_first() {
        let (end, found) = run(|byte| is_part(byte) || byte == b':')(after)?;
        (rest, password) = (end, Some(Text::new(found)));
    }
    let Some((b'@', end)) = rest.split_first() else { return Ok((input, (None, None))) };
    if let Some(bad) = bad_escape(&input[..input.len() - rest.len()]) {
        return Err(Fault::failure(&input[bad..], Expected::Escape));
    }
    Ok((end, (Some(Text::new(user)), password)))
}

/// The first `%` that is not followed by two hex digits.
fn bad_escape(text: &[u8]) -> Option<usize> {
    memchr::memchr_iter(b'%', text).find(|at| {
        !text.get(at + 1..at + 3).is_some_and(|pair| pair.iter().all(u8::is_ascii_hexdigit))
    })
}

fn uri_params(input: &[u8]) -> Parsed<'_, UriParams<'_>> {
    let mut rest = input;
    while rest.first() == Some(&b';') {
        rest = uri_param(&rest[1..])?.0;
    }
    Ok((rest, UriParams(&input[..input.len() - rest.len()])))
}

type UriParam<'a> = (Text<'a>, Option<Text<'a>>);

fn uri_param(input: &[u8]) -> Parsed<'_, UriParam<'_>> {
    let is_name = |byte| is_uri_param(byte) || is_token(byte);
    let (rest, name) = run1(is_name, Expected::Parameter)(input).map_err(failed)?;
    if rest.first() != Some(&b'=') {
        return Ok((rest, (Text::new(name), None)));
    }
    let (end, value) = run1(is_name, Expected::Token)(&rest[1..]).map_err(failed)?;
    Ok((end, (Text::new(name), Some(Text::new(value)))))
}

fn uri_headers(input: &[u8]) -> Parsed<'_, Option<Text<'_>>> {
    if input.first() != Some(&b'?') {
        return Ok((input, None));
    }
    let is_part = |byte: u8| byte > b' ' && !matches!(byte, b'>' | b'<' | b'"');
    let (rest, headers) = run(is_part)(&input[1..])?;
    Ok((rest, Some(Text::new(headers))))
}

/// No other reading is tried: what stands there is known to be meant for this one.
fn failed(error: nom::Err<Fault>) -> nom::Err<Fault> {
    match error {
        nom::Err::Error(fault) => nom::Err::Failure(fault),
        other => other,
    }
}

/// What lies between `input` and its own tail `rest`.
fn consumed<'a>(input: &'a [u8], rest: &[u8]) -> Text<'a> {
    Text::new(&input[..input.len() - rest.len()])
}

impl<'a> UriParams<'a> {
    /// Each parameter's name and value, in order.
    pub fn iter(self) -> impl Iterator<Item = (Text<'a>, Option<Text<'a>>)> {
        let mut rest = self.0;
        iter::from_fn(move || {
            let (next, param) = uri_param(rest.get(1..)?).ok()?;
            rest = next;
            Some(param)
        })
    }

    /// The value of the parameter called `name`, in any case; `Some(None)` where it has no value.
    #[must_use]
    pub fn find(self, name: &str) -> Option<Option<Text<'a>>> {
        self.iter().find(|(found, _)| found.is(name)).map(|(_, value)| value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use core::net::IpAddr;

    fn sip(text: &str) -> SipUri<'_> {
        *Uri::parse(text.as_bytes()).unwrap().as_sip().unwrap()
    }

    #[test]
    fn splits_a_sip_uri_into_its_parts() {
        let uri = sip("sips:alice:secret@atlanta.example:5061;transport=tcp;lr?Subject=x");
        assert_eq!(uri.scheme, "sips");
        assert_eq!((uri.user.unwrap(), uri.password.unwrap()), ("alice".into(), "secret".into()));
        assert_eq!(
            (uri.host_port.host.text, uri.host_port.port),
            ("atlanta.example".into(), Some(5061))
        );
        assert_eq!(uri.params.find("transport"), Some(Some("tcp".into())));
        assert_eq!(uri.params.find("LR"), Some(None));
        assert_eq!(uri.headers.unwrap(), "Subject=x");
    }

    #[test]
    fn the_headers_of_a_uri_are_pairs() {
        let uri = sip("sip:a@b?Replaces=1%40x%3Bto-tag%3D2&Require=replaces&x");
        let fields: alloc::vec::Vec<_> = uri.header_fields().collect();
        assert_eq!(fields.len(), 3);
        assert_eq!(fields[0].0, "Replaces");
        assert_eq!(&*fields[0].1.unescaped(), b"1@x;to-tag=2");
        assert_eq!(fields[2], ("x".into(), "".into()));
        assert_eq!(sip("sip:a@b").header_fields().count(), 0);
    }

    #[test]
    fn a_semicolon_in_the_user_part_belongs_to_the_user() {
        let uri = sip("sip:user;par=u%40example.net@example.com");
        assert_eq!(uri.user.unwrap(), "user;par=u%40example.net");
        assert_eq!(uri.host_port.host.text, "example.com");
    }

    #[test]
    fn knows_addresses_from_names() {
        assert_eq!(
            sip("sip:10.13.2.37:5060").host_port.host.address,
            Some(IpAddr::from([10, 13, 2, 37]))
        );
        assert_eq!(sip("sip:[2001:db8::1]:5060").host_port.port, Some(5060));
        assert!(sip("sip:10.13.2.example").host_port.host.address.is_none());
    }

    #[test]
    fn other_schemes_keep_their_rest() {
        let Uri::Other(uri) = Uri::parse(b"tel:+1-201-555-0123;x=y").unwrap() else { panic!() };
        assert_eq!((uri.scheme, uri.rest), ("tel".into(), "+1-201-555-0123;x=y".into()));
    }

    #[test]
    fn mistakes_are_placed() {
        let at = |text: &str| {
            let error = Uri::parse(text.as_bytes()).unwrap_err();
            (error.expected, error.offset)
        };
        assert_eq!(at("user@host"), (Expected::Scheme, 0));
        assert_eq!(at("sip:a%zz@host"), (Expected::Escape, 5));
        assert_eq!(at("sip:host:99999"), (Expected::Port, 9));
        assert_eq!(at("sip:a b@host"), (Expected::End, 5));
        assert_eq!(at("sip:host;"), (Expected::Parameter, 9));
    }
}
