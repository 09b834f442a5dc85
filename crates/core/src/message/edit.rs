//! Owns changing a message where it stands: what is edited changes, every other byte stays. What would break out of
//! its line is refused.

use super::{Header, HeaderName, Message, StartLine};
use crate::span::Span;
use crate::syntax::Expected;
use crate::typed::read_within;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

/// A message cannot be changed like that.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum EditError {
    /// A line break or NUL: it would forge a header or cut the message.
    #[error("a byte 0x{byte:02x} cannot stand in one line")]
    ForbiddenByte {
        /// The byte.
        byte: u8,
    },
    /// A place that is no part of the first line or of one header line.
    #[error("bytes {} to {} are no part of one line of the head", span.start, span.end)]
    NotInOneLine {
        /// The place.
        span: Span,
    },
    /// The line would become empty, which ends the head, or begin with white space, which continues the line before.
    #[error("the line would no longer be a line of its own")]
    NotALine,
    /// A value that does not follow its header's grammar.
    #[error("{name}: expected {expected} at byte {offset} of the value")]
    NotAValue {
        /// The header.
        name: String,
        /// What should have stood there.
        expected: Expected,
        /// Bytes from the start of the new value.
        offset: usize,
    },
}

impl Message<'_> {
    /// The message with `text` in the place of the bytes at `span`, which lie in the first line or in one header
    /// line. Whether the line still follows its grammar is not asked: that is [`crate::check`]'s work.
    ///
    /// # Errors
    /// [`EditError`], but never [`EditError::NotAValue`].
    ///
    /// ```
    /// use fingerpost_core::Message;
    /// let message = Message::parse(b"OPTIONS sip:a SIP/2.0\r\nl:0\r\nvia :SIP/2.0/UDP h\r\n\r\n")?;
    /// let host = message.span_of(message.top_via()?.unwrap().sent_by.host.text).unwrap();
    /// let edited = message.with_edit(host, "phone.example")?;
    /// assert_eq!(edited, b"OPTIONS sip:a SIP/2.0\r\nl:0\r\nvia :SIP/2.0/UDP phone.example\r\n\r\n");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn with_edit(&self, span: Span, text: impl AsRef<[u8]>) -> Result<Vec<u8>, EditError> {
        let text = text.as_ref();
        if let Some(byte) = text.iter().find(|byte| matches!(byte, b'\r' | b'\n' | 0)) {
            return Err(EditError::ForbiddenByte { byte: *byte });
        }
        let line = self.line_around(span).ok_or(EditError::NotInOneLine { span })?;
        let before = Span::new(line.start, span.start).slice(self.bytes).unwrap_or_default();
        let behind = Span::new(span.end, line.end).slice(self.bytes).unwrap_or_default();
        let first = [before, text, behind].into_iter().flatten().next();
        if matches!(first, None | Some(b' ' | b'\t' | b'\r' | b'\n')) {
            return Err(EditError::NotALine);
        }
        Ok(spliced(self.bytes, span, text))
    }

    /// The message with another value of `header`, which is one of its own.
    ///
    /// # Errors
    /// [`EditError`].
    pub fn with_value(
        &self,
        header: &Header<'_>,
        value: impl AsRef<[u8]>,
    ) -> Result<Vec<u8>, EditError> {
        let span = header.value_span();
        if !header.is_header() || self.span_of(header.raw_name()) != Some(header.name_span()) {
            return Err(EditError::NotInOneLine { span });
        }
        let value = value.as_ref();
        let edited = self.with_edit(span, value)?;
        read_within(header.name(), value, header.limits(), None).map_err(|error| {
            let name = header.canonical_name().to_string();
            EditError::NotAValue { name, expected: error.expected, offset: error.offset }
        })?;
        Ok(edited)
    }

    /// The message with another body. Content-Length is counted anew where it stands; where it does not, the body
    /// is the rest of the datagram as before (RFC 3261 §18.3). What stood behind the body stays.
    #[must_use]
    pub fn with_body(&self, body: impl AsRef<[u8]>) -> Vec<u8> {
        let body = body.as_ref();
        let length = body.len().to_string();
        let mut edited = spliced(self.bytes, self.body_span(), body);
        let lengths: Vec<Span> = self
            .headers_named(HeaderName::ContentLength)
            .map(|header| header.value_span())
            .collect();
        for span in lengths.into_iter().rev() {
            edited.splice(span.start..span.end, length.bytes());
        }
        edited
    }

    /// The line of the head that holds all of `span`, without its line end.
    fn line_around(&self, span: Span) -> Option<Span> {
        let start = match self.start_line() {
            StartLine::Request(line) => self.span_of(line.line),
            StartLine::Status(line) => self.span_of(line.line),
        };
        let mut lines = start.into_iter().chain(self.headers().map(|header| header.span()));
        let is_ordered = span.start <= span.end;
        lines.find(|line| is_ordered && line.start <= span.start && span.end <= line.end)
    }
}

