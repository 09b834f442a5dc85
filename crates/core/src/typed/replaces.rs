//! Owns Replaces (RFC 3891 §6.1) and Join (RFC 3911 §7.1): the name of a dialog that a new one takes up.

use super::{CallId, Value};
use crate::scan::{TapeBuilder, TokenKind};
use crate::syntax::{Params, Parsed, ValueError, params, whole};
use crate::text::Text;

/// The dialog that a call replaces or joins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Replaces<'a> {
    /// The dialog's Call-ID.
    pub call_id: CallId<'a>,
    /// `to-tag`, `from-tag`, `early-only` and others.
    pub params: Params<'a>,
}

impl<'a> Replaces<'a> {
    /// Reads a Replaces or Join value.
    ///
    /// # Errors
    /// [`ValueError`] with the place where the grammar failed.
    pub fn parse(value: &'a [u8]) -> Result<Self, ValueError> {
        whole(value, Self::grammar)
    }

    /// The tag of the side that receives this header.
    #[must_use]
    pub fn to_tag(&self) -> Option<Text<'a>> {
        self.params.value("to-tag").map(|value| value.text)
    }

    /// The tag of the other side.
    #[must_use]
    pub fn from_tag(&self) -> Option<Text<'a>> {
        self.params.value("from-tag").map(|value| value.text)
    }
}

impl<'a> Value<'a> for Replaces<'a> {
    fn grammar(input: &'a [u8]) -> Parsed<'a, Self> {
        let (rest, call_id) = CallId::grammar(input)?;
        let (rest, params) = params(rest)?;
        Ok((rest, Self { call_id, params }))
    }

    fn describe(&self, tape: &mut TapeBuilder<'a>) {
        tape.leaf(TokenKind::Word, self.call_id.text);
        tape.params(self.params);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_a_dialog_by_its_three_parts() {
        let replaces = Replaces::parse(b"7@192.0.2.1 ;to-tag=a; from-tag=b;early-only").unwrap();
        assert_eq!(replaces.call_id.text, "7@192.0.2.1");
        assert_eq!((replaces.to_tag(), replaces.from_tag()), (Some("a".into()), Some("b".into())));
        assert!(replaces.params.find("early-only").is_some());
    }
}
