//! Owns what names a transaction, so that a repeated request and a response find it (RFC 3261 §17.1.3, §17.2.3).

use crate::message::{HeaderName, Message, StartLine};
use crate::typed::{NameAddr, Via};
use alloc::format;
use alloc::string::ToString;
use alloc::vec::Vec;

/// The name of a transaction at the side that was asked (RFC 3261 §17.2.3): branch, sent-by and method; without a
/// branch of RFC 3261, as snom phones send, Request-URI, tags, Call-ID, `CSeq` and the topmost Via.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ServerKey(Vec<u8>);

/// The name of a transaction at the side that asked (RFC 3261 §17.1.3): branch and method; without a branch Call-ID,
/// From tag and `CSeq`, which every server copies.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ClientKey(Vec<u8>);

impl ServerKey {
    /// The name of the transaction that `request` begins or repeats; of an ACK with a branch, that of its INVITE.
    ///
    /// `None` for a response, and for a request without Via or `CSeq`.
    #[must_use]
    pub fn of(request: &Message<'_>) -> Option<Self> {
        let StartLine::Request(line) = request.start_line() else { return None };
        let via = request.top_via().ok()??;
        let method = if line.method == "ACK" { b"INVITE" } else { line.method.as_bytes() };
        match via.transaction_branch() {
            Some(branch) => Some(Self(joined(&[branch.as_bytes(), &sent_by(&via), method]))),
            None => without_branch(request, line.uri.as_bytes(), method).map(Self),
        }
    }
}

impl ClientKey {
    /// The name itself: the same bytes for the same transaction.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// The name of the transaction of `message`: a request that is sent, or a response that came.
    ///
    /// `None` without Via or `CSeq`.
    #[must_use]
    pub fn of(message: &Message<'_>) -> Option<Self> {
        let via = message.top_via().ok()??;
        let cseq = message.cseq().ok()??;
        let method = cseq.method.as_bytes();
        if let Some(branch) = via.branch() {
            return Some(Self(joined(&[branch.as_bytes(), method])));
        }
        let number = cseq.number.to_string();
        let from = tag(message.from().ok()?);
        Some(Self(joined(&[&value(message, HeaderName::CallId), &from, number.as_bytes(), method])))
    }
}

fn without_branch(request: &Message<'_>, uri: &[u8], method: &[u8]) -> Option<Vec<u8>> {
    let number = request.cseq().ok()??.number.to_string();
    let (to, from) = (tag(request.to().ok()?), tag(request.from().ok()?));
    let call_id = value(request, HeaderName::CallId);
    let via = value(request, HeaderName::Via);
    Some(joined(&[uri, &to, &from, &call_id, number.as_bytes(), method, &via]))
}

/// Host and port as they compare: the host in any case, the port of the transport where none is written.
fn sent_by(via: &Via<'_>) -> Vec<u8> {
    let host = via.sent_by.host.text.to_str().to_ascii_lowercase();
    let default = if via.transport.is("TLS") { 5061 } else { 5060 };
    format!("{host}:{}", via.sent_by.port.unwrap_or(default)).into_bytes()
}

fn tag(address: Option<NameAddr<'_>>) -> Vec<u8> {
    let tag = address.and_then(|address| address.tag());
    tag.map(|tag| tag.as_bytes().to_vec()).unwrap_or_default()
}

fn value(message: &Message<'_>, name: HeaderName) -> Vec<u8> {
    let header = message.header(name);
    header.map(|header| header.value().unfolded_bytes().into_owned()).unwrap_or_default()
}

/// No part holds a line feed: values are unfolded, and the first line is one line.
fn joined(parts: &[&[u8]]) -> Vec<u8> {
    parts.join(&b'\n')
}
