//! Writing messages. What is built parses back to what was asked for: line breaks and NUL are refused in every part,
//! each value is held against its header's grammar, Content-Length is counted here and nowhere else.

use crate::message::{HeaderName, Message, Request, Response};
use crate::syntax::Expected;
use crate::text::Text;
use crate::typed::{Uri, read};
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::net::SocketAddr;

/// The parts do not make a message.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum BuildError {
    /// A line break or NUL: it would forge a header or cut the message.
    #[error("{part}: a byte 0x{byte:02x} cannot stand in one line")]
    ForbiddenByte {
        /// Method, URI, reason, or the header's name.
        part: String,
        /// The byte.
        byte: u8,
    },
    /// A method or a header's name that is no token.
    #[error("\"{text}\" is not a token")]
    NotAToken {
        /// What was given.
        text: String,
    },
    /// A Request-URI that is none.
    #[error("\"{text}\" is not a URI: expected {expected}")]
    NotAUri {
        /// What was given.
        text: String,
        /// What should have stood there.
        expected: Expected,
    },
    /// A status code outside 100 to 699.
    #[error("{code} is no status code: there are 100 to 699")]
    NotAStatus {
        /// What was given.
        code: u16,
    },
    /// A value that does not follow its header's grammar.
    #[error("{name} \"{value}\": expected {expected}")]
    NotAValue {
        /// The header.
        name: String,
        /// What was given.
        value: String,
        /// What should have stood there.
        expected: Expected,
    },
    /// Content-Length is counted, never given.
    #[error("Content-Length is counted by the builder")]
    ContentLengthGiven,
}

/// A message in the making.
#[derive(Debug, Clone)]
pub struct MessageBuilder {
    bytes: Vec<u8>,
    body: Vec<u8>,
    error: Option<BuildError>,
}

impl Request<'_> {
    /// Begins a request.
    ///
    /// ```
    /// use fingerpost_core::{HeaderName, Message, Request};
    /// let bytes = Request::builder("OPTIONS", "sip:phone.example")
    ///     .header(HeaderName::CSeq, "7 OPTIONS")
    ///     .build()?;
    /// assert_eq!(Message::parse(&bytes)?.cseq()?.unwrap().number, 7);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn builder(method: &str, uri: &str) -> MessageBuilder {
        let mut builder = MessageBuilder::begin();
        builder.note(token(method));
        let parsed = Uri::parse(uri.as_bytes());
        builder.note(parsed.map(|_| ()).map_err(|error| BuildError::NotAUri {
            text: uri.to_string(),
            expected: error.expected,
        }));
        builder.line("Request-URI", &[method.as_bytes(), b" ", uri.as_bytes(), b" SIP/2.0"]);
        builder
    }
}

impl Response<'_> {
    /// Begins a response with Via (all of them, in order), Record-Route, From, To, Call-ID and `CSeq` of `request`
    /// (RFC 3261 §8.2.6.2, §12.1.1).
    #[must_use]
    pub fn reply_to(request: &Message<'_>, status: u16, reason: &str) -> ReplyBuilder {
        ReplyBuilder { builder: Self::builder(status, reason), copied: copied_headers(request) }
    }

    /// Begins a response without any header.
    #[must_use]
    pub fn builder(status: u16, reason: &str) -> MessageBuilder {
        let mut builder = MessageBuilder::begin();
        if !(100..700).contains(&status) {
            builder.note(Err(BuildError::NotAStatus { code: status }));
        }
        let code = status.to_string();
        builder.line("reason", &[b"SIP/2.0 ", code.as_bytes(), b" ", reason.as_bytes()]);
        builder
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
    let has_tag = crate::typed::NameAddr::parse(value).is_ok_and(|address| address.tag().is_some());
    if !has_tag {
        value.extend_from_slice(b";tag=");
        value.extend_from_slice(tag.as_bytes());
    }
}

