//! Owns responses to a request: what is copied from it, and what is written down about where it came from.

use super::{MessageBuilder, token};
use crate::message::{HeaderName, Message, Response};
use crate::span::Span;
use crate::text::Text;
use crate::typed::{NameAddr, Via, list};
use alloc::format;
use alloc::vec::Vec;
use core::net::SocketAddr;

impl Response<'_> {
    /// Begins a response with Via (all of them, in order), Record-Route, From, To, Call-ID and `CSeq` of `request`
    /// (RFC 3261 §8.2.6.2, §12.1.1).
    #[must_use]
    pub fn reply_to(request: &Message<'_>, status: u16, reason: &str) -> ReplyBuilder {
        ReplyBuilder { builder: Self::builder(status, reason), copied: copied_headers(request) }
    }
}

/// A response in the making, its copied headers still open to change.
#[derive(Debug, Clone)]
pub struct ReplyBuilder {
    builder: MessageBuilder,
    copied: Vec<(HeaderName, Vec<u8>)>,
}

const COPIED: [HeaderName; 6] = [
    HeaderName::Via,
    HeaderName::RecordRoute,
    HeaderName::From,
    HeaderName::To,
    HeaderName::CallId,
    HeaderName::CSeq,
];

fn copied_headers(request: &Message<'_>) -> Vec<(HeaderName, Vec<u8>)> {
    let copies = COPIED.iter().flat_map(|name| request.headers_named(*name));
    copies.map(|header| (header.name(), header.value().unfolded_bytes().into_owned())).collect()
}

impl ReplyBuilder {
    /// Adds `tag` to To, where the request had none (RFC 3261 §8.2.6.2).
    #[must_use]
    pub fn with_to_tag(mut self, tag: &str) -> Self {
        self.builder.note(token(tag));
        let to = self.copied.iter_mut().find(|(name, _)| *name == HeaderName::To);
        if let Some((_, value)) = to {
            add_tag(value, tag);
        }
        self
    }

    /// Writes down in the top Via where the request came from: `received` where the sender's own word differs or
    /// asks for it (RFC 3261 §18.2.1), `rport` where it asks for it (RFC 3581 §4).
    #[must_use]
    pub fn with_received(mut self, source: SocketAddr) -> Self {
        let via = self.copied.iter_mut().find(|(name, _)| *name == HeaderName::Via);
        if let Some((_, value)) = via {
            *value = received(value, source);
        }
        self
    }

    /// The copied headers are as they shall be; more follow.
    #[must_use]
    pub fn headers(self) -> MessageBuilder {
        self.copied.iter().fold(self.builder, |builder, (name, value)| builder.header(*name, value))
    }
}

/// Appends a tag to a From or To value that has none.
pub(crate) fn add_tag(value: &mut Vec<u8>, tag: &str) {
    let has_tag = NameAddr::parse(value).is_ok_and(|address| address.tag().is_some());
    if !has_tag {
        value.extend_from_slice(b";tag=");
        value.extend_from_slice(tag.as_bytes());
    }
}

/// The line of Vias with `received` and `rport` of its first one filled in.
pub(super) fn received(line: &[u8], source: SocketAddr) -> Vec<u8> {
    let Some(Ok(via)) = list::<Via<'_>>(line).next() else {
        return line.to_vec();
    };
    let wants_rport = via.wants_rport();
    let is_same = via.sent_by.host.address == Some(source.ip());
    if is_same && !wants_rport || via.params.find("received").is_some() {
        return line.to_vec();
    }
    let place = |text: Text<'_>| Span::of(line, text.as_bytes()).map(|span| span.end);
    let mut filled = line.to_vec();
    let end = place(via.params.text()).filter(|_| !via.params.text().is_empty());
    let end = end.unwrap_or_else(|| sent_by_end(line, &via));
    filled.splice(end..end, format!(";received={}", source.ip()).into_bytes());
    let rport = via.params.find("rport").filter(|_| wants_rport);
    if let Some(at) = rport.and_then(|rport| place(rport.name)) {
        filled.splice(at..at, format!("={}", source.port()).into_bytes());
    }
    filled
}

/// Where the parameters of a Via without parameters would begin.
fn sent_by_end(line: &[u8], via: &Via<'_>) -> usize {
    let host = Span::of(line, via.sent_by.host.text.as_bytes()).map_or(0, |span| span.end);
    line[host..].iter().position(|byte| *byte == b',').map_or(line.len(), |comma| host + comma)
}
