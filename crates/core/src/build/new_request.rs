//! Owns requests outside a dialog: the headers that every one of them has (RFC 3261 §8.1.1). Requests inside one are
//! [`crate::Dialog`]'s.

use super::{HeaderValue, MessageBuilder};
use crate::entropy::{Entropy, hex_word};
use crate::message::{HeaderName as H, Request};
use alloc::format;
use alloc::string::{String, ToString};
use core::net::SocketAddr;

/// What a request outside a dialog begins with.
///
/// ```
/// use fingerpost_core::build::{HeaderValue, NewRequest};
/// use fingerpost_core::{Message, SeededEntropy, check::check};
/// let bytes = NewRequest::new("OPTIONS", "sip:phone.example", "192.0.2.1:5060".parse()?)
///     .with_from(HeaderValue::named("Desk", "sip:desk@b.example"))
///     .begin(&mut SeededEntropy::new(1))
///     .build()?;
/// let message = Message::parse(&bytes)?;
/// assert!(message.top_via()?.unwrap().transaction_branch().is_some());
/// assert_eq!(check(&message, &Default::default()), []);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct NewRequest {
    /// The method.
    pub method: String,
    /// The Request-URI.
    pub uri: String,
    /// Our address and port.
    pub local: SocketAddr,
    /// `UDP` unless told otherwise.
    pub transport: String,
    /// From without its tag; `<sip:local>` unless told otherwise.
    pub from: HeaderValue,
    /// To; the Request-URI unless told otherwise.
    pub to: HeaderValue,
    /// Call-ID; a fresh one where none is given.
    pub call_id: Option<String>,
    /// The number in `CSeq`. Default 1.
    pub cseq: u32,
    /// Max-Forwards. Default 70.
    pub max_forwards: u8,
}

impl NewRequest {
    /// A request for `uri`, sent from `local`.
    #[must_use]
    pub fn new(method: &str, uri: &str, local: SocketAddr) -> Self {
        Self {
            method: method.to_string(),
            uri: uri.to_string(),
            local,
            transport: "UDP".to_string(),
            from: HeaderValue::address(format!("sip:{local}")),
            to: HeaderValue::address(uri),
            call_id: None,
            cseq: 1,
            max_forwards: 70,
        }
    }

    /// The same over another transport.
    #[must_use]
    pub fn with_transport(mut self, transport: &str) -> Self {
        self.transport = transport.to_string();
        self
    }

    /// The same from another address; its tag is added when the request is written.
    #[must_use]
    pub fn with_from(mut self, from: HeaderValue) -> Self {
        self.from = from;
        self
    }

    /// The same to another address.
    #[must_use]
    pub fn with_to(mut self, to: HeaderValue) -> Self {
        self.to = to;
        self
    }

    /// The same with a Call-ID: of an earlier registration, say.
    #[must_use]
    pub fn with_call_id(mut self, call_id: &str) -> Self {
        self.call_id = Some(call_id.to_string());
        self
    }

    /// The same with another number.
    #[must_use]
    pub const fn with_cseq(mut self, number: u32) -> Self {
        self.cseq = number;
        self
    }

    /// The same with another number of hops.
    #[must_use]
    pub const fn with_max_forwards(mut self, hops: u8) -> Self {
        self.max_forwards = hops;
        self
    }

    /// Writes Via, Max-Forwards, From, To, Call-ID and `CSeq`, with branch, tag and Call-ID out of `entropy`; more
    /// follow.
    #[must_use]
    pub fn begin(&self, entropy: &mut dyn Entropy) -> MessageBuilder {
        let via = HeaderValue::via(&self.transport, self.local).with_flag("rport");
        let via = via.with_branch(&hex_word(entropy, 12));
        let from = self.from.clone().with_param("tag", &hex_word(entropy, 8));
        let call_id = self.call_id.clone();
        let call_id =
            call_id.unwrap_or_else(|| format!("{}@{}", hex_word(entropy, 12), self.local.ip()));
        Request::builder(&self.method, &self.uri)
            .value(H::Via, via)
            .header(H::MaxForwards, self.max_forwards.to_string())
            .value(H::From, from)
            .value(H::To, self.to.clone())
            .header(H::CallId, call_id)
            .header(H::CSeq, format!("{} {}", self.cseq, self.method))
    }
}
