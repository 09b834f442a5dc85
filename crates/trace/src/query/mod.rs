//! Finds messages by what stands in them: plain words, or the display filters that Wireshark's users know.
//!
//! ```
//! use fingerpost_trace::query::{Query, Subject};
//! let asked = b"SUBSCRIBE sip:224.0.1.75 SIP/2.0\r\nFrom: <sip:0030ab112233@x>\r\nCall-ID: 7@x\r\n\r\n";
//! let subject = Subject::of(asked);
//! assert!(Query::parse("subscribe 00:30:AB:11:22:33")?.matches(&subject));
//! assert!(Query::parse("sip.Method == SUBSCRIBE && sip.Call-ID == \"7@x\"")?.matches(&subject));
//! assert!(!Query::parse("sip.Status-Code >= 400")?.matches(&subject));
//! # Ok::<(), fingerpost_trace::query::QueryError>(())
//! ```

mod field;
mod filter;
mod lexer;
mod words;

use fingerpost_core::{Message, Span};
use std::net::SocketAddr;

/// What a message must have to be found.
///
/// Words stand beside each other (`register 403`): each must occur, in any case, anywhere in the message or in its
/// addresses; what is in quotes is one word, and a MAC is found however its digits are parted. A text with a field
/// (`sip.…`, `ip.…`, `udp.…`) is a filter: `== != < <= > >= contains`, `and or not`, `&& || !`, brackets; a field alone
/// asks whether it is there. Fields are `sip.Method`, `sip.Status-Code`, `sip.Request-Line`, `sip.Status-Line`,
/// `sip.r-uri`, `sip.msg_body`, `sip.` with any header's name, `ip.addr`, `ip.src`, `ip.dst`, `udp.port`,
/// `udp.srcport` and `udp.dstport`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query(Kind);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Kind {
    Words(words::Words),
    Filter(filter::Filter),
}

/// A message with what is known of its way.
#[derive(Debug)]
pub struct Subject<'a> {
    bytes: &'a [u8],
    message: Option<Message<'a>>,
    source: Option<SocketAddr>,
    destination: Option<SocketAddr>,
}

impl<'a> Subject<'a> {
    /// The message in `bytes`, of which no addresses are known.
    #[must_use]
    pub fn of(bytes: &'a [u8]) -> Self {
        let message = Message::parse(bytes).ok();
        Self { bytes, message, source: None, destination: None }
    }

    /// The same, heard from `source` to `destination`.
    #[must_use]
    pub const fn between(
        mut self,
        source: Option<SocketAddr>,
        destination: Option<SocketAddr>,
    ) -> Self {
        self.source = source;
        self.destination = destination;
        self
    }

    /// Every value that the message has of a field (see [`Query`]); none where there is no such field.
    #[must_use]
    pub fn values(&self, field: &str) -> Vec<String> {
        let field = field::Field::named(field);
        field.map(|field| field.values(self)).unwrap_or_default()
    }
}

/// A filter that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
#[non_exhaustive]
pub struct QueryError {
    /// What is wrong, and what would do.
    pub message: String,
    /// Where it stands, in bytes of the query.
    pub span: Span,
}

impl Query {
    /// Reads what a person typed. Nothing typed finds everything.
    ///
    /// # Errors
    /// [`QueryError`] where it is a filter that breaks off, or names a field or operator that there is not.
    pub fn parse(typed: &str) -> Result<Self, QueryError> {
        let tokens = lexer::tokens(typed);
        if tokens.iter().any(|token| field::is_field(&token.text) && !token.is_quoted) {
            return filter::parse(&tokens, typed.len()).map(|filter| Self(Kind::Filter(filter)));
        }
        Ok(Self(Kind::Words(words::Words::of(&lexer::words(typed)))))
    }

    /// Whether `subject` has it.
    #[must_use]
    pub fn matches(&self, subject: &Subject<'_>) -> bool {
        match &self.0 {
            Kind::Words(words) => words.match_all(subject),
            Kind::Filter(filter) => filter.matches(subject),
        }
    }
}

#[cfg(test)]
mod tests;
