//! Owns Warning (RFC 3261 §20.43).

use super::Value;
use crate::scan::{TapeBuilder, TokenKind};
use crate::syntax::{
    Expected, Fault, ParamValue, Parsed, ValueError, is_token, lws, number, quoted, whole,
};
use crate::text::Text;
use nom::bytes::complete::take_while1;

/// More about a status, for people.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Warning<'a> {
    /// Three digits; RFC 3261 knows 300 to 399.
    pub code: u32,
    /// Who warns: a host with perhaps a port, or a pseudonym.
    pub agent: Text<'a>,
    /// What there is to say, in quotation marks on the wire.
    pub text: ParamValue<'a>,
    digits: Text<'a>,
}

impl<'a> Warning<'a> {
    /// Reads one Warning value.
    ///
    /// # Errors
    /// [`ValueError`] with the place where the grammar failed.
    pub fn parse(value: &'a [u8]) -> Result<Self, ValueError> {
        whole(value, Self::grammar)
    }
}

/// `warn-agent`: the bytes of `hostport` and of a token.
fn is_agent(byte: u8) -> bool {
    is_token(byte) || matches!(byte, b'[' | b']' | b':')
}

impl<'a> Value<'a> for Warning<'a> {
    fn grammar(input: &'a [u8]) -> Parsed<'a, Self> {
        let (rest, (digits, code)) = number(input)?;
        if digits.len() != 3 {
            return Err(Fault::failure(input, Expected::NumberInRange));
        }
        let (rest, _) = lws(rest)?;
        let (after, agent) = take_while1(is_agent)(rest)
            .map_err(|_: nom::Err<Fault>| Fault::failure(rest, Expected::Host))?;
        let (rest, _) = lws(after)?;
        if rest.first() != Some(&b'"') {
            return Err(Fault::failure(rest, Expected::QuotedString));
        }
        let (rest, text) = quoted(rest)?;
        let text = ParamValue { text, quoted: true };
        Ok((rest, Self { code, agent: Text::new(agent), text, digits }))
    }

    fn describe(&self, tape: &mut TapeBuilder<'a>) {
        tape.leaf(TokenKind::WarnCode, self.digits);
        tape.leaf(TokenKind::Host, self.agent);
        tape.leaf(TokenKind::WarnText, self.text.text);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::typed::list;

    #[test]
    fn several_warnings_stand_on_one_line() {
        let line = br#"307 isi.example:5060 "no \"x\", sorry", 399 [2001:db8::1] "other""#;
        let read: Result<alloc::vec::Vec<Warning<'_>>, _> = list(line).collect();
        let read = read.unwrap();
        assert_eq!((read[0].code, read[0].agent), (307, "isi.example:5060".into()));
        assert_eq!(read[0].text.to_str(), "no \"x\", sorry");
        assert_eq!((read[1].code, read[1].agent), (399, "[2001:db8::1]".into()));
    }

    #[test]
    fn a_warning_without_its_quotation_marks_is_refused() {
        let error = Warning::parse(b"399 host no marks").unwrap_err();
        assert_eq!((error.expected, error.offset), (Expected::QuotedString, 9));
    }

    #[test]
    fn a_warning_has_a_code_of_three_digits() {
        for text in [&b"1812 host \"x\""[..], b"39 host \"x\"", b"99999999999 host \"x\""] {
            assert_eq!(Warning::parse(text).unwrap_err().expected, Expected::NumberInRange);
        }
    }
}
