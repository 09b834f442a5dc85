//! Owns the messages of a document on their way: who sends each of them to whom.

use crate::endpoint::socket;
use fingerpost_core::message::StartLine;
use fingerpost_core::pnp::asking;
use fingerpost_core::typed::HostPort;
use fingerpost_core::{HeaderName, Message};
use std::net::{IpAddr, SocketAddr};

/// One message of a document, as it goes out.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Letter {
    /// Every byte of it.
    pub text: String,
    /// Where it comes from, as a person writes it; empty where the message itself shall say.
    pub from: String,
    /// Where it goes, likewise.
    pub to: String,
}

impl Letter {
    /// A message that goes from one place to another; empty places are read from the message.
    pub fn new(text: impl Into<String>, from: impl Into<String>, to: impl Into<String>) -> Self {
        Self { text: text.into(), from: from.into(), to: to.into() }
    }

    pub(crate) fn read(&self) -> Option<Message<'_>> {
        Message::parse(self.text.as_bytes()).ok()
    }
}

/// Where a letter comes from and goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Way {
    pub(crate) from: SocketAddr,
    pub(crate) to: SocketAddr,
}

/// The way of each letter: as it was given; else as the request that it answers came, turned round; else by the word of
/// the message itself; else between two made-up hosts.
pub(crate) fn ways(letters: &[Letter]) -> Vec<Way> {
    let mut ways: Vec<Way> = Vec::new();
    for (at, letter) in letters.iter().enumerate() {
        let told = letter.read().map(|message| {
            answered(&message, &letters[..at], &ways).unwrap_or_else(|| own_word(&message))
        });
        let (from, to) = told.unwrap_or_default();
        let given = |text: &str| socket(text, 5060).ok();
        ways.push(Way {
            from: given(&letter.from).or(from).unwrap_or(made_up(1)),
            to: given(&letter.to).or(to).unwrap_or(made_up(2)),
        });
    }
    ways
}

type Ends = (Option<SocketAddr>, Option<SocketAddr>);

/// From where to where the request that a response belongs to went, turned round.
fn answered(message: &Message<'_>, before: &[Letter], ways: &[Way]) -> Option<Ends> {
    message.status()?;
    let key = |message: &Message<'_>| {
        let value = |name| Some(message.header(name)?.value().to_str().into_owned());
        Some((value(HeaderName::CallId)?, value(HeaderName::CSeq)?))
    };
    let wanted = key(message)?;
    let is_it = |letter: &Letter| {
        let read = letter.read().filter(|read| read.status().is_none());
        read.is_some_and(|read| key(&read).as_ref() == Some(&wanted))
    };
    let at = before.iter().rposition(is_it)?;
    Some((Some(ways[at].to).filter(|to| !to.ip().is_multicast()), Some(ways[at].from)))
}

/// What Via and Request-URI say.
fn own_word(message: &Message<'_>) -> Ends {
    let via = message.top_via().ok().flatten();
    let sender = via.and_then(|via| place(&via.sent_by));
    match message.start_line() {
        StartLine::Status(_) => (None, sender),
        StartLine::Request(_) => {
            let uri = message.request_uri();
            let sip = uri.as_ref().and_then(|uri| uri.as_sip());
            let addressee = sip.and_then(|uri| place(&uri.host_port));
            // Some phones write another name there, and ask everybody all the same.
            let group = || asking(message).map(|_| SocketAddr::from(([224, 0, 1, 75], 5060)));
            (sender, addressee.or_else(group))
        }
    }
}

fn place(host: &HostPort<'_>) -> Option<SocketAddr> {
    Some(SocketAddr::new(host.host.address?, host.port.unwrap_or(5060)))
}

/// Addresses for documentation (RFC 5737).
fn made_up(number: u8) -> SocketAddr {
    SocketAddr::new(IpAddr::from([192, 0, 2, number]), 5060)
}
