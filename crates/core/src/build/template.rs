//! Owns message templates: the text of a message with `{{name}}` holes. What a hole is filled with stays on its line,
//! each header keeps to its grammar, Content-Length is counted.

use super::token;
use crate::message::{HeaderName, StartLine, read_start_line};
use crate::span::Span;
use crate::syntax::Expected;
use crate::typed::read;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

/// A message with holes.
///
/// The text is a message, its lines ended by LF or CR LF, its body behind the first empty line. `{{name}}` is a hole;
/// a name is made of letters, digits, `_`, `-` and `.`. `{{{{` stands for `{{` itself. Values in the head keep to
/// one line; in the body they may be anything. Content-Length is counted, whatever the text says, and added where it
/// says nothing.
///
/// ```
/// use fingerpost_core::{Message, build::MessageTemplate};
/// let template = MessageTemplate::parse("OPTIONS sip:{{host}} SIP/2.0\nCSeq: {{n}} OPTIONS\n\nhello {{who}}")?;
/// assert_eq!(template.holes(), ["host", "n", "who"]);
/// let bytes = template.fill(&[("host", "phone.example"), ("n", "7"), ("who", "you")])?;
/// let message = Message::parse(&bytes)?;
/// assert_eq!(message.content_length()?.unwrap().value, 9);
/// assert!(template.fill(&[("host", "a"), ("n", "7\r\nVia: x"), ("who", "")]).is_err());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MessageTemplate {
    text: String,
    pieces: Vec<Piece>,
}

