//! Owns Timestamp (RFC 3261 §20.38).

use super::Value;
use crate::scan::{TapeBuilder, TokenKind};
use crate::syntax::{Expected, Fault, Parsed, ValueError, is_digit, sws, whole};
use crate::text::Text;
use core::time::Duration;
use nom::bytes::complete::take_while;

/// When a request was sent, by its sender's clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Timestamp<'a> {
    /// Seconds since an origin that the sender chose, as written: `54.2`.
    pub sent: Text<'a>,
    /// How long the answering side held the request, in seconds, as written.
    pub delay: Option<Text<'a>>,
}

impl<'a> Timestamp<'a> {
    /// Reads a Timestamp value.
    ///
    /// # Errors
    /// [`ValueError`] with the place where the grammar failed.
    pub fn parse(value: &'a [u8]) -> Result<Self, ValueError> {
        whole(value, Self::grammar)
    }

    /// The delay as time, to the nanosecond; `None` where there is none or it is beyond 64 bits of seconds.
    #[must_use]
    pub fn delay_time(&self) -> Option<Duration> {
        seconds(self.delay?.as_bytes())
    }
}

fn seconds(text: &[u8]) -> Option<Duration> {
    let digit = |byte: &u8| u64::from(byte - b'0');
    let mut halves = text.splitn(2, |byte| *byte == b'.');
    let whole = halves.next().unwrap_or_default();
    let whole = whole
        .iter()
        .try_fold(0_u64, |value, byte| value.checked_mul(10)?.checked_add(digit(byte)))?;
    let fraction = halves.next().unwrap_or_default().iter().chain(core::iter::repeat(&b'0'));
    let nanos = fraction.take(9).fold(0_u64, |value, byte| value * 10 + digit(byte));
    Duration::from_secs(whole).checked_add(Duration::from_nanos(nanos))
}

/// `1*(DIGIT) [ "." *(DIGIT) ]`; of a delay the digits before the point may be missing.
fn decimal(input: &[u8], needs_digits: bool) -> Parsed<'_, Text<'_>> {
    let (mut rest, before) = take_while(is_digit)(input)?;
    if before.is_empty() && (needs_digits || rest.first() != Some(&b'.')) {
        return Err(Fault::error(input, Expected::Number));
    }
    if rest.first() == Some(&b'.') {
        let (end, _) = take_while::<_, _, Fault>(is_digit)(&rest[1..])?;
        rest = end;
    }
    Ok((rest, Text::new(&input[..input.len() - rest.len()])))
}

impl<'a> Value<'a> for Timestamp<'a> {
    fn grammar(input: &'a [u8]) -> Parsed<'a, Self> {
        let (rest, sent) = decimal(input, true)?;
        let (after, _) = sws(rest)?;
        if after.is_empty() || after.len() == rest.len() {
            return Ok((rest, Self { sent, delay: None }));
        }
        let (rest, delay) = decimal(after, false)?;
        Ok((rest, Self { sent, delay: Some(delay) }))
    }

    fn describe(&self, tape: &mut TapeBuilder<'a>) {
        tape.leaf(TokenKind::Time, self.sent);
        if let Some(delay) = self.delay {
            tape.leaf(TokenKind::Time, delay);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_delay_is_read_as_time() {
        let stamp = Timestamp::parse(b"54.21  1.5").unwrap();
        assert_eq!(stamp.sent, "54.21");
        assert_eq!(stamp.delay_time(), Some(Duration::from_millis(1500)));
        assert_eq!(
            Timestamp::parse(b"54 .000000001").unwrap().delay_time(),
            Some(Duration::from_nanos(1))
        );
        assert_eq!(Timestamp::parse(b"54").unwrap().delay_time(), None);
    }

    #[test]
    fn what_is_no_decimal_is_refused() {
        assert_eq!(Timestamp::parse(b".5").unwrap_err().expected, Expected::Number);
        assert_eq!(Timestamp::parse(b"5 now").unwrap_err().offset, 2);
    }
}
