//! Owns what a line looks like on its own, without its neighbours.

use crate::grammar::is_token;
use fingerpost_core::HeaderName;
use fingerpost_core::typed::{Uri, Via};

/// What a line inside a message looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    /// White space or nothing.
    Blank,
    /// It begins with white space: it continues the line before it (RFC 3261 §7.3.1).
    Fold,
    /// A header that core knows.
    Known(HeaderName),
    /// A name, a colon and, behind a blank, a value.
    Header,
    /// The same without the blank: a header, or a piece of one.
    Tight,
    /// It has a colon as a header has, but is an address: `tftp://host`, `sip:user@host`, `192.0.2.1:5060;rport`.
    Address,
    /// Anything else.
    Plain,
}

impl Shape {
    pub(crate) fn of(text: &[u8]) -> Self {
        if text.trim_ascii().is_empty() {
            return Self::Blank;
        }
        if matches!(text.first(), Some(b' ' | b'\t')) {
            return Self::Fold;
        }
        let Some(colon) = memchr::memchr(b':', text) else {
            return Self::Plain;
        };
        match HeaderName::of(text[..colon].trim_ascii_end()) {
            HeaderName::Other => unknown(text, colon),
            known => Self::Known(known),
        }
    }

    pub(crate) const fn is_header(self) -> bool {
        matches!(self, Self::Known(_) | Self::Header | Self::Tight)
    }
}

fn unknown(text: &[u8], colon: usize) -> Shape {
    let (name, value) = (&text[..colon], &text[colon + 1..]);
    match value.first() {
        _ if !is_token(name.trim_ascii_end()) => Shape::Plain,
        None | Some(b' ' | b'\t') => Shape::Header,
        Some(b'/') if is_url(text) => Shape::Address,
        Some(b'0'..=b'9') if is_host_and_port(text) => Shape::Address,
        Some(_) if matches!(Uri::parse(text), Ok(Uri::Sip(_))) => Shape::Address,
        Some(_) => Shape::Tight,
    }
}

/// Whether `text` is a URL as bodies of `application/url` hold: a scheme, `://`, and no blank.
pub(crate) fn is_url(text: &[u8]) -> bool {
    let scheme_end = memchr::memmem::find(text, b"://");
    let has_blank = text.iter().any(u8::is_ascii_whitespace);
    scheme_end.is_some_and(|end| is_token(&text[..end])) && !has_blank
}

/// Whether `text` is what stands behind the transport in a Via: a host, a port, parameters.
fn is_host_and_port(text: &[u8]) -> bool {
    let via = [b"SIP/2.0/UDP ", text].concat();
    let sent_by = Via::parse(&via).map(|via| via.sent_by);
    sent_by.is_ok_and(|read| read.port.is_some() && read.host.text.as_bytes().contains(&b'.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_not_taken_for_headers() {
        for text in [
            "tftp://192.0.2.1",
            "sip:a@b;tag=1",
            "192.0.2.1:5060;rport;branch=z9hG4bK1",
            "pbx.example:5060",
        ] {
            assert_eq!(Shape::of(text.as_bytes()), Shape::Address, "{text}");
        }
    }

    #[test]
    fn headers_need_a_token_and_a_colon() {
        assert_eq!(Shape::of(b"TO :"), Shape::Known(HeaderName::To));
        assert_eq!(Shape::of(b"X-Phone: 12"), Shape::Header);
        assert_eq!(Shape::of(b"X-Phone:12"), Shape::Tight);
        assert_eq!(Shape::of(b"<sip:a@b>;tag=1"), Shape::Plain);
        assert_eq!(Shape::of(b"The URL is this: http://x"), Shape::Plain);
        assert_eq!((Shape::of(b" \t"), Shape::of(b" a: b")), (Shape::Blank, Shape::Fold));
    }
}
