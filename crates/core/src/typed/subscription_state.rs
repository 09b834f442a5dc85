//! Owns Subscription-State (RFC 6665 §8.2.3).

use super::Value;
use crate::scan::{TapeBuilder, TokenKind};
use crate::syntax::{Params, Parsed, ValueError, params, token, whole};
use crate::text::Text;

/// How a subscription stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct SubscriptionState<'a> {
    /// `active`, `pending`, `terminated` or an extension.
    pub state: Text<'a>,
    /// `reason`, `expires`, `retry-after`, …
    pub params: Params<'a>,
}

impl<'a> SubscriptionState<'a> {
    /// Reads a Subscription-State value.
    ///
    /// # Errors
    /// [`ValueError`] with the place where the grammar failed.
    pub fn parse(value: &'a [u8]) -> Result<Self, ValueError> {
        whole(value, Self::grammar)
    }

    /// Why the subscription ended.
    #[must_use]
    pub fn reason(&self) -> Option<Text<'a>> {
        self.params.value("reason").map(|value| value.text)
    }

    /// Whether the subscription is over.
    #[must_use]
    pub fn is_terminated(&self) -> bool {
        self.state.is("terminated")
    }
}

impl<'a> Value<'a> for SubscriptionState<'a> {
    fn grammar(input: &'a [u8]) -> Parsed<'a, Self> {
        let (rest, state) = token(input)?;
        let (rest, params) = params(rest)?;
        Ok((rest, Self { state, params }))
    }

    fn describe(&self, tape: &mut TapeBuilder<'a>) {
        tape.leaf(TokenKind::State, self.state);
        tape.params(self.params);
    }
}
