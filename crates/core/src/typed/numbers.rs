//! Owns the headers that are a number: Content-Length, Max-Forwards, Expires, Min-Expires; and Retry-After, which is
//! a number with extras (RFC 3261 §20.33), and Session-Expires and Min-SE, which have parameters (RFC 4028 §4, §5).

use super::{Kept, Value};
use crate::message::HeaderName;
use crate::scan::{TapeBuilder, TokenKind};
use crate::syntax::{Params, Parsed, ValueError, comment, number, params, sws, whole};
use crate::text::Text;

/// A header whose value is a decimal number of at most 32 bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Number<'a> {
    /// The number.
    pub value: u32,
    /// Its digits.
    pub text: Text<'a>,
}

/// When to ask again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct RetryAfter<'a> {
    /// Seconds.
    pub seconds: Number<'a>,
    /// A remark, with its parentheses.
    pub comment: Option<Text<'a>>,
    /// `duration` and others.
    pub params: Params<'a>,
}

/// A number of seconds with parameters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Interval<'a> {
    /// Seconds.
    pub seconds: Number<'a>,
    /// `refresher` and others.
    pub params: Params<'a>,
}

impl<'a> RetryAfter<'a> {
    /// Reads a Retry-After value.
    ///
    /// # Errors
    /// [`ValueError`] with the place where the grammar failed.
    pub fn parse(value: &'a [u8]) -> Result<Self, ValueError> {
        whole(value, Self::grammar)
    }

    /// For how many seconds the sender will then be there.
    #[must_use]
    pub fn duration(&self) -> Option<u32> {
        let duration = self.params.value("duration")?;
        Number::parse(duration.text.as_bytes()).ok().map(|number| number.value)
    }
}

impl<'a> Interval<'a> {
    /// Reads a Session-Expires or Min-SE value.
    ///
    /// # Errors
    /// [`ValueError`] with the place where the grammar failed.
    pub fn parse(value: &'a [u8]) -> Result<Self, ValueError> {
        whole(value, Self::grammar)
    }
}

impl<'a> Number<'a> {
    /// Reads a number that fills all of `value`.
    ///
    /// # Errors
    /// [`ValueError`] with the place where the grammar failed.
    pub fn parse(value: &'a [u8]) -> Result<Self, ValueError> {
        whole(value, Self::grammar)
    }
}

impl<'a> Value<'a> for Number<'a> {
    fn grammar(input: &'a [u8]) -> Parsed<'a, Self> {
        let (rest, (text, value)) = number(input)?;
        Ok((rest, Self { value, text }))
    }

    fn describe(&self, tape: &mut TapeBuilder<'a>) {
        tape.leaf(TokenKind::Number, self.text);
    }

    fn keep(self, name: HeaderName, kept: &mut Kept<'a>) {
        kept.number(name, self);
    }
}

impl<'a> Value<'a> for RetryAfter<'a> {
    fn grammar(input: &'a [u8]) -> Parsed<'a, Self> {
        let (rest, seconds) = Number::grammar(input)?;
        let (mut rest, _) = sws(rest)?;
        let mut remark = None;
        if rest.first() == Some(&b'(') {
            let (end, text) = comment(rest)?;
            (rest, remark) = (end, Some(text));
        }
        let (rest, params) = params(rest)?;
        Ok((rest, Self { seconds, comment: remark, params }))
    }

    fn describe(&self, tape: &mut TapeBuilder<'a>) {
        self.seconds.describe(tape);
        if let Some(comment) = self.comment {
            tape.leaf(TokenKind::Comment, comment);
        }
        tape.params(self.params);
    }
}

impl<'a> Value<'a> for Interval<'a> {
    fn grammar(input: &'a [u8]) -> Parsed<'a, Self> {
        let (rest, seconds) = Number::grammar(input)?;
        let (rest, params) = params(rest)?;
        Ok((rest, Self { seconds, params }))
    }

    fn describe(&self, tape: &mut TapeBuilder<'a>) {
        self.seconds.describe(tape);
        tape.params(self.params);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn retry_after_has_a_remark_and_a_duration() {
        let retry = RetryAfter::parse(br"18000 (at (the) end\)) ;duration=3600;x").unwrap();
        assert_eq!((retry.seconds.value, retry.duration()), (18000, Some(3600)));
        assert_eq!(retry.comment.unwrap(), r"(at (the) end\))");
        assert_eq!(RetryAfter::parse(b"5 (open").unwrap_err().offset, 2);
    }

    #[test]
    fn a_session_interval_names_its_refresher() {
        let interval = Interval::parse(b"1800;refresher=uas").unwrap();
        assert_eq!(interval.seconds.value, 1800);
        assert_eq!(interval.params.value("refresher").unwrap().text, "uas");
    }
}
