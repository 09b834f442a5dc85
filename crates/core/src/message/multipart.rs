//! Owns multipart bodies (RFC 2046 §5.1): where the parts are, their headers and their bodies, each with its place in
//! the message. Nothing is decoded.

use super::header::Slot;
use super::parse::{header_lines, line_at};
use super::{Header, HeaderError, HeaderName, Message, ParseError};
use crate::limits::Limits;
use crate::sdp::Sdp;
use crate::span::Span;
use crate::text::Text;
use crate::typed::{Disposition, MediaType, Value};
use core::iter;
use smallvec::SmallVec;

/// A body made of parts.
///
/// ```
/// use fingerpost_core::{HeaderName, Message};
/// let bytes = b"INVITE sip:a SIP/2.0\r\nContent-Type: multipart/mixed;boundary=\"b1\"\r\n\r\n\
///     --b1\r\nContent-Type: text/plain\r\n\r\nhello\r\n--b1\r\n\r\nplain\r\n--b1--\r\n";
/// let message = Message::parse(bytes)?;
/// let parts: Vec<_> = message.multipart().unwrap().parts().collect::<Result<_, _>>()?;
/// assert_eq!(parts[0].content_type()?.unwrap().subtype, "plain");
/// assert_eq!((parts[0].body(), parts[1].body()), ("hello".into(), "plain".into()));
/// assert_eq!(parts[0].body_span().slice(bytes), Some(&b"hello"[..]));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Multipart<'a> {
    bytes: &'a [u8],
    body: Span,
    boundary: Text<'a>,
    limits: Limits,
}

/// One part of a multipart body.
#[derive(Debug, Clone)]
pub struct Part<'a> {
    /// The message up to the end of the part, so that every place is one in the message.
    bytes: &'a [u8],
    slots: SmallVec<[Slot; 32]>,
    span: Span,
    body: Span,
    limits: Limits,
}

/// A line `--boundary`, or `--boundary--` behind the last part.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Delimiter {
    /// Where the text before it ends: the line end in between belongs to the delimiter.
    pub(crate) before: usize,
    /// The dashes and the boundary.
    pub(crate) dashes: Span,
    /// Behind its line end.
    pub(crate) end: usize,
    /// Whether no part follows.
    pub(crate) is_last: bool,
}

impl<'a> Message<'a> {
    /// The body as parts; `None` where Content-Type is not `multipart` or names no boundary.
    #[must_use]
    pub fn multipart(&self) -> Option<Multipart<'a>> {
        let kind = self.content_type().ok()??;
        Multipart::of(self.bytes, self.body, &kind, self.limits)
    }

    /// The body as a session description; `None` where Content-Type is not `application/sdp`.
    #[must_use]
    pub fn sdp(&self) -> Option<Sdp<'a>> {
        let kind = self.content_type().ok()??;
        kind.is("application", "sdp").then(|| Sdp::new(self.body().as_bytes()))
    }
}

impl<'a> Multipart<'a> {
    fn of(bytes: &'a [u8], body: Span, kind: &MediaType<'a>, limits: Limits) -> Option<Self> {
        let boundary = kind.params.value("boundary").filter(|_| kind.kind.is("multipart"))?;
        let is_usable = !boundary.text.is_empty();
        is_usable.then_some(Self { bytes, body, boundary: boundary.text, limits })
    }

