//! Owns Reason (RFC 3326 §2).

use super::{Number, Value};
use crate::scan::{TapeBuilder, TokenKind};
use crate::syntax::{ParamValue, Params, Parsed, ValueError, params, token, whole};
use crate::text::Text;

/// Why a request was sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Reason<'a> {
    /// Whose numbers `cause` is one of: `SIP`, `Q.850`, …
    pub protocol: Text<'a>,
    /// `cause`, `text` and others.
    pub params: Params<'a>,
}

impl<'a> Reason<'a> {
    /// Reads one Reason value.
    ///
    /// # Errors
    /// [`ValueError`] with the place where the grammar failed.
    pub fn parse(value: &'a [u8]) -> Result<Self, ValueError> {
        whole(value, Self::grammar)
    }

    /// The number: a status code for `SIP`, a cause value for `Q.850`.
    #[must_use]
    pub fn cause(&self) -> Option<u32> {
        let cause = self.params.value("cause")?;
        Number::parse(cause.text.as_bytes()).ok().map(|number| number.value)
    }

    /// The words for people.
    #[must_use]
    pub fn text(&self) -> Option<ParamValue<'a>> {
        self.params.value("text")
    }
}

impl<'a> Value<'a> for Reason<'a> {
    fn grammar(input: &'a [u8]) -> Parsed<'a, Self> {
        let (rest, protocol) = token(input)?;
        let (rest, params) = params(rest)?;
        Ok((rest, Self { protocol, params }))
    }

    fn describe(&self, tape: &mut TapeBuilder<'a>) {
        tape.leaf(TokenKind::Protocol, self.protocol);
        tape.params(self.params);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_protocol_cause_and_text() {
        let reason = Reason::parse(br#"Q.850 ;cause=16 ;text="Normal, or so""#).unwrap();
        assert_eq!((reason.protocol, reason.cause()), ("Q.850".into(), Some(16)));
        assert_eq!(reason.text().unwrap().to_str(), "Normal, or so");
        assert_eq!(Reason::parse(b"SIP;cause=x").unwrap().cause(), None);
    }
}
