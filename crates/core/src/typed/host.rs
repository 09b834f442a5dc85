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

const EXTRA_COLON: &str = ":::";

impl<'a> Host<'a> {
    /// Whether an IPv6 reference has the one colon too many that RFC 3261's own grammar allows (RFC 5118 §4.10).
    #[must_use]
    pub fn has_extra_colon(&self) -> bool {
        memchr::memmem::find(self.text.as_bytes(), EXTRA_COLON.as_bytes()).is_some()
    }

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
    let address = ipv6(inner).ok_or_else(fault)?;
    let text = Text::new(&input[..=close]);
    Ok((&input[close + 1..], Host { text, address: Some(IpAddr::V6(address)) }))
}

/// The grammar of RFC 3261 leads to `:::` before an IPv4 part; that one colon too many is passed over (RFC 5118 §4.10).
fn ipv6(text: &str) -> Option<Ipv6Addr> {
    let Some((before, behind)) = text.split_once(EXTRA_COLON) else { return text.parse().ok() };
    let mut mended = [0; 48];
    let pieces = [before.as_bytes(), b"::", behind.as_bytes()];
    let mut length = 0;
    for piece in pieces {
        mended.get_mut(length..length + piece.len())?.copy_from_slice(piece);
        length += piece.len();
    }
    core::str::from_utf8(&mended[..length]).ok()?.parse().ok()
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
    use crate::syntax::whole;

    fn read(text: &str) -> Result<HostPort<'_>, crate::ValueError> {
        whole(text.as_bytes(), |input| HostPort::grammar(input, false))
    }

    #[test]
    fn a_colon_too_many_before_an_ipv4_part_is_passed_over() {
        let bug = read("[2001:db8:::192.0.2.1]:5060").unwrap();
        assert_eq!(bug.host.address, "2001:db8::192.0.2.1".parse().ok());
        assert!(bug.host.has_extra_colon());
        assert!(!read("[2001:db8::192.0.2.1]").unwrap().host.has_extra_colon());
        assert!(read("[2001:::db8:::1]").is_err());
    }

    #[test]
    fn the_port_of_an_ipv6_reference_stands_outside_its_brackets() {
        assert_eq!(read("[2001:db8::10:5070]").unwrap().port, None);
        assert_eq!(read("[2001:db8::10]:5070").unwrap().port, Some(5070));
        assert!(read("2001:db8::10").is_err() && read("[2001:db8::10").is_err());
    }
}