    /// What parts the parts, without its dashes.
    #[must_use]
    pub const fn boundary(&self) -> Text<'a> {
        self.boundary
    }

    /// Each part, in order; a last one that is not closed too.
    ///
    /// # Errors
    /// [`ParseError`] of a part whose headers exceed the limits of the message.
    pub fn parts(self) -> impl Iterator<Item = Result<Part<'a>, ParseError>> {
        let mut open = self.delimiter(self.body.start).filter(|open| !open.is_last);
        iter::from_fn(move || {
            let start = open.take()?.end;
            let next = self.delimiter(start);
            let end = next.map_or(self.body.end, |next| next.before);
            open = next.filter(|next| !next.is_last);
            Some(self.part(Span::new(start, end.max(start))))
        })
    }

    /// What stands before the first part: for readers that know no MIME.
    #[must_use]
    pub fn preamble(&self) -> Text<'a> {
        let first = self.delimiter(self.body.start);
        let end = first.map_or(self.body.end, |first| first.before);
        self.text(Span::new(self.body.start, end))
    }

    /// What stands behind the last part; `None` where the body is not closed.
    #[must_use]
    pub fn epilogue(&self) -> Option<Text<'a>> {
        let mut at = self.body.start;
        loop {
            let delimiter = self.delimiter(at)?;
            at = delimiter.end;
            if delimiter.is_last {
                return Some(self.text(Span::new(at, self.body.end)));
            }
        }
    }

    /// The next delimiter from `from`, the start of a line.
    pub(crate) fn delimiter(&self, from: usize) -> Option<Delimiter> {
        let bytes = &self.bytes[..self.body.end];
        let mut start = from;
        while start < bytes.len() {
            let line = line_at(bytes, start);
            if let Some((length, is_last)) = self.dashes(&bytes[start..line.text_end]) {
                let dashes = Span::new(start, start + length);
                let before = before_line_end(&bytes[..start]).max(from);
                return Some(Delimiter { before, dashes, end: line.end, is_last });
            }
            start = line.end;
        }
        None
    }

    /// `"--" boundary [ "--" ] *LWSP`: its length without the padding, and whether it is the closing one.
    fn dashes(&self, line: &[u8]) -> Option<(usize, bool)> {
        let rest = line.strip_prefix(b"--")?.strip_prefix(self.boundary.as_bytes())?;
        let (rest, is_last) = match rest.strip_prefix(b"--") {
            Some(rest) => (rest, true),
            None => (rest, false),
        };
        rest.trim_ascii().is_empty().then_some((line.len() - rest.len(), is_last))
    }

    fn part(&self, span: Span) -> Result<Part<'a>, ParseError> {
        let bytes = &self.bytes[..span.end];
        let (slots, end, _) = header_lines(bytes, span.start, &self.limits)?;
        let body = Span::new(end.min(span.end), span.end);
        Ok(Part { bytes, slots, span, body, limits: self.limits })
    }

    fn text(&self, span: Span) -> Text<'a> {
        Text::new(span.slice(self.bytes).unwrap_or_default())
    }
}

/// Where the text ends that a line end closes.
fn before_line_end(text: &[u8]) -> usize {
    let line = text.strip_suffix(b"\n").unwrap_or(text);
    line.strip_suffix(b"\r").filter(|_| line.len() < text.len()).unwrap_or(line).len()
}

impl<'a> Part<'a> {
    /// Its header lines, in order.
    pub fn headers(&self) -> impl Iterator<Item = Header<'a>> + '_ {
        let limits = self.limits.of_values();
        self.slots.iter().map(move |slot| Header::new(self.bytes, *slot, limits))
    }

