//! Owns what the headers read so far promise: are the ones there that every message has, how long is the body, what
//! is it?

use fingerpost_core::HeaderName;
use fingerpost_core::typed::{MediaType, Number};

/// What kind of body Content-Type announces, as far as finding its end goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum BodyKind {
    /// No Content-Type.
    #[default]
    None,
    /// One URL.
    Url,
    /// Parts or whole messages: empty lines and start lines may be inside.
    Composite,
    /// Anything else.
    Other,
}

/// The headers that every message must have, Via aside, which quotations leave out first (RFC 3261 §8.1.1).
const MANDATORY: [HeaderName; 4] =
    [HeaderName::From, HeaderName::To, HeaderName::CallId, HeaderName::CSeq];

/// The headers that say where a message ends.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Seen {
    mandatory: [bool; MANDATORY.len()],
    has_length: bool,
    /// Content-Length, where it is a number; the first one, as core reads it.
    pub(crate) length: Option<usize>,
    pub(crate) kind: BodyKind,
}

impl Seen {
    /// Takes note of a header line.
    pub(crate) fn note(&mut self, line: &[u8]) {
        let Some(colon) = memchr::memchr(b':', line) else {
            return;
        };
        let value = line[colon + 1..].trim_ascii();
        let name = HeaderName::of(line[..colon].trim_ascii_end());
        if let Some(index) = MANDATORY.iter().position(|known| *known == name) {
            self.mandatory[index] = true;
        }
        match name {
            HeaderName::ContentLength if !self.has_length => self.length_is(value),
            HeaderName::ContentType => self.kind = kind(value),
            _ => {}
        }
    }

    fn length_is(&mut self, value: &[u8]) {
        self.has_length = true;
        let number = Number::parse(value).ok();
        self.length = number.and_then(|number| usize::try_from(number.value).ok());
    }

    /// Whether all the mandatory headers are there.
    pub(crate) fn has_all(&self) -> bool {
        self.mandatory.iter().all(|is_there| *is_there)
    }

    /// Whether all of those are there and Content-Length too, which stands last as a rule: more may not come.
    pub(crate) fn may_be_whole(&self) -> bool {
        self.has_all() && self.has_length
    }

    /// Whether this looks like the first part of a head, though an empty line stands behind it: several mandatory
    /// headers are missing, and so is Content-Length.
    pub(crate) fn is_a_beginning(&self) -> bool {
        let missing = self.mandatory.iter().filter(|is_there| !**is_there).count();
        missing >= 2 && !self.has_length
    }
}

fn kind(value: &[u8]) -> BodyKind {
    match MediaType::parse(value) {
        Ok(media) if media.is("application", "url") => BodyKind::Url,
        Ok(media) if media.kind.is("multipart") || media.kind.is("message") => BodyKind::Composite,
        _ => BodyKind::Other,
    }
}