fn spliced(bytes: &[u8], span: Span, text: &[u8]) -> Vec<u8> {
    let mut edited = bytes.to_vec();
    edited.splice(span.start..span.end, text.iter().copied());
    edited
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const TEXT: &[u8] =
        b"\r\nSUBSCRIBE  sip:a SIP/2.0\r\nv :SIP/2.0/UDP h;branch=z9hG4bK1\nEvent:ua-profile;\r\n\
\x20model=\"x\"\r\nX-Odd: \xff\r\nno colon\r\nEmpty:\r\nl: 3\r\nContent-Length : 03\r\n\r\nabcde";

    fn message() -> Message<'static> {
        Message::parse(TEXT).unwrap()
    }

    #[test]
    fn a_value_is_held_against_its_grammar_and_its_folds_go_with_it() {
        let message = message();
        let event = message.header(HeaderName::Event).unwrap();
        let edited = message.with_value(&event, "presence").unwrap();
        let text = b"Event:presence\r\nX-Odd";
        assert!(memchr::memmem::find(&edited, text).is_some());
        let refused = message.with_value(&event, "a b").unwrap_err();
        assert_eq!(
            refused.to_string(),
            "Event: expected the end of the value at byte 2 of the value"
        );
        let other = Message::parse(b"SIP/2.0 200 OK\r\nEvent: x\r\n\r\n").unwrap();
        let foreign = other.header(HeaderName::Event).unwrap();
        assert!(matches!(message.with_value(&foreign, "y"), Err(EditError::NotInOneLine { .. })));
    }

    #[test]
    fn nothing_breaks_out_of_its_line() {
        let message = message();
        let event = message.header(HeaderName::Event).unwrap();
        for (text, byte) in [("a\r\nVia: b", b'\r'), ("a\n b", b'\n'), ("\0", 0)] {
            let refused = message.with_value(&event, text);
            assert_eq!(refused, Err(EditError::ForbiddenByte { byte }));
        }
        let line = event.span();
        assert_eq!(message.with_edit(line, ""), Err(EditError::NotALine));
        assert_eq!(message.with_edit(Span::at(line.start), " "), Err(EditError::NotALine));
        let across = Span::new(line.start - 3, line.start + 2);
        assert_eq!(message.with_edit(across, "x"), Err(EditError::NotInOneLine { span: across }));
        let body = message.body_span();
        assert_eq!(message.with_edit(body, "x"), Err(EditError::NotInOneLine { span: body }));
    }

    #[test]
    fn another_body_changes_its_bytes_and_every_length() {
        let edited = message().with_body("longer than before");
        let again = Message::parse(&edited).unwrap();
        assert_eq!(again.body(), "longer than before");
        assert_eq!(again.trailing_span().slice(&edited).unwrap(), b"de");
        let lengths = again.headers_named(HeaderName::ContentLength);
        assert!(lengths.into_iter().all(|header| header.value() == "18"));
        let without = Message::parse(b"SIP/2.0 200 OK\r\n\r\nabc").unwrap();
        assert_eq!(without.with_body(""), b"SIP/2.0 200 OK\r\n\r\n");
    }

    proptest! {
        #[test]
        fn an_edit_changes_its_own_bytes_and_no_others(
            index in 0..8_usize, value in proptest::collection::vec(any::<u8>(), 0..30),
        ) {
            let message = message();
            let Some(header) = message.headers().nth(index) else { return Ok(()) };
            let span = header.value_span();
            let Ok(edited) = message.with_edit(span, &value) else {
                prop_assert!(value.iter().any(|b| matches!(b, b'\r' | b'\n' | 0)) || !header.is_header());
                return Ok(());
            };
            prop_assert_eq!(&edited[..span.start], &TEXT[..span.start]);
            prop_assert_eq!(&edited[span.start..span.start + value.len()], &value[..]);
            prop_assert_eq!(&edited[span.start + value.len()..], &TEXT[span.end..]);
            let again = Message::parse(&edited).unwrap();
            prop_assert_eq!(again.headers().len(), message.headers().len());
            let others = |(at, _): &(usize, Header<'_>)| *at != index;
            let before = message.headers().enumerate().filter(others);
            for ((_, one), (_, other)) in before.zip(again.headers().enumerate().filter(others)) {
                prop_assert_eq!((one.raw_name(), one.value()), (other.raw_name(), other.value()));
            }
        }
    }
}
