//! Owns redaction: what says who and where in messages is replaced by pseudonyms, the same for the same value in a whole
//! trace, so that the trace can still be followed. The message stays as valid as it was: only values change, and
//! Content-Length with them. Which bytes are a number, a host or a password, core's tokens say.
//!
//! What is replaced: user parts and numbers, display names, addresses, host names, hardware addresses, instance ids,
//! passwords and digests, keys and tokens in URLs, and the same values wherever else they stand. Not replaced: methods,
//! tags, branches, Call-IDs (but what is in them), products, and free text in which none of the above stands.
//!
//! ```
//! use fingerpost_trace::redact::{Key, Redactor};
//! let message = b"OPTIONS sip:alice@pbx.test SIP/2.0\r\nFrom: \"Alice\" <sip:alice@192.0.2.7>;tag=1\r\n\r\n";
//! let mut redactor = Redactor::new(Key::new([7; 16]));
//! redactor.learn(message);
//! let redacted = redactor.redact(message);
//! assert!(!String::from_utf8_lossy(&redacted.bytes).to_lowercase().contains("alice"));
//! ```

mod body;
mod embedded;
mod keyed;
mod mask;
mod pseudonym;
mod secrets;
mod shape;
mod walk;

use crate::{Found, Map, Origin};
use fingerpost_core::{HeaderName, Span};
pub use keyed::Key;
pub use mask::mask;
use secrets::Secrets;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use walk::Place;

/// What a value is that is replaced.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Kind {
    /// A telephone number or an extension.
    Number,
    /// A user that is no number.
    User,
    /// A name for people.
    Name,
    /// An IP address.
    Address,
    /// A host name or a realm.
    Host,
    /// A hardware address.
    Mac,
    /// The id of a device.
    Instance,
    /// A password, a digest, a key.
    Credential,
    /// A part of a URL that may open a door.
    Token,
}

impl Kind {
    /// The word for it in machine output.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Number => "number",
            Self::User => "user",
            Self::Name => "name",
            Self::Address => "address",
            Self::Host => "host",
            Self::Mac => "mac",
            Self::Instance => "instance",
            Self::Credential => "credential",
            Self::Token => "token",
        }
    }
}

/// A value that was replaced.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Change {
    /// Where it stood in the message as it was.
    pub span: Span,
    /// What it was.
    pub kind: Kind,
    /// What stood there.
    pub before: Vec<u8>,
    /// What stands there now.
    pub after: Vec<u8>,
}

/// A message, redacted.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Redacted {
    /// The message as it is now.
    pub bytes: Vec<u8>,
    /// What was replaced, in order; Content-Length is not among it.
    pub changes: Vec<Change>,
}

/// Replaces values. It is to learn all messages of a trace first: what is a secret in one place is one in every other.
#[derive(Debug, Clone)]
pub struct Redactor {
    secrets: Secrets,
}

impl Redactor {
    /// One that makes its pseudonyms with this key: another key makes others, and without the key nobody can tell
    /// which number a pseudonym stands for, not by trying all numbers either.
    #[must_use]
    pub const fn new(key: Key) -> Self {
        Self { secrets: Secrets::new(key) }
    }

    /// Learns what is secret in a message.
    pub fn learn(&mut self, message: &[u8]) {
        for place in walk::places(message) {
            match place {
                Place::Secret(span, kind) => self.secrets.learn(kind, bytes_at(message, span)),
                Place::Text(span) => {
                    for (inside, kind) in embedded::secrets(bytes_at(message, span)) {
                        let text = bytes_at(message, span);
                        self.secrets.learn(kind, bytes_at(text, inside));
                    }
                }
            }
        }
    }

    /// Learns the ends between which a message went.
    pub fn learn_origin(&mut self, origin: &Origin) {
        for address in [origin.from, origin.to].into_iter().flatten() {
            self.secrets.learn(Kind::Address, address.ip().to_string().as_bytes());
        }
    }

