//! Owns `host` and `hostport` (RFC 3261 §25.1).

use crate::scan::{TapeBuilder, TokenKind};
use crate::syntax::{Expected, Fault, Parsed, byte, is_host, port, run, run1};
use crate::text::Text;
use core::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// A host as a message names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Host<'a> {
    /// As written, an IPv6 reference with its brackets.
    pub text: Text<'a>,
    /// The address, where it is one and not a name.
    pub address: Option<IpAddr>,
}

/// A host and perhaps a port.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct HostPort<'a> {
    /// The host.
    pub host: Host<'a>,
    /// The port, where one stands there.
    pub port: Option<u16>,
    port_text: Text<'a>,
}

impl<'a> Host<'a> {
    pub(crate) fn grammar(input: &'a [u8]) -> Parsed<'a, Self> {
        if input.first() == Some(&b'[') {
            return ipv6_reference(input);
        }
        let (rest, found) = run1(is_host, Expected::Host)(input)?;
        Ok((rest, Self { text: Text::new(found), address: ipv4(found).map(IpAddr::V4) }))
    }
}

fn ipv6_reference(input: &[u8]) -> Parsed<'_, Host<'_>> {
    let fault = || Fault::failure(input, Expected::Host);
    let (end, _) = run(|byte| byte != b']')(input)?;
    let close = input.len() - end.len();
    if end.is_empty() {
        return Err(fault());
    }
    let inner = core::str::from_utf8(&input[1..close]).map_err(|_| fault())?;
    let address: Ipv6Addr = inner.parse().map_err(|_| fault())?;
    let text = Text::new(&input[..=close]);
    Ok((&input[close + 1..], Host { text, address: Some(IpAddr::V6(address)) }))
}

/// Four numbers up to 255 without leading zeros; anything else is a name.
fn ipv4(text: &[u8]) -> Option<Ipv4Addr> {
    let (first, rest) = octet(text)?;
    let (second, rest) = octet(rest.strip_prefix(b".")?)?;
    let (third, rest) = octet(rest.strip_prefix(b".")?)?;
    let (fourth, rest) = octet(rest.strip_prefix(b".")?)?;
    rest.is_empty().then(|| Ipv4Addr::new(first, second, third, fourth))
}

fn octet(text: &[u8]) -> Option<(u8, &[u8])> {
    let (mut value, mut at) = (0_u16, 0);
    while let Some(digit) = text.get(at).filter(|byte| at < 3 && byte.is_ascii_digit()) {
        value = value * 10 + u16::from(digit - b'0');
        at += 1;
    }
    let is_plain = at == 1 || at > 1 && text[0] != b'0';
    u8::try_from(value).ok().filter(|_| is_plain).map(|value| (value, &text[at..]))
}

impl<'a> HostPort<'a> {
    /// `hostport`. White space before the colon is let through only where `spaced` says so (Via's `sent-by`).
    pub(crate) fn grammar(input: &'a [u8], spaced: bool) -> Parsed<'a, Self> {
        let (rest, host) = Host::grammar(input)?;
        let colon = if spaced { rest.trim_ascii_start() } else { rest };
        let Ok((after, _)) = byte(b':', Expected::Port)(colon) else {
            return Ok((rest, Self { host, port: None, port_text: Text::default() }));
        };
        let after = if spaced { after.trim_ascii_start() } else { after };
        let (rest, (port_text, port)) = port(after)?;
        Ok((rest, Self { host, port: Some(port), port_text }))
    }

    pub(crate) fn describe(&self, tape: &mut TapeBuilder<'_>) {
        tape.leaf(TokenKind::Host, self.host.text);
        if self.port.is_some() {
            tape.leaf(TokenKind::Port, self.port_text);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::ToString;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn an_address_is_what_the_standard_library_takes_for_one(text in "[0-9]{0,4}(\\.[0-9]{1,4}){2,4}") {
            prop_assert_eq!(ipv4(text.as_bytes()), text.parse().ok());
        }

        #[test]
        fn every_ipv4_address_is_known_as_one(address in any::<Ipv4Addr>()) {
            prop_assert_eq!(ipv4(address.to_string().as_bytes()), Some(address));
        }
    }
}
