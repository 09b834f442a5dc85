//! Owns what a ladder needs of each message, read once and kept in few bytes. The grammar is core's.

use crate::numbers::Numbers;
use crate::small::{Micros, Small};
use crate::words::{Named, Place, Word, Words};
use crate::{Heard, label};
use fingerpost_core::message::StartLine;
use fingerpost_core::pnp::asking;
use fingerpost_core::transaction::ClientKey;
use fingerpost_core::typed::{HostPort, NameAddr, Uri, Via};
use fingerpost_core::{HeaderName, Message};
use std::collections::HashMap;

/// The tags of From and To, in the same order in both directions of a dialog.
pub(crate) type Tags = [Word; 2];

#[derive(Debug, Default)]
pub(crate) struct Reading {
    pub time: Micros,
    pub source: Option<Place>,
    pub destination: Option<Place>,
    /// Where the top Via wants answers.
    pub via: Option<Place>,
    /// Where a request is to go: the first Route, else the Request-URI (RFC 3261 §8.1.2).
    pub target: Option<Place>,
    pub contact: Option<Place>,
    /// The request method, or the method that a response answers.
    pub about: Word,
    /// What stands on the arrow and beside it.
    pub label: Word,
    pub detail: Word,
    /// Who a phone that asks for its configuration says it is.
    pub phone: Word,
    /// Conversations are numbered; so are dialogs, by Call-ID and both tags.
    pub call: u32,
    pub dialog: Small,
    pub tags: Tags,
    /// Transactions are numbered.
    pub transaction: Small,
    /// The number of `CSeq`, where there is one.
    pub cseq: u32,
    /// 0 where there is none: a status code has three digits.
    status: u16,
    is: u8,
}

/// What a message is, a bit each.
const REQUEST: u8 = 1;
const WITH_CREDENTIALS: u8 = 1 << 1;
const PROFILE_REQUEST: u8 = 1 << 2;
const WITH_URL: u8 = 1 << 3;
const WITH_CSEQ: u8 = 1 << 4;

/// What was heard so far, as far as the next message needs it.
#[derive(Debug, Default)]
pub(crate) struct Memory {
    pub words: Words,
    /// Call-IDs; those that have none are one.
    pub calls: Numbers,
    transactions: Numbers,
    dialogs: HashMap<(u32, Tags), usize>,
}

/// What no Call-ID is.
const NO_CALL_ID: &[u8] = b"\n";

impl Reading {
    pub(crate) fn of(heard: &Heard<'_>, memory: &mut Memory) -> Self {
        let place = Self {
            time: Micros::of(heard.time),
            source: heard.source.and_then(|address| memory.words.address(address)),
            destination: heard.destination.and_then(|address| memory.words.address(address)),
            ..Self::default()
        };
        match Message::parse(heard.bytes) {
            Ok(message) => place.with_message(&message, memory),
            Err(_) => place.unreadable(memory),
        }
    }

    fn unreadable(mut self, memory: &mut Memory) -> Self {
        self.call = memory.calls.of(NO_CALL_ID);
        self.label = memory.words.of(label::UNREADABLE);
        self
    }

    fn with_message(mut self, message: &Message<'_>, memory: &mut Memory) -> Self {
        let words = &mut memory.words;
        match message.start_line() {
            StartLine::Request(line) => {
                self.about = words.of(&line.method.to_str());
                self.set(REQUEST, true);
                self.label = words.of(&label::request(&line.method.to_str()));
                self.target = line.parsed_uri().ok().and_then(|uri| place_of_uri(&uri, words));
            }
            StartLine::Status(line) => {
                self.status = line.status().unwrap_or_default();
                self.label = words.of(&label::response(line.status(), &line.reason.to_str()));
            }
        }
        self.with_identity(message, memory)
            .with_places(message, &mut memory.words)
            .with_content(message, &mut memory.words)
    }

    fn with_identity(mut self, message: &Message<'_>, memory: &mut Memory) -> Self {
        if let Some(cseq) = message.cseq().ok().flatten() {
            self.cseq = cseq.number;
            self.set(WITH_CSEQ, true);
            if !self.is_request() {
                self.about = memory.words.of(&cseq.method.to_str());
            }
        }
        let ends = [message.from().ok().flatten(), message.to().ok().flatten()];
        self.tags = ends.map(|end| tag(end, &mut memory.words));
        self.tags.sort();
        let key = ClientKey::of(message);
        self.transaction =
            key.map_or(Small::NONE, |key| small(memory.transactions.of(key.as_bytes())));
        let is_there = |name| message.header(name).is_some();
        let credentials = [HeaderName::Authorization, HeaderName::ProxyAuthorization];
        self.set(WITH_CREDENTIALS, credentials.into_iter().any(is_there));
        self.with_call(message, memory)
    }