    /// The message with pseudonyms in place of what was learned.
    #[must_use]
    pub fn redact(&self, message: &[u8]) -> Redacted {
        let mut changes = Vec::new();
        for place in walk::places(message) {
            match place {
                Place::Secret(span, kind) => {
                    let before = bytes_at(message, span);
                    self.change(&mut changes, span, kind, before);
                }
                Place::Text(span) => {
                    let text = bytes_at(message, span);
                    for (inside, kind) in self.secrets.inside(text) {
                        let at = Span::new(span.start + inside.start, span.start + inside.end);
                        self.change(&mut changes, at, kind, bytes_at(text, inside));
                    }
                }
            }
        }
        let bytes = mended(message, &changes);
        Redacted { bytes, changes }
    }

    fn change(&self, changes: &mut Vec<Change>, span: Span, kind: Kind, before: &[u8]) {
        let after = self.secrets.pseudonym(kind, before);
        if after != before {
            changes.push(Change { span, kind, before: before.to_vec(), after });
        }
    }

    /// The same of a message that was found, with the ends between which it went; the way back to its source is cut.
    #[must_use]
    pub fn redact_found(&self, message: &Found) -> (Found, Redacted) {
        let redacted = self.redact(&message.bytes);
        let found = Found {
            bytes: redacted.bytes.clone(),
            is_cut_off: message.is_cut_off,
            map: Map::default(),
            origin: Origin {
                from: message.origin.from.map(|address| self.address(address)),
                to: message.origin.to.map(|address| self.address(address)),
                interface: message.origin.interface.as_ref().map(Arc::clone),
                ..message.origin
            },
            reading: message.reading,
            ..Found::default()
        };
        (found, redacted)
    }

    /// The address that stands for `address`, with the same port.
    #[must_use]
    pub fn address(&self, address: SocketAddr) -> SocketAddr {
        let after = self.secrets.pseudonym(Kind::Address, address.ip().to_string().as_bytes());
        let ip = std::str::from_utf8(&after).ok().and_then(|text| text.parse::<IpAddr>().ok());
        SocketAddr::new(ip.unwrap_or(address.ip()), address.port())
    }
}

/// A whole trace, redacted, and what was replaced in each message. The way back to the source is cut: it would lead to
/// what was replaced.
#[must_use]
pub fn redact(messages: &[Found], key: Key) -> (Vec<Found>, Vec<Redacted>) {
    let mut redactor = Redactor::new(key);
    for message in messages {
        redactor.learn(&message.bytes);
        redactor.learn_origin(&message.origin);
    }
    messages.iter().map(|message| redactor.redact_found(message)).unzip()
}

fn bytes_at(bytes: &[u8], span: Span) -> &[u8] {
    span.slice(bytes).unwrap_or_default()
}

/// The message with its changes made, and Content-Length as right or wrong as it was.
fn mended(message: &[u8], changes: &[Change]) -> Vec<u8> {
    let body = walk::read(message).map(|read| read.body_span().start);
    let in_body = |change: &&Change| body.is_some_and(|start| start <= change.span.start);
    let grown: i64 = changes.iter().filter(in_body).map(growth).sum();
    let length = (grown != 0).then(|| length(message, grown)).flatten();
    let mut edits: Vec<(Span, &[u8])> =
        changes.iter().map(|change| (change.span, change.after.as_slice())).collect();
    edits.extend(length.iter().map(|(span, text)| (*span, text.as_bytes())));
    edits.sort_by_key(|(span, _)| span.start);
    let (mut bytes, mut at) = (Vec::with_capacity(message.len()), 0);
    for (span, text) in edits {
        bytes.extend_from_slice(bytes_at(message, Span::new(at, span.start.max(at))));
        bytes.extend_from_slice(text);
        at = span.end;
    }
    bytes.extend_from_slice(message.get(at..).unwrap_or_default());
    bytes
}

fn growth(change: &Change) -> i64 {
    let length = |bytes: &[u8]| i64::try_from(bytes.len()).unwrap_or_default();
    length(&change.after) - length(&change.before)
}

/// Where Content-Length stands, and what it is to be.
fn length(message: &[u8], grown: i64) -> Option<(Span, String)> {
    let message = walk::read(message)?;
    let header = message.header(HeaderName::ContentLength)?;
    let stated = message.content_length().ok()??;
    Some((header.value_span(), i64::from(stated.value).checked_add(grown)?.max(0).to_string()))
}