    /// Its first header called `name`.
    #[must_use]
    pub fn header(&self, name: HeaderName) -> Option<Header<'a>> {
        self.headers().find(|header| header.name() == name)
    }

    /// What it is; where it does not say, it is `text/plain` (RFC 2046 §5.1).
    ///
    /// # Errors
    /// [`HeaderError`] where Content-Type is there and does not follow its grammar.
    pub fn content_type(&self) -> Result<Option<MediaType<'a>>, HeaderError> {
        self.read(HeaderName::ContentType)
    }

    /// What it is meant for.
    ///
    /// # Errors
    /// [`HeaderError`] where Content-Disposition is there and does not follow its grammar.
    pub fn content_disposition(&self) -> Result<Option<Disposition<'a>>, HeaderError> {
        self.read(HeaderName::ContentDisposition)
    }

    /// Its body.
    #[must_use]
    pub fn body(&self) -> Text<'a> {
        Text::new(self.body.slice(self.bytes).unwrap_or_default())
    }

    /// Where its body stands in the message.
    #[must_use]
    pub const fn body_span(&self) -> Span {
        self.body
    }

    /// Where all of it stands in the message: headers and body.
    #[must_use]
    pub const fn span(&self) -> Span {
        self.span
    }

    /// The parts it is made of itself.
    #[must_use]
    pub fn multipart(&self) -> Option<Multipart<'a>> {
        let kind = self.content_type().ok()??;
        Multipart::of(self.bytes, self.body, &kind, self.limits)
    }

    /// It as a session description; `None` where its Content-Type is not `application/sdp`.
    #[must_use]
    pub fn sdp(&self) -> Option<Sdp<'a>> {
        let kind = self.content_type().ok()??;
        kind.is("application", "sdp").then(|| Sdp::new(self.body().as_bytes()))
    }

    fn read<T: Value<'a>>(&self, name: HeaderName) -> Result<Option<T>, HeaderError> {
        self.header(name).map(|header| header.read()).transpose()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scan::{TokenKind, scan};
    use alloc::vec::Vec;

    const TEXT: &[u8] = b"MESSAGE sip:a SIP/2.0\r\n\
Content-Type: multipart/mixed; boundary=\"b 1\"\r\n\r\n\
for old readers\r\n\
--b 1  \r\n\
Content-Type: text/plain\r\nContent-Disposition: render;\r\n handling=optional\r\n\r\n\
one\r\n\r\n\
--b 1\r\n\
\r\n--b 12\r\n\
--b 1\r\n\
Content-Type: multipart/alternative;boundary=in\r\n\r\n\
--in\r\nContent-Type: application/sdp\r\n\r\nv=0\r\n\r\n--in--\r\n\
--b 1--\r\nthe end";

    fn parts() -> Vec<Part<'static>> {
        let message = Message::parse(TEXT).unwrap();
        message.multipart().unwrap().parts().collect::<Result<_, _>>().unwrap()
    }

    #[test]
    fn parts_have_their_headers_and_bodies_at_their_places_in_the_message() {
        let parts = parts();
        assert_eq!(parts.len(), 3);
        assert_eq!(parts[0].content_type().unwrap().unwrap().subtype, "plain");
        assert!(parts[0].content_disposition().unwrap().unwrap().is_optional());
        assert_eq!(parts[0].body_span().slice(TEXT).unwrap(), b"one\r\n");
        let header = parts[0].header(HeaderName::ContentDisposition).unwrap();
        assert_eq!(header.value_span().slice(TEXT).unwrap(), header.value().as_bytes());
        assert_eq!((parts[1].headers().count(), parts[1].body()), (0, "--b 12".into()));
        assert_eq!(parts[2].body(), parts[2].body_span().slice(TEXT).map(Text::new).unwrap());
    }

    #[test]
    fn what_stands_around_the_parts_is_kept() {
        let multipart = Message::parse(TEXT).unwrap().multipart().unwrap();
        assert_eq!(multipart.preamble(), "for old readers");
        assert_eq!(multipart.epilogue().unwrap(), "the end");
        assert_eq!(multipart.boundary(), "b 1");
    }

    #[test]
    fn a_part_may_be_made_of_parts() {
        let inner = parts()[2].multipart().unwrap();
        let inner: Vec<_> = inner.parts().collect::<Result<_, _>>().unwrap();
        assert_eq!(inner.len(), 1);
        assert_eq!(inner[0].body(), "v=0\r\n");
        assert_eq!(inner[0].sdp().unwrap().lines().count(), 1);
    }

    #[test]
    fn a_body_that_is_not_closed_keeps_its_last_part() {
        let text = b"MESSAGE sip:a SIP/2.0\nContent-Type: multipart/mixed;boundary=x\n\n--x\n\na\n--x\n\nb";
        let multipart = Message::parse(text).unwrap().multipart().unwrap();
        let bodies: Vec<_> = multipart.parts().map(|part| part.unwrap().body()).collect();
        assert_eq!(bodies, ["a".into(), Text::from("b")]);
        assert_eq!(multipart.epilogue(), None);
        let other = b"MESSAGE sip:a SIP/2.0\r\nContent-Type: multipart/mixed\r\n\r\n--x--";
        assert!(Message::parse(other).unwrap().multipart().is_none());
        let none = b"MESSAGE sip:a SIP/2.0\nContent-Type: multipart/mixed;boundary=x\n\n--x--\n";
        assert_eq!(Message::parse(none).unwrap().multipart().unwrap().parts().count(), 0);
    }

    #[test]
    fn the_headers_of_a_part_keep_to_the_limits_of_the_message() {
        let limits = Limits::default().with_headers(1);
        let message = Message::parse_within(TEXT, &limits).unwrap();
        let first = message.multipart().unwrap().parts().next().unwrap();
        assert!(matches!(first, Err(ParseError::TooManyHeaders { limit: 1, .. })));
        let tape = message.tape();
        let bytes: Vec<u8> =
            tape.leaves().flat_map(|leaf| leaf.span.slice(TEXT).unwrap().to_vec()).collect();
        assert_eq!(bytes, TEXT);
    }

    #[test]
    fn the_parts_have_tokens_of_their_own() {
        let tape = scan(TEXT);
        let leaf = |text: &[u8]| {
            let at = memchr::memmem::find(TEXT, text).unwrap();
            tape.leaf_at(at).map(|token| (token.kind, token.span.slice(TEXT).unwrap()))
        };
        assert_eq!(leaf(b"--b 1  "), Some((TokenKind::Boundary, b"--b 1".as_slice())));
        assert_eq!(leaf(b"plain"), Some((TokenKind::MediaSubtype, b"plain".as_slice())));
        assert_eq!(leaf(b"one"), Some((TokenKind::Body, b"one\r\n".as_slice())));
        assert_eq!(leaf(b"--b 12"), Some((TokenKind::Body, b"--b 12".as_slice())));
        assert_eq!(leaf(b"v=0"), Some((TokenKind::SdpType, b"v".as_slice())));
        assert_eq!(leaf(b"the end"), Some((TokenKind::Body, b"the end".as_slice())));
        let parts = tape.tokens().iter().filter(|token| token.kind == TokenKind::BodyPart);
        assert_eq!(parts.count(), 4);
    }
}