    fn with_call(mut self, message: &Message<'_>, memory: &mut Memory) -> Self {
        let Some(id) = message.header(HeaderName::CallId) else {
            self.call = memory.calls.of(NO_CALL_ID);
            return self;
        };
        self.call = memory.calls.of(id.value().unfolded().as_bytes());
        // A dialog is named by Call-ID and both tags (RFC 3261 §12).
        if self.tags.iter().all(|tag| *tag != Word::EMPTY) {
            let next = memory.dialogs.len();
            let number = *memory.dialogs.entry((self.call, self.tags)).or_insert(next);
            self.dialog = Small::of(number);
        }
        self
    }

    fn with_places(mut self, message: &Message<'_>, words: &mut Words) -> Self {
        let via = message.top_via().ok().flatten();
        self.via = via.and_then(|via| place_of_via(&via, words));
        let route = message.routes().next().and_then(Result::ok);
        self.target = route.and_then(|route| place_of_uri(&route.uri, words)).or(self.target);
        let contact = message.contact().ok().flatten();
        self.contact = contact.and_then(|contact| place_of_uri(&contact.uri, words));
        self
    }

    fn with_content(mut self, message: &Message<'_>, words: &mut Words) -> Self {
        let identity = asking(message);
        self.set(PROFILE_REQUEST, identity.is_some());
        if let Some(identity) = identity {
            let parts: Vec<String> =
                [identity.vendor, identity.model].into_iter().flatten().collect();
            self.phone = words.of(&parts.join(" "));
        }
        let content = message.content_type().ok().flatten();
        let is_url = content.is_some_and(|content| content.is("application", "url"));
        self.set(WITH_URL, is_url);
        let url = is_url.then(|| message.body().to_str());
        let detail = if self.is_request() {
            let state = message.subscription_state().ok().flatten();
            label::detail(&label::Content {
                url: url.as_deref().map(str::trim),
                event: message
                    .event()
                    .ok()
                    .flatten()
                    .map(|event| event.package.to_str())
                    .as_deref(),
                is_terminated: state.is_some_and(|state| state.is_terminated()),
            })
        } else {
            label::answered(words.get(self.about))
        };
        self.detail = words.of(&detail);
        self
    }

    fn set(&mut self, what: u8, is_so: bool) {
        if is_so {
            self.is |= what;
        }
    }

    const fn has(&self, what: u8) -> bool {
        self.is & what != 0
    }

    pub(crate) const fn is_request(&self) -> bool {
        self.has(REQUEST)
    }

    pub(crate) const fn has_credentials(&self) -> bool {
        self.has(WITH_CREDENTIALS)
    }

    /// Whether a phone asks for its configuration.
    pub(crate) const fn is_profile_request(&self) -> bool {
        self.has(PROFILE_REQUEST)
    }

    /// Whether it tells a URL in its body.
    pub(crate) const fn tells_url(&self) -> bool {
        self.has(WITH_URL)
    }

    pub(crate) const fn has_cseq(&self) -> bool {
        self.has(WITH_CSEQ)
    }

    pub(crate) fn status(&self) -> Option<u16> {
        (self.status != 0).then_some(self.status)
    }

    pub(crate) fn is_final(&self) -> bool {
        self.status().is_some_and(|status| status >= 200)
    }
}

fn small(number: u32) -> Small {
    usize::try_from(number).map_or(Small::NONE, Small::of)
}

fn place_of(place: &HostPort<'_>, default: u16, words: &mut Words) -> Named {
    let host = words.of(&place.host.text.to_str().to_ascii_lowercase());
    Named { host, port: place.port.unwrap_or(default) }
}

/// `received` and `rport` come from whom the request reached: they tell the true source (RFC 3261 §18.2.1, RFC 3581 §4).
fn place_of_via(via: &Via<'_>, words: &mut Words) -> Option<Place> {
    let default = if via.transport.is("TLS") { 5061 } else { 5060 };
    let mut named = place_of(&via.sent_by, default, words);
    if let Some(address) = via.received() {
        named.host = words.of(&address.to_string());
    }
    let rport = via.params.value("rport").and_then(|value| value.to_str().parse().ok());
    named.port = rport.unwrap_or(named.port);
    words.place(named)
}

fn place_of_uri(uri: &Uri<'_>, words: &mut Words) -> Option<Place> {
    match uri {
        Uri::Sip(sip) => {
            let default = if sip.scheme.is("sips") { 5061 } else { 5060 };
            let named = place_of(&sip.host_port, default, words);
            words.place(named)
        }
        _ => None,
    }
}

fn tag(address: Option<NameAddr<'_>>, words: &mut Words) -> Word {
    let tag = address.and_then(|address| address.tag());
    tag.map(|tag| words.of(&tag.to_str())).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reading_takes_few_bytes() {
        assert!(size_of::<Reading>() <= 72, "{}", size_of::<Reading>());
    }
}
