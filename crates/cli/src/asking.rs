//! Owns finding, in a file, the phone that asks for its URL.

use crate::input::{Input, in_words};
use anyhow::bail;
use fingerpost_core::Message;
use fingerpost_core::message::StartLine;
use fingerpost_core::pnp::{Identity, asking};
use fingerpost_trace::{Found, Limits, open};
use std::net::IpAddr;

/// A phone's SUBSCRIBE and who sent it.
#[derive(Debug)]
pub(crate) struct Asking {
    pub(crate) bytes: Vec<u8>,
    pub(crate) phone: Identity,
    /// What the phone itself says its address is, in its Via.
    pub(crate) address: Option<IpAddr>,
}

impl Asking {
    /// Takes a message as a phone asking; `None` where it is something else.
    pub(crate) fn read(bytes: &[u8]) -> Option<Self> {
        let message = Message::parse(bytes).ok()?;
        let phone = asking(&message)?;
        Some(Self { phone, address: via_address(&message), bytes: bytes.to_vec() })
    }

    /// The first phone that asks in `input`.
    pub(crate) fn first_in(input: &Input) -> anyhow::Result<Self> {
        let found = open(&input.bytes, Limits::default()).messages;
        match found.iter().find_map(|found| Self::read(&found.bytes)) {
            Some(asking) => Ok(asking),
            None => bail!(
                "no phone asks in {}: looked for a SUBSCRIBE with Event ua-profile that takes application/url, found {}",
                in_words(&input.name),
                kinds(&found)
            ),
        }
    }
}

/// The address in the top Via: the sender's own word.
pub(crate) fn via_address(message: &Message<'_>) -> Option<IpAddr> {
    message.top_via().ok().flatten()?.sent_by.host.address
}

/// So many are named.
const NAMED: usize = 5;

fn kinds(found: &[Found]) -> String {
    let messages = found.iter().filter_map(|found| Message::parse(&found.bytes).ok());
    let mut kinds: Vec<String> = messages.take(NAMED).map(|message| kind(&message)).collect();
    match found.len().saturating_sub(kinds.len()) {
        0 if kinds.is_empty() => "no SIP message".into(),
        0 => kinds.join(", "),
        more => {
            kinds.push(format!("{more} more"));
            kinds.join(", ")
        }
    }
}

fn kind(message: &Message<'_>) -> String {
    let event = || message.event().ok().flatten().map(|event| format!(" for {}", event.package));
    let kind = match message.start_line() {
        StartLine::Request(line) => format!("{}{}", line.method, event().unwrap_or_default()),
        StartLine::Status(line) => line.code.to_string(),
    };
    crate::printable::printable(&kind).into_owned()
}
