//! Owns the first line: Request-Line and Status-Line (RFC 3261 §7.1, §7.2), read tolerantly, with its parts.

use crate::syntax::ValueError;
use crate::text::Text;
use crate::typed::Uri;

/// The first line of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(clippy::exhaustive_enums, reason = "RFC 3261 §7 knows these two and no others")]
pub enum StartLine<'a> {
    /// Of a request.
    Request(RequestLine<'a>),
    /// Of a response.
    Status(StatusLine<'a>),
}

/// `METHOD request-uri SIP/2.0`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct RequestLine<'a> {
    /// The whole line without its line end.
    pub line: Text<'a>,
    /// The method, case kept.
    pub method: Text<'a>,
    /// What stands between method and version.
    pub uri: Text<'a>,
    /// `SIP/2.0`.
    pub version: Text<'a>,
}

/// `SIP/2.0 200 OK`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct StatusLine<'a> {
    /// The whole line without its line end.
    pub line: Text<'a>,
    /// `SIP/2.0`.
    pub version: Text<'a>,
    /// The digits of the status code, however many.
    pub code: Text<'a>,
    /// The reason phrase, perhaps empty.
    pub reason: Text<'a>,
}

impl<'a> RequestLine<'a> {
    /// The Request-URI by its grammar.
    ///
    /// # Errors
    /// [`ValueError`] with the place inside the URI.
    pub fn parsed_uri(&self) -> Result<Uri<'a>, ValueError> {
        Uri::parse(self.uri.as_bytes())
    }
}

impl StatusLine<'_> {
    /// The status code, where it is one of three digits from 100 to 699.
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        let digits = core::str::from_utf8(self.code.as_bytes()).ok()?;
        let code: u16 = (digits.len() == 3).then(|| digits.parse().ok())??;
        (100..700).contains(&code).then_some(code)
    }
}

/// Reads a line as a start line; `None` where it is none.
pub(crate) fn read(line: &[u8]) -> Option<StartLine<'_>> {
    status_line(line).map(StartLine::Status).or_else(|| request_line(line).map(StartLine::Request))
}

fn status_line(line: &[u8]) -> Option<StatusLine<'_>> {
    let (version, rest) = split_word(line);
    if !is_version(version) {
        return None;
    }
    let (code, rest) = split_word(rest.trim_ascii_start());
    if code.is_empty() || !code.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let reason = rest.strip_prefix(b" ").unwrap_or(rest);
    let [line, version, code, reason] = [line, version, code, reason].map(Text::new);
    Some(StatusLine { line, version, code, reason })
}

fn request_line(line: &[u8]) -> Option<RequestLine<'_>> {
    let trimmed = line.trim_ascii_end();
    let (method, rest) = split_word(trimmed);
    let last_space = memchr::memrchr(b' ', rest)?;
    let version = &rest[last_space + 1..];
    let uri = rest[..last_space].trim_ascii();
    if method.is_empty() || uri.is_empty() || !is_version(version) {
        return None;
    }
    let [line, method, uri, version] = [line, method, uri, version].map(Text::new);
    Some(RequestLine { line, method, uri, version })
}

fn split_word(text: &[u8]) -> (&[u8], &[u8]) {
    text.split_at(memchr::memchr(b' ', text).unwrap_or(text.len()))
}

/// `SIP/digits.digits`, in any case (RFC 3261 §7.1).
fn is_version(word: &[u8]) -> bool {
    let Some(number) = word.get(4..).filter(|_| word[..4].eq_ignore_ascii_case(b"SIP/")) else {
        return false;
    };
    let mut parts = number.split(|byte| *byte == b'.');
    let mut digits =
        || parts.next().is_some_and(|p| !p.is_empty() && p.iter().all(u8::is_ascii_digit));
    digits() && digits() && parts.next().is_none()
}