/// A message template cannot be read or filled. Spans are byte offsets into the template's text.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum MessageTemplateError {
    /// A hole that is not closed with `}}` on its line, or whose name is none.
    #[error("{{{{ at byte {} begins no hole: a hole is a name between {{{{ and }}}}", span.start)]
    NotAHole {
        /// From `{{` on.
        span: Span,
    },
    /// A hole for which there is no value.
    #[error("nothing fills {{{{{name}}}}}")]
    NoValue {
        /// The hole.
        name: String,
        /// Where it is.
        span: Span,
    },
    /// A value that would break its line.
    #[error("{{{{{name}}}}}: a byte 0x{byte:02x} cannot stand in one line")]
    ForbiddenByte {
        /// The hole.
        name: String,
        /// The byte.
        byte: u8,
        /// Where the hole is.
        span: Span,
    },
    /// A first line that is neither a Request-Line nor a Status-Line.
    #[error("the first line is neither METHOD URI SIP/2.0 nor SIP/2.0 CODE REASON")]
    NotAStartLine {
        /// Where.
        span: Span,
    },
    /// A line of the head without name and colon, or one that its holes left empty.
    #[error("the line at byte {} is no header: a header is a name, a colon and a value", span.start)]
    NotAHeader {
        /// The line.
        span: Span,
    },
    /// A value that does not follow its header's grammar.
    #[error("{name}: expected {expected} at byte {}", span.start)]
    NotAValue {
        /// The header, or `Request-URI`.
        name: String,
        /// What should have stood there.
        expected: Expected,
        /// The hole that brought it, else the place in the text.
        span: Span,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Piece {
    /// Text that stands for itself.
    Literal(Span),
    /// A hole, and its name inside.
    Hole(Span, Span),
}

impl MessageTemplate {
    /// Reads a template.
    ///
    /// # Errors
    /// [`MessageTemplateError::NotAHole`].
    pub fn parse(text: impl Into<String>) -> Result<Self, MessageTemplateError> {
        let text = text.into();
        let pieces = pieces(&text)?;
        Ok(Self { text, pieces })
    }

    /// The text it was read from.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The names of its holes, each once, in the order in which they first stand there.
    #[must_use]
    pub fn holes(&self) -> Vec<&str> {
        let mut names = Vec::new();
        for piece in &self.pieces {
            if let Piece::Hole(_, name) = piece {
                let name = self.slice(*name);
                if !names.contains(&name) {
                    names.push(name);
                }
            }
        }
        names
    }

    /// Writes the message, each hole filled with the value that goes with its name.
    ///
    /// # Errors
    /// [`MessageTemplateError`]: the first part that cannot stand in a message, with its place in the template.
    pub fn fill(&self, values: &[(&str, &str)]) -> Result<Vec<u8>, MessageTemplateError> {
        let mut draft = Draft::default();
        for piece in &self.pieces {
            match *piece {
                Piece::Literal(span) => draft.literal(self.slice(span), span)?,
                Piece::Hole(span, name) => {
                    let name = self.slice(name);
                    let value = values.iter().find(|(known, _)| *known == name);
                    let no_value = || MessageTemplateError::NoValue { name: name.into(), span };
                    draft.hole(name, value.ok_or_else(no_value)?.1, span)?;
                }
            }
        }
        draft.finish()
    }

    fn slice(&self, span: Span) -> &str {
        self.text.get(span.start..span.end).unwrap_or_default()
    }
}

const OPEN: &str = "{{";
const CLOSE: &str = "}}";

fn pieces(text: &str) -> Result<Vec<Piece>, MessageTemplateError> {
    let (mut pieces, mut at) = (Vec::new(), 0);
    while let Some(found) = text[at..].find(OPEN) {
        let open = at + found;
        let inner = open + OPEN.len();
        let is_escape = text[inner..].starts_with(OPEN);
        let literal = Span::new(at, if is_escape { inner } else { open });
        pieces.push(Piece::Literal(literal));
        at = inner + OPEN.len();
        if !is_escape {
            let name = hole_name(text, inner)?;
            at = name.end + CLOSE.len();
            pieces.push(Piece::Hole(Span::new(open, at), name));
        }
    }
    pieces.push(Piece::Literal(Span::new(at, text.len())));
    Ok(pieces)
}

/// The name that stands from `start` to the next `}}`.
fn hole_name(text: &str, start: usize) -> Result<Span, MessageTemplateError> {
    let is_name = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.');
    let length = text[start..].bytes().take_while(|byte| is_name(*byte)).count();
    let name = Span::new(start, start + length);
    if length == 0 || !text[name.end..].starts_with(CLOSE) {
        return Err(MessageTemplateError::NotAHole {
            span: Span::new(start - OPEN.len(), name.end),
        });
    }
    Ok(name)
}

/// A message in the making, line by line.
#[derive(Default)]
struct Draft {
    head: Vec<u8>,
    line: Line,
    body: Option<Vec<u8>>,
    has_start_line: bool,
    length_at: Option<usize>,
}

/// A header line with its folds, and what each stretch of it came from.
#[derive(Default)]
struct Line {
    bytes: Vec<u8>,
    /// Where each stretch begins, where it stands in the template, and whether it is a hole.
    sources: Vec<(usize, Span, bool)>,
    /// Whether its end was seen; a fold may still follow.
    is_ended: bool,
}

impl Draft {
    fn literal(&mut self, text: &str, span: Span) -> Result<(), MessageTemplateError> {
        let mut start = span.start;
        for part in text.split_inclusive('\n') {
            if let Some(body) = &mut self.body {
                body.extend_from_slice(part.as_bytes());
                continue;
            }
            let kept = part.strip_suffix('\n').unwrap_or(part);
            let kept = kept.strip_suffix('\r').filter(|_| kept.len() < part.len()).unwrap_or(kept);
            let here = Span::new(start, start + kept.len());
            start += part.len();
            self.before(kept.as_bytes().first().copied(), kept.len() < part.len())?;
            if self.body.is_none() {
                self.line.add(kept, here, false);
                self.line.is_ended = kept.len() < part.len();
            }
        }
        Ok(())
    }

    fn hole(&mut self, name: &str, value: &str, span: Span) -> Result<(), MessageTemplateError> {
        if let Some(body) = &mut self.body {
            body.extend_from_slice(value.as_bytes());
            return Ok(());
        }
        if let Some(byte) = value.bytes().find(|byte| matches!(byte, b'\r' | b'\n' | 0)) {
            return Err(MessageTemplateError::ForbiddenByte { name: name.into(), byte, span });
        }
        // A value that begins with white space begins a line of its own, never a fold.
        self.before(Some(b'x'), false)?;
        self.line.add(value, span, true);
        Ok(())
    }

    /// What comes next begins with `first`: a fold goes on with the line, anything else ends it, and an empty line
    /// ends the head.
    fn before(&mut self, first: Option<u8>, ends: bool) -> Result<(), MessageTemplateError> {
        if !self.line.is_ended {
            return Ok(());
        }
        if matches!(first, Some(b' ' | b'\t')) && self.has_start_line {
            self.line.bytes.extend_from_slice(b"\r\n");
            self.line.is_ended = false;
            return Ok(());
        }
        self.end_line()?;
        if first.is_none() && ends {
            self.body = Some(Vec::new());
        }
        Ok(())
    }

    fn end_line(&mut self) -> Result<(), MessageTemplateError> {
        let line = core::mem::take(&mut self.line);
        if !self.has_start_line {
            line.check_start()?;
            self.has_start_line = true;
        } else if line.check_header()? == HeaderName::ContentLength {
            self.length_at.get_or_insert(self.head.len());
            return Ok(());
        }
        self.head.extend_from_slice(&line.bytes);
        self.head.extend_from_slice(b"\r\n");
        Ok(())
    }

    fn finish(mut self) -> Result<Vec<u8>, MessageTemplateError> {
        if !self.line.bytes.is_empty() || !self.has_start_line {
            self.end_line()?;
        }
        let body = self.body.unwrap_or_default();
        let length = format!("Content-Length: {}\r\n", body.len());
        let at = self.length_at.unwrap_or(self.head.len());
        self.head.splice(at..at, length.into_bytes());
        self.head.extend_from_slice(b"\r\n");
        self.head.extend(body);
        Ok(self.head)
    }
}

impl Line {
    fn add(&mut self, text: &str, span: Span, is_hole: bool) {
        self.sources.push((self.bytes.len(), span, is_hole));
        self.bytes.extend_from_slice(text.as_bytes());
    }

    fn check_start(&self) -> Result<(), MessageTemplateError> {
        match read_start_line(&self.bytes) {
            None => Err(MessageTemplateError::NotAStartLine { span: self.whole() }),
            Some(StartLine::Status(line)) if line.status().is_none() => {
                Err(MessageTemplateError::NotAStartLine { span: self.whole() })
            }
            Some(StartLine::Status(_)) => Ok(()),
            Some(StartLine::Request(line)) => line.parsed_uri().map(|_| ()).map_err(|error| {
                let start = Span::of(&self.bytes, line.uri.as_bytes()).unwrap_or_default().start;
                self.refused("Request-URI", error.expected, start + error.offset)
            }),
        }
    }

    fn check_header(&self) -> Result<HeaderName, MessageTemplateError> {
        let not_a_header = || MessageTemplateError::NotAHeader { span: self.whole() };
        let colon = memchr::memchr(b':', &self.bytes).ok_or_else(not_a_header)?;
        let written = core::str::from_utf8(self.bytes[..colon].trim_ascii_end());
        let written = written.ok().filter(|name| token(name).is_ok()).ok_or_else(not_a_header)?;
        let name = HeaderName::of(written.as_bytes());
        let value = self.bytes[colon + 1..].trim_ascii();
        let start = Span::of(&self.bytes, value).unwrap_or_default().start;
        match read(name, value, None) {
            Err(error) if name != HeaderName::ContentLength => {
                Err(self.refused(written, error.expected, start + error.offset))
            }
            Ok(_) | Err(_) => Ok(name),
        }
    }

    fn refused(&self, name: &str, expected: Expected, offset: usize) -> MessageTemplateError {
        MessageTemplateError::NotAValue {
            name: name.to_string(),
            expected,
            span: self.place(offset),
        }
    }

    /// Where the byte at `offset` came from: its hole, or its place in the text up to the end of the stretch.
    fn place(&self, offset: usize) -> Span {
        let source = self.sources.iter().rev().find(|(start, _, _)| *start <= offset);
        match source {
            None => Span::default(),
            Some((_, span, true)) => *span,
            Some((start, span, false)) => {
                Span::new((span.start + offset - start).min(span.end), span.end)
            }
        }
    }

    fn whole(&self) -> Span {
        let first = self.sources.first().map(|(_, span, _)| span.start);
        let last = self.sources.last().map(|(_, span, _)| span.end);
        Span::new(first.unwrap_or_default(), last.unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::{Context, check};
    use crate::message::Message;
    use proptest::prelude::*;

    const NOTIFY: &str = "NOTIFY {{target}} SIP/2.0
Via: SIP/2.0/UDP {{server}};branch=z9hG4bK{{branch}}
Max-Forwards: 70
From: <sip:224.0.1.75>;tag=b1
To: <sip:7@192.0.2.10>;tag={{tag}}
Call-ID: {{call}}
CSeq: 1 NOTIFY
Contact: <sip:{{server}}>
Event: ua-profile;
  effective-by=0
l: 999
Subscription-State: terminated;reason=timeout
Content-Type: application/url

{{url}}";

    fn values<'v>(tag: &'v str, call: &'v str, url: &'v str) -> [(&'v str, &'v str); 6] {
        [
            ("target", "sip:7@192.0.2.10"),
            ("server", "192.0.2.1:5060"),
            ("branch", "1"),
            ("tag", tag),
            ("call", call),
            ("url", url),
        ]
    }

    fn fill(tag: &str, call: &str, url: &str) -> Result<Vec<u8>, MessageTemplateError> {
        MessageTemplate::parse(NOTIFY).unwrap().fill(&values(tag, call, url))
    }

    #[test]
    fn a_filled_template_is_a_message_without_finding() {
        let bytes = fill("a1", "1@x", "tftp://192.0.2.1").unwrap();
        let message = Message::parse(&bytes).unwrap();
        assert_eq!(check(&message, &Context::default()), []);
        assert_eq!(
            message.event().unwrap().unwrap().params.value("effective-by").unwrap().text,
            "0"
        );
        assert_eq!(message.content_length().unwrap().unwrap().value, 16);
        assert_eq!(message.headers_named(HeaderName::ContentLength).count(), 1);
        assert_eq!(message.body(), "tftp://192.0.2.1");
    }

    #[test]
    fn a_value_that_breaks_its_header_is_placed_at_its_hole() {
        let error = fill("a 1", "1@x", "").unwrap_err();
        let MessageTemplateError::NotAValue { name, span, .. } = error else { panic!("{error}") };
        assert_eq!(
            (name.as_str(), span.slice(NOTIFY.as_bytes()).unwrap()),
            ("To", &b"{{tag}}"[..])
        );
        let text = "OPTIONS sip:a SIP/2.0\nCSeq: one OPTIONS";
        let error = MessageTemplate::parse(text).unwrap().fill(&[]).unwrap_err();
        let MessageTemplateError::NotAValue { span, .. } = error else { panic!("{error}") };
        assert_eq!(span, Span::new(28, text.len()));
    }

    #[test]
    fn no_value_breaks_out_of_its_line() {
        for forged in ["x\r\nVia: y", "x\ny", "\r", "\0"] {
            let error = fill("a1", forged, "").unwrap_err();
            assert!(
                matches!(error, MessageTemplateError::ForbiddenByte { ref name, .. } if name == "call")
            );
        }
        assert!(fill("a1", "1@x", "two\r\nlines").is_ok());
    }

    #[test]
    fn a_line_that_its_hole_left_empty_does_not_end_the_head() {
        let template =
            MessageTemplate::parse("OPTIONS sip:a SIP/2.0\n{{more}}\nCSeq: 1 OPTIONS\n").unwrap();
        let error = template.fill(&[("more", "")]).unwrap_err();
        assert_eq!(error, MessageTemplateError::NotAHeader { span: Span::new(22, 30) });
        let bytes = template.fill(&[("more", "Subject: x")]).unwrap();
        let text =
            b"OPTIONS sip:a SIP/2.0\r\nSubject: x\r\nCSeq: 1 OPTIONS\r\nContent-Length: 0\r\n\r\n";
        assert_eq!(bytes, text);
    }

    #[test]
    fn what_is_no_template_is_refused_at_its_place() {
        let hole = |text: &str| MessageTemplate::parse(text).unwrap_err();
        assert_eq!(hole("a {{b"), MessageTemplateError::NotAHole { span: Span::new(2, 5) });
        assert_eq!(hole("{{a b}}"), MessageTemplateError::NotAHole { span: Span::new(0, 3) });
        let nothing = MessageTemplate::parse("{{x}}").unwrap().fill(&[]).unwrap_err();
        assert_eq!(nothing.to_string(), "nothing fills {{x}}");
        let first = |text: &str| MessageTemplate::parse(text).unwrap().fill(&[]).unwrap_err();
        assert!(matches!(first("hello"), MessageTemplateError::NotAStartLine { .. }));
        assert!(matches!(first(""), MessageTemplateError::NotAStartLine { .. }));
        assert!(matches!(first("SIP/2.0 99 x"), MessageTemplateError::NotAStartLine { .. }));
        let double =
            MessageTemplate::parse("OPTIONS sip:a SIP/2.0\nSubject: {{{{x}} {mac}").unwrap();
        let bytes = double.fill(&[]).unwrap();
        assert_eq!(
            Message::parse(&bytes).unwrap().headers().next().unwrap().value(),
            "{{x}} {mac}"
        );
    }

    proptest! {
        #[test]
        fn whatever_fills_the_holes_stays_where_it_was_put(
            subject in "\\PC{0,20}", body in "(?s).{0,40}", method in "[A-Z]{1,8}",
        ) {
            let text = "{{m}} sip:a SIP/2.0\r\nSubject: {{s}}\r\nCSeq: 1 {{m}}\r\n\r\n{{b}}";
            let template = MessageTemplate::parse(text).unwrap();
            let bytes = template.fill(&[("m", &method), ("s", &subject), ("b", &body)]).unwrap();
            let message = Message::parse(&bytes).unwrap();
            prop_assert_eq!(message.headers().len(), 3);
            prop_assert_eq!(message.method().unwrap().to_str(), method);
            let value = message.header(HeaderName::Subject).unwrap().value();
            prop_assert_eq!(value.as_bytes(), subject.as_bytes().trim_ascii());
            prop_assert_eq!(message.body().as_bytes(), body.as_bytes());
            prop_assert!(message.trailing_span().is_empty());
        }
    }
}
