//! Owns `host` and `hostport` (RFC 3261 §25.1).

use super::ipv4::ipv4;
use crate::scan::{TapeBuilder, TokenKind};
use crate::syntax::{Expected, Fault, Parsed, byte, is_host, port, run, run1};
use crate::text::Text;
use core::net::{IpAddr, Ipv6Addr};

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
