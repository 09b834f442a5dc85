//! Owns [`Text`]: bytes as they stood on the wire, shown as text. Knows no grammar.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

/// A piece of a message, exactly as it stood there. SIP is UTF-8 by RFC 3261 §7, but phones send what they like:
/// bytes that are not UTF-8 survive in [`Text::as_bytes`] and are replaced only when shown.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Text<'a>(&'a [u8]);

impl<'a> Text<'a> {
    /// The piece made of `bytes`.
    #[must_use]
    pub const fn new(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }

    /// The bytes themselves; a sub-slice of the message, so [`crate::Span::of`] finds its place.
    #[must_use]
    pub const fn as_bytes(self) -> &'a [u8] {
        self.0
    }

    /// As text; bytes that are not UTF-8 become U+FFFD.
    #[must_use]
    pub fn to_str(self) -> Cow<'a, str> {
        String::from_utf8_lossy(self.0)
    }

    /// As text with folds (a line break and the white space after it) replaced by one space (RFC 3261 §7.3.1).
    #[must_use]
    pub fn unfolded(self) -> Cow<'a, str> {
        match self.unfolded_bytes() {
            Cow::Borrowed(bytes) => String::from_utf8_lossy(bytes),
            Cow::Owned(bytes) => Cow::Owned(String::from_utf8_lossy(&bytes).into_owned()),
        }
    }

    /// The bytes with folds replaced by one space: the same value on one line, whatever its bytes are.
    #[must_use]
    pub fn unfolded_bytes(self) -> Cow<'a, [u8]> {
        if memchr::memchr2(b'\n', b'\r', self.0).is_none() {
            return Cow::Borrowed(self.0);
        }
        let lines = self.0.split(|byte| matches!(byte, b'\r' | b'\n'));
        let lines: Vec<&[u8]> =
            lines.map(<[u8]>::trim_ascii).filter(|line| !line.is_empty()).collect();
        Cow::Owned(lines.join(&b' '))
    }

    /// Number of bytes.
    #[must_use]
    pub const fn len(self) -> usize {
        self.0.len()
    }

    /// Whether nothing stands there.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0.is_empty()
    }

    /// Equal but for the case of ASCII letters, as tokens compare (RFC 3261 §7.3.1).
    #[must_use]
    pub fn is(self, other: &str) -> bool {
        self.0.eq_ignore_ascii_case(other.as_bytes())
    }

    /// `%HH` escapes resolved (RFC 3261 §19.1.2). A `%` that is no escape stays. Never resolve before a URI is split.
    #[must_use]
    pub fn unescaped(self) -> Cow<'a, [u8]> {
        if memchr::memchr(b'%', self.0).is_none() {
            return Cow::Borrowed(self.0);
        }
        let mut bytes = Vec::with_capacity(self.0.len());
        let mut rest = self.0;
        while let Some((first, tail)) = rest.split_first() {
            let escape = (*first == b'%').then(|| tail.get(..2)).flatten().and_then(hex_byte);
            bytes.push(escape.unwrap_or(*first));
            rest = if escape.is_some() { &tail[2..] } else { tail };
        }
        Cow::Owned(bytes)
    }
}

fn hex_byte(pair: &[u8]) -> Option<u8> {
    let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|d| u8::try_from(d).ok());
    Some(digit(*pair.first()?)? << 4 | digit(*pair.get(1)?)?)
}

impl fmt::Display for Text<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.to_str())
    }
}

impl fmt::Debug for Text<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\"{}\"", self.0.escape_ascii())
    }
}

impl PartialEq<str> for Text<'_> {
    fn eq(&self, other: &str) -> bool {
        self.0 == other.as_bytes()
    }
}

impl PartialEq<&str> for Text<'_> {
    fn eq(&self, other: &&str) -> bool {
        self.0 == other.as_bytes()
    }
}

impl<'a> From<&'a str> for Text<'a> {
    fn from(text: &'a str) -> Self {
        Self(text.as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fold_becomes_one_space() {
        assert_eq!(Text::from("a;\r\n\t b;\r\n c").unfolded(), "a; b; c");
        assert_eq!(Text::from("a  b").unfolded(), "a  b");
    }

    #[test]
    fn only_real_escapes_are_resolved() {
        assert_eq!(&*Text::from("MAC%3a00%41%zz%4").unescaped(), b"MAC:00A%zz%4");
        assert_eq!(&*Text::from("%00a").unescaped(), b"\0a");
    }
}
