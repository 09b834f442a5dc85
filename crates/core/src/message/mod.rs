//! A message as it stands on the wire: start line, header lines, body, each with its place. Reading allocates nothing
//! for up to 32 header lines; values are read by their grammar on demand. Nothing is normalised, dropped or judged
//! here: judging is `check`'s work.

mod access;
mod edit;
mod header;
mod header_name;
mod kind;
mod multipart;
mod parse;
mod start_line;

pub use access::HeaderError;
pub use edit::EditError;
pub use header::Header;
pub(crate) use header_name::NameSet;
pub use header_name::{HeaderName, Occurs};
pub use kind::{Request, Response};
pub use multipart::{Multipart, Part};
pub use parse::ParseError;
pub(crate) use start_line::read as read_start_line;
pub use start_line::{RequestLine, StartLine, StatusLine};

use crate::limits::Limits;
use crate::span::Span;
use crate::text::Text;
use header::Slot;
use smallvec::SmallVec;

/// A SIP message, borrowed from the bytes it was read from.
#[derive(Debug, Clone)]
pub struct Message<'a> {
    bytes: &'a [u8],
    start_line: StartLine<'a>,
    slots: SmallVec<[Slot; 32]>,
    names: NameSet,
    head: Span,
    body: Span,
    is_complete: bool,
    limits: Limits,
}

impl<'a> Message<'a> {
    /// Reads the message in one datagram, with the default [`Limits`].
    ///
    /// The body is what Content-Length says, at most to the end of the datagram; without Content-Length it is the
    /// rest of the datagram (RFC 3261 §18.3).
    ///
    /// # Errors
    /// [`ParseError`] where nothing usable comes out: no start line, or a limit exceeded. Everything less is kept
    /// and left to [`crate::check`].
    ///
    /// ```
    /// use fingerpost_core::Message;
    /// let message = Message::parse(b"OPTIONS sip:phone.example SIP/2.0\r\nCSeq: 7 OPTIONS\r\n\r\n")?;
    /// assert_eq!(message.cseq()?.map(|cseq| cseq.number), Some(7));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn parse(bytes: &'a [u8]) -> Result<Self, ParseError> {
        Self::parse_within(bytes, &Limits::default())
    }

    /// The same with other limits.
    ///
    /// # Errors
    /// As [`Message::parse`].
    pub fn parse_within(bytes: &'a [u8], limits: &Limits) -> Result<Self, ParseError> {
        parse::parse(bytes, limits)
    }

    /// All bytes that were given, also those before and behind the message.
    #[must_use]
    pub const fn as_bytes(&self) -> &'a [u8] {
        self.bytes
    }

    /// The first line.
    #[must_use]
    pub const fn start_line(&self) -> &StartLine<'a> {
        &self.start_line
    }

    /// The header lines, in order, also those that are no headers (their name is empty).
    pub fn headers(&self) -> impl DoubleEndedIterator<Item = Header<'a>> + ExactSizeIterator + '_ {
        self.slots.iter().map(|slot| Header::new(self.bytes, *slot, self.limits.of_values()))
    }

    /// The headers called `name`, in long or compact form.
    pub fn headers_named(&self, name: HeaderName) -> impl Iterator<Item = Header<'a>> + '_ {
        let slots = if self.names.has(name) { &self.slots[..] } else { &[] };
        slots
            .iter()
            .filter(move |slot| slot.name == name)
            .map(|slot| Header::new(self.bytes, *slot, self.limits.of_values()))
    }

    /// The first header called `name`.
    #[must_use]
    pub fn header(&self, name: HeaderName) -> Option<Header<'a>> {
        self.headers_named(name).next()
    }

    /// From the start line to the end of the empty line that ends the headers.
    #[must_use]
    pub const fn head_span(&self) -> Span {
        self.head
    }

    /// The body, as far as Content-Length and the bytes that are there allow.
    #[must_use]
    pub fn body(&self) -> Text<'a> {
        Text::new(self.body.slice(self.bytes).unwrap_or_default())
    }

    /// Where the body stands.
    #[must_use]
    pub const fn body_span(&self) -> Span {
        self.body
    }

    /// What stands behind the body: ignored by RFC 3261 §18.3, kept here.
    #[must_use]
    pub const fn trailing_span(&self) -> Span {
        Span::new(self.body.end, self.bytes.len())
    }

    /// Whether the empty line that ends the headers is there.
    #[must_use]
    pub const fn is_complete(&self) -> bool {
        self.is_complete
    }

    pub(crate) const fn limits(&self) -> &Limits {
        &self.limits
    }

    /// Where `text` stands in this message; `None` where it is not a part of it.
    #[must_use]
    pub fn span_of(&self, text: Text<'_>) -> Option<Span> {
        Span::of(self.bytes, text.as_bytes())
    }
}

#[cfg(test)]
mod tests;