/// The line of Vias with `received` and `rport` of its first one filled in.
fn received(line: &[u8], source: SocketAddr) -> Vec<u8> {
    let Some(Ok(via)) = crate::typed::list::<crate::typed::Via<'_>>(line).next() else {
        return line.to_vec();
    };
    let wants_rport = via.wants_rport();
    let is_same = via.sent_by.host.address == Some(source.ip());
    if is_same && !wants_rport || via.params.find("received").is_some() {
        return line.to_vec();
    }
    let place = |text: Text<'_>| crate::Span::of(line, text.as_bytes()).map(|span| span.end);
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
fn sent_by_end(line: &[u8], via: &crate::typed::Via<'_>) -> usize {
    let host = crate::Span::of(line, via.sent_by.host.text.as_bytes()).map_or(0, |span| span.end);
    line[host..].iter().position(|byte| *byte == b',').map_or(line.len(), |comma| host + comma)
}

impl MessageBuilder {
    const fn begin() -> Self {
        Self { bytes: Vec::new(), body: Vec::new(), error: None }
    }

    /// Adds a header in its long form.
    #[must_use]
    pub fn header(self, name: HeaderName, value: impl AsRef<[u8]>) -> Self {
        self.header_called(name.long().unwrap_or_default(), value)
    }

    /// Adds a header by the name it shall have on the wire.
    #[must_use]
    pub fn header_called(mut self, name: &str, value: impl AsRef<[u8]>) -> Self {
        let value = value.as_ref();
        let known = HeaderName::of(name.as_bytes());
        self.note(token(name));
        if known == HeaderName::ContentLength {
            self.note(Err(BuildError::ContentLengthGiven));
        }
        self.note(read(known, value, None).map(|_| ()).map_err(|error| BuildError::NotAValue {
            name: name.to_string(),
            value: String::from_utf8_lossy(value).into_owned(),
            expected: error.expected,
        }));
        self.line(name, &[name.as_bytes(), b": ", value]);
        self
    }

    /// Sets the body. Content-Type is a header like any other.
    #[must_use]
    pub fn body(mut self, body: impl Into<Vec<u8>>) -> Self {
        self.body = body.into();
        self
    }

    /// The message, Content-Length behind the other headers.
    ///
    /// # Errors
    /// [`BuildError`]: the first part that cannot stand in a message.
    pub fn build(mut self) -> Result<Vec<u8>, BuildError> {
        let length = format!("Content-Length: {}\r\n\r\n", self.body.len());
        self.bytes.extend_from_slice(length.as_bytes());
        self.bytes.append(&mut self.body);
        self.error.map_or(Ok(self.bytes), Err)
    }

    fn line(&mut self, part: &str, pieces: &[&[u8]]) {
        for piece in pieces {
            if let Some(byte) = piece.iter().find(|byte| matches!(byte, b'\r' | b'\n' | 0)) {
                self.note(Err(BuildError::ForbiddenByte { part: part.to_string(), byte: *byte }));
            }
            self.bytes.extend_from_slice(piece);
        }
        self.bytes.extend_from_slice(b"\r\n");
    }

    /// Keeps the first error.
    fn note(&mut self, outcome: Result<(), BuildError>) {
        if let Err(error) = outcome {
            self.error.get_or_insert(error);
        }
    }
}

fn token(text: &str) -> Result<(), BuildError> {
    let is_token = !text.is_empty() && text.bytes().all(crate::syntax::is_token);
    is_token.then_some(()).ok_or_else(|| BuildError::NotAToken { text: text.to_string() })
}

/// `text` as a quoted string (RFC 3261 §25.1).
#[must_use]
pub fn quoted(text: &str) -> String {
    let escaped = text.chars().fold(String::with_capacity(text.len() + 2), |mut quoted, c| {
        if matches!(c, '"' | '\\') {
            quoted.push('\\');
        }
        quoted.push(c);
        quoted
    });
    format!("\"{escaped}\"")
}

#[cfg(test)]
mod tests;
