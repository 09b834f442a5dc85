//! Owns writing the messages of an exchange by hand: what `compose` and the composer page write.

use super::answer::{Answered, Notice, Ours, both};
use super::subscription::{IgnoreReason, Subscription};
use super::{Dialect, Switches};
use crate::build::BuildError;
use crate::entropy::{Entropy, hex_word};
use crate::message::{Message, ParseError};
use alloc::string::String;
use alloc::vec::Vec;
use core::net::SocketAddr;

/// The two messages that answer a SUBSCRIBE.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Reply {
    /// The 200.
    pub ok: Vec<u8>,
    /// The NOTIFY with the URL.
    pub notify: Vec<u8>,
}

/// How a SUBSCRIBE is answered by hand.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ReplyFields {
    /// Our address and port.
    pub server: SocketAddr,
    /// Where the SUBSCRIBE came from, else what its Via says.
    pub source: Option<SocketAddr>,
    /// The URL of the NOTIFY.
    pub url: String,
    /// The shape of both; [`Dialect::Auto`] is written as [`Dialect::Rfc`].
    pub dialect: Dialect,
    /// Small variations of it.
    pub switches: Switches,
}

impl ReplyFields {
    /// Answers from `server` with `url` in `dialect`.
    #[must_use]
    pub fn new(server: SocketAddr, url: impl Into<String>, dialect: Dialect) -> Self {
        let switches = Switches::default();
        Self { server, source: None, url: url.into(), dialect, switches }
    }
}

/// No reply can be written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ReplyError {
    /// It is no SIP message.
    #[error("not SIP: {0}")]
    NotSip(ParseError),
    /// It is no SUBSCRIBE that is answered with a URL.
    #[error("this is no phone asking for its URL: {0}")]
    NotAsking(IgnoreReason),
    /// A part cannot stand in a message.
    #[error("{0}")]
    Unwritable(BuildError),
}

/// Writes the 200 and the NOTIFY that answer `subscribe`.
///
/// # Errors
/// [`ReplyError`] where `subscribe` is no phone's request for its URL.
pub fn reply(
    subscribe: &[u8],
    fields: &ReplyFields,
    entropy: &mut dyn Entropy,
) -> Result<Reply, ReplyError> {
    let message = Message::parse(subscribe).map_err(ReplyError::NotSip)?;
    let asked = Subscription::read(message).map_err(ReplyError::NotAsking)?;
    let (tag, branch) = (hex_word(entropy, 8), hex_word(entropy, 12));
    let source = fields.source.unwrap_or_else(|| sender(&asked, fields.server));
    let switches = fields.switches;
    let ours = Ours { switches, local: fields.server, source, tag: &tag };
    let notice =
        Notice { url: Some(&fields.url), branch: &branch, cseq: asked.cseq.number & 0x3FFF_FFFF };
    let answered = both(&asked, &ours, &notice, fields.dialect);
    let Answered { ok, notify } = answered.map_err(ReplyError::Unwritable)?;
    Ok(Reply { ok, notify })
}

/// The sender's own word in Via, where it is an address: by hand there is no datagram that would know better.
fn sender(asked: &Subscription<'_>, server: SocketAddr) -> SocketAddr {
    let sent_by = &asked.via.sent_by;
    let address = sent_by.host.address.unwrap_or(server.ip());
    SocketAddr::new(address, sent_by.port.unwrap_or(5060))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::{Context, check};
    use crate::entropy::SeededEntropy;
    use crate::pnp::{Subscriber, profile};

    fn replied(profile: &profile::PhoneProfile) -> Reply {
        let phone = Subscriber::new("192.0.2.7:5060".parse().unwrap());
        let asked = profile.subscribe(&phone, &mut SeededEntropy::new(1)).unwrap();
        let server = "192.0.2.1:5060".parse().unwrap();
        let fields = ReplyFields::new(server, "tftp://192.0.2.1/a.cfg", Dialect::Rfc);
        reply(&asked, &fields, &mut SeededEntropy::new(2)).unwrap()
    }

    #[test]
    fn the_answer_to_every_phone_has_no_finding_in_the_rfcs_form() {
        for profile in profile::ALL {
            let Reply { ok, notify } = replied(profile);
            let notify = Message::parse(&notify).unwrap();
            assert_eq!(check(&notify, &Context::default()), [], "{}", profile.vendor);
            let ok = Message::parse(&ok).unwrap();
            // What a phone leaves out of its Via and From is copied (RFC 3261 §8.2.6.2).
            let has_branch = ok.top_via().unwrap().unwrap().branch().is_some();
            if has_branch && ok.from().unwrap().unwrap().tag().is_some() {
                assert_eq!(check(&ok, &Context::default()), [], "{}", profile.vendor);
            }
        }
    }
}
