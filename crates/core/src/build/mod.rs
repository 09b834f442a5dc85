//! Writing messages. What is built parses back to what was asked for: line breaks and NUL are refused in every part,
//! each value is held against its header's grammar, Content-Length is counted here and nowhere else.

mod new_request;
mod reply;
mod template;
mod value;

pub use new_request::NewRequest;
pub use reply::ReplyBuilder;
pub(crate) use reply::add_tag;
pub use template::{MessageTemplate, MessageTemplateError};
pub use value::HeaderValue;

use crate::dialog::DialogError;
use crate::message::{HeaderName, Request, Response};
use crate::syntax::{Expected, ValueError};
use crate::typed::{Uri, read};
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

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
    /// The messages it belongs with make no dialog.
    #[error("no dialog: {0}")]
    NoDialog(DialogError),
    /// Content-Length is counted, never given.
    #[error("Content-Length is counted by the builder")]
    ContentLengthGiven,
}

impl BuildError {
    fn not_a_uri(uri: &str, error: ValueError) -> Self {
        Self::NotAUri { text: uri.to_string(), expected: error.expected }
    }
}

/// Bytes in which most messages have room, so that they need not be moved while they grow.
const USUAL_LENGTH: usize = 768;

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
        builder.note(parsed.map(|_| ()).map_err(|error| BuildError::not_a_uri(uri, error)));
        builder.line("Request-URI", &[method.as_bytes(), b" ", uri.as_bytes(), b" SIP/2.0"]);
        builder
    }
}

impl Response<'_> {
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

impl MessageBuilder {
    fn begin() -> Self {
        Self { bytes: Vec::with_capacity(USUAL_LENGTH), body: Vec::new(), error: None }
    }

    /// Adds a header in its long form.
    #[must_use]
    pub fn header(self, name: HeaderName, value: impl AsRef<[u8]>) -> Self {
        self.header_called(name.long().unwrap_or_default(), value)
    }

    /// Adds a header in its long form, with a value that was put together part by part.
    ///
    /// ```
    /// use fingerpost_core::build::HeaderValue;
    /// use fingerpost_core::{HeaderName, Message, Request};
    /// let to = HeaderValue::named("Joe \"J\" Doe", "sip:joe@b.example").with_param("tag", "7");
    /// let bytes = Request::builder("OPTIONS", "sip:b.example").value(HeaderName::To, to).build()?;
    /// let message = Message::parse(&bytes)?;
    /// assert_eq!(message.to()?.unwrap().tag().unwrap(), "7");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn value(mut self, name: HeaderName, value: HeaderValue) -> Self {
        match value.into_text() {
            Ok(text) => self.header(name, text),
            Err(error) => {
                self.note(Err(error));
                self
            }
        }
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
            if let Some(at) = memchr::memchr3(b'\r', b'\n', 0, piece) {
                let byte = piece[at];
                self.note(Err(BuildError::ForbiddenByte { part: part.to_string(), byte }));
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
