//! Owns Via (RFC 3261 §20.42) with `rport` (RFC 3581).

use super::{HostPort, Kept, Value};
use crate::message::HeaderName;
use crate::scan::{TapeBuilder, TokenKind};
use crate::syntax::{
    Expected, Fault, ParamList, Params, Parsed, ValueError, params, slash, sws, token, whole,
};
use crate::text::Text;
use core::net::IpAddr;

/// What every branch of RFC 3261 begins with (§8.1.1.7).
pub(crate) const BRANCH_COOKIE: &str = "z9hG4bK";

/// One hop that a message took.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Via<'a> {
    /// `SIP`.
    pub protocol: Text<'a>,
    /// `2.0`.
    pub version: Text<'a>,
    /// `UDP`, `TCP`, …
    pub transport: Text<'a>,
    /// Where answers are to go.
    pub sent_by: HostPort<'a>,
    /// `branch`, `received`, `rport`, …
    pub params: Params<'a>,
}

impl<'a> Via<'a> {
    /// Reads one Via value.
    ///
    /// # Errors
    /// [`ValueError`] with the place where the grammar failed.
    pub fn parse(value: &'a [u8]) -> Result<Self, ValueError> {
        whole(value, Self::grammar)
    }

    /// The `branch` parameter.
    #[must_use]
    pub fn branch(&self) -> Option<Text<'a>> {
        self.params.value("branch").map(|value| value.text)
    }

    /// The branch, where it identifies a transaction: it begins with `z9hG4bK` and goes on (RFC 3261 §17.2.3).
    #[must_use]
    pub fn transaction_branch(&self) -> Option<Text<'a>> {
        self.branch().filter(|branch| identifies_transaction(*branch))
    }

    /// The address in `received`, where it is one. RFC 3261's grammar has an IPv6 address there without brackets;
    /// with them it is read too (RFC 5118 §4.5).
    #[must_use]
    pub fn received(&self) -> Option<IpAddr> {
        received_address(&self.params.value("received")?.to_str())
    }

    /// Whether the sender asked for `rport` and nobody filled it yet.
    #[must_use]
    pub fn wants_rport(&self) -> bool {
        self.params.find("rport").is_some_and(|param| param.value.is_none())
    }
}

impl<'a> Via<'a> {
    /// The tokens before the parameters.
    fn describe_hop(&self, tape: &mut TapeBuilder<'a>) {
        tape.leaf(TokenKind::Protocol, self.protocol);
        tape.leaf(TokenKind::Version, self.version);
        tape.leaf(TokenKind::Transport, self.transport);
        self.sent_by.describe(tape);
    }
}

/// Whether a branch is more than the cookie that it begins with.
pub(crate) fn identifies_transaction(branch: Text<'_>) -> bool {
    let cookie = branch.as_bytes().get(..BRANCH_COOKIE.len());
    let is_known = cookie.is_some_and(|cookie| Text::new(cookie).is(BRANCH_COOKIE));
    is_known && branch.len() > BRANCH_COOKIE.len()
}

/// The address that `received` gives.
pub(crate) fn received_address(text: &str) -> Option<IpAddr> {
    let inner = text.strip_prefix('[').and_then(|text| text.strip_suffix(']'));
    match inner {
        Some(address) => address.parse().ok().map(IpAddr::V6),
        None => text.parse().ok(),
    }
}

impl<'a> Value<'a> for Via<'a> {
    fn grammar(input: &'a [u8]) -> Parsed<'a, Self> {
        let (rest, protocol) = token(input)?;
        let (rest, _) = slash(rest)?;
        let (rest, version) = token(rest)?;
        let (rest, _) = slash(rest)?;
        let (rest, transport) = token(rest)?;
        let (rest, space) = sws(rest)?;
        if space.is_empty() {
            return Err(Fault::failure(rest, Expected::Space));
        }
        let (rest, sent_by) = HostPort::grammar(rest, true)?;
        let (rest, params) = params(rest)?;
        Ok((rest, Self { protocol, version, transport, sent_by, params }))
    }

    fn describe(&self, tape: &mut TapeBuilder<'a>) {
        self.describe_hop(tape);
        tape.params(self.params);
    }

    fn keep(self, _: HeaderName, kept: &mut Kept<'a>) {
        kept.via(self, || ParamList::of(self.params));
    }

    fn describe_and_keep(self, _: HeaderName, tape: &mut TapeBuilder<'a>, kept: &mut Kept<'a>) {
        self.describe_hop(tape);
        let params = tape.listed(self.params);
        kept.via(self, || params);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_is_let_in_wherever_the_grammar_allows_it() {
        let via =
            Via::parse(b"SIP  / 2.0\r\n /UDP\r\n    192.0.2.2 : 5061 ; branch = z9hG4bK390skdjuw")
                .unwrap();
        assert_eq!((via.version, via.transport), ("2.0".into(), "UDP".into()));
        assert_eq!(via.sent_by.port, Some(5061));
        assert_eq!(via.transaction_branch().unwrap(), "z9hG4bK390skdjuw");
    }

    #[test]
    fn the_cookie_alone_identifies_nothing() {
        assert_eq!(Via::parse(b"SIP/2.0/UDP h;branch=z9hG4bK").unwrap().transaction_branch(), None);
        assert_eq!(Via::parse(b"SIP/2.0/UDP h;rport").unwrap().transaction_branch(), None);
    }

    #[test]
    fn rport_is_wanted_only_while_empty() {
        assert!(Via::parse(b"SIP/2.0/UDP h;rport;branch=z9hG4bK1").unwrap().wants_rport());
        assert!(!Via::parse(b"SIP/2.0/UDP h;rport=5060").unwrap().wants_rport());
    }

    #[test]
    fn received_is_read_with_and_without_brackets() {
        let received = |text: &'static str| Via::parse(text.as_bytes()).unwrap().received();
        let address = "2001:db8::9:255".parse().ok();
        assert_eq!(received("SIP/2.0/UDP [2001:db8::9:1];received=[2001:db8::9:255]"), address);
        assert_eq!(received("SIP/2.0/UDP [2001:db8::9:1];received=2001:db8::9:255"), address);
        assert_eq!(received("SIP/2.0/UDP h;received=192.0.2.1"), "192.0.2.1".parse().ok());
        assert_eq!(received("SIP/2.0/UDP h;received=name"), None);
    }

    #[test]
    fn extra_separators_are_refused() {
        assert!(Via::parse(b"SIP/2.0/UDP 192.0.2.15;;,;,,").is_err());
    }
}
