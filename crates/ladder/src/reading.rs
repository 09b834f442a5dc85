//! Owns what a ladder needs of each message, read once. The grammar is core's.

use crate::Heard;
use crate::words::{Word, Words};
use fingerpost_core::message::StartLine;
use fingerpost_core::pnp::asking;
use fingerpost_core::transaction::ClientKey;
use fingerpost_core::typed::{HostPort, NameAddr, Uri, Via};
use fingerpost_core::{HeaderName, Message};
use std::net::{IpAddr, SocketAddr};
use std::rc::Rc;

/// Host and port as a message names them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Named {
    pub host: Word,
    pub port: u16,
}

/// The tags of From and To, the smaller one first: both directions of a dialog give the same pair.
pub(crate) type Tags = [Word; 2];

#[derive(Debug, Default)]
pub(crate) struct Reading {
    pub time: Option<u64>,
    pub source: Option<Rc<SocketAddr>>,
    pub destination: Option<Rc<SocketAddr>>,
    pub method: Option<Word>,
    pub status: Option<u16>,
    pub reason: Word,
    /// Method and number of `CSeq`.
    pub cseq: Option<(Word, u32)>,
    pub call_id: Option<Word>,
    pub tags: Tags,
    /// Transactions are numbered.
    pub transaction: Option<u32>,
    /// Where the top Via wants answers.
    pub via: Option<Named>,
    /// Where a request is to go: the first Route, else the Request-URI (RFC 3261 §8.1.2).
    pub target: Option<Named>,
    pub contact: Option<Named>,
    /// The event package, the state of a subscription, the URL in a body: what makes one line tell more.
    pub event: Option<Word>,
    pub is_terminated: bool,
    pub url: Option<Word>,
    pub has_credentials: bool,
    /// Whether a phone asks for its configuration.
    pub is_profile_request: bool,
    /// Who a phone that asks for its configuration says it is.
    pub phone: Option<Word>,
}

impl Reading {
    pub(crate) fn of(heard: &Heard<'_>, words: &mut Words) -> Self {
        let place = Self {
            time: heard.time,
            source: heard.source.map(|address| words.address(address)),
            destination: heard.destination.map(|address| words.address(address)),
            ..Self::default()
        };
        match Message::parse(heard.bytes) {
            Ok(message) => place.with_message(&message, words),
            Err(_) => place,
        }
    }

    fn with_message(mut self, message: &Message<'_>, words: &mut Words) -> Self {
        match message.start_line() {
            StartLine::Request(line) => {
                self.method = Some(words.of(&line.method.to_str()));
                self.target = line.parsed_uri().ok().and_then(|uri| named_by_uri(&uri, words));
            }
            StartLine::Status(line) => {
                self.status = line.status();
                self.reason = words.of(&line.reason.to_str());
            }
        }
        self.with_identity(message, words).with_places(message, words).with_content(message, words)
    }

    fn with_identity(mut self, message: &Message<'_>, words: &mut Words) -> Self {
        let cseq = message.cseq().ok().flatten();
        self.cseq = cseq.map(|cseq| (words.of(&cseq.method.to_str()), cseq.number));
        self.call_id =
            message.header(HeaderName::CallId).map(|header| words.of(&header.value().unfolded()));
        let ends = [message.from().ok().flatten(), message.to().ok().flatten()];
        self.tags = ends.map(|end| tag(end, words));
        self.tags.sort();
        self.transaction = ClientKey::of(message).map(|key| words.number(key));
        self.has_credentials = message.header(HeaderName::Authorization).is_some()
            || message.header(HeaderName::ProxyAuthorization).is_some();
        self
    }

    fn with_places(mut self, message: &Message<'_>, words: &mut Words) -> Self {
        self.via = message.top_via().ok().flatten().map(|via| named_by_via(&via, words));
        let route = message.routes().next().and_then(Result::ok);
        self.target = route.and_then(|route| named_by_uri(&route.uri, words)).or(self.target);
        let contact = message.contact().ok().flatten();
        self.contact = contact.and_then(|contact| named_by_uri(&contact.uri, words));
        self
    }

    fn with_content(mut self, message: &Message<'_>, words: &mut Words) -> Self {
        let identity = asking(message);
        self.is_profile_request = identity.is_some();
        self.phone = identity.and_then(|identity| {
            let parts: Vec<String> =
                [identity.vendor, identity.model].into_iter().flatten().collect();
            (!parts.is_empty()).then(|| words.of(&parts.join(" ")))
        });
        let event = message.event().ok().flatten();
        self.event = event.map(|event| words.of(&event.package.to_str()));
        let state = message.subscription_state().ok().flatten();
        self.is_terminated = state.is_some_and(|state| state.is_terminated());
        let content = message.content_type().ok().flatten();
        let is_url = content.is_some_and(|content| content.is("application", "url"));
        self.url = is_url.then(|| words.of(message.body().to_str().trim()));
        self
    }

    pub(crate) fn is_request(&self) -> bool {
        self.method.is_some()
    }

    /// The request method, or the method that a response answers.
    pub(crate) fn about(&self) -> &str {
        let cseq = self.cseq.as_ref().map(|(method, _)| method);
        self.method.as_ref().or(cseq).map_or("", |method| method)
    }

    pub(crate) fn is_final(&self) -> bool {
        self.status.is_some_and(|status| status >= 200)
    }
}

impl Named {
    pub(crate) fn address(&self) -> Option<IpAddr> {
        self.host.trim_matches(['[', ']']).parse().ok()
    }

    fn of(place: &HostPort<'_>, default: u16, words: &mut Words) -> Self {
        let host = words.of(&place.host.text.to_str().to_ascii_lowercase());
        Self { host, port: place.port.unwrap_or(default) }
    }
}

/// `received` and `rport` come from whom the request reached: they tell the true source (RFC 3261 §18.2.1, RFC 3581 §4).
fn named_by_via(via: &Via<'_>, words: &mut Words) -> Named {
    let default = if via.transport.is("TLS") { 5061 } else { 5060 };
    let mut named = Named::of(&via.sent_by, default, words);
    if let Some(address) = via.received() {
        named.host = words.of(&address.to_string());
    }
    let rport = via.params.value("rport").and_then(|value| value.to_str().parse().ok());
    named.port = rport.unwrap_or(named.port);
    named
}

fn named_by_uri(uri: &Uri<'_>, words: &mut Words) -> Option<Named> {
    match uri {
        Uri::Sip(sip) => {
            let default = if sip.scheme.is("sips") { 5061 } else { 5060 };
            Some(Named::of(&sip.host_port, default, words))
        }
        _ => None,
    }
}

fn tag(address: Option<NameAddr<'_>>, words: &mut Words) -> Word {
    let tag = address.and_then(|address| address.tag());
    tag.map(|tag| words.of(&tag.to_str())).unwrap_or_default()
}
