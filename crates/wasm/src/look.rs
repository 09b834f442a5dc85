//! Owns a text that is looked at: what its messages are, at once; what stands in one of them, when somebody looks there.
//! A long text would otherwise be taken apart for nothing, and all of it carried over to the page.

use crate::explain::explanation;
use crate::inspect::{head, message_view};
use crate::{Explanation, Head, Message, Offsets, Policy, Token};
use fingerpost_trace::Examiner;
use serde::Serialize;
#[cfg(test)]
use ts_rs::TS;

/// A text that is looked at.
#[derive(Debug)]
pub struct Look {
    examiner: Examiner,
    offsets: Offsets,
}

/// One of its messages. Tokens are very many, and go over as numbers: see [`Seen::packed`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(TS), ts(export_to = "types.ts"))]
pub struct Seen {
    /// The message, but for its tokens.
    pub message: Message,
    /// What the kinds of its tokens are called.
    pub token_kinds: Vec<&'static str>,
    /// The tokens: kind, from, to, and twice the depth, one more for a group.
    #[serde(skip)]
    #[cfg_attr(test, ts(skip))]
    pub packed: Vec<u32>,
}

impl Look {
    /// Finds the messages in `text`.
    #[must_use]
    pub fn new(text: &str, policy: Policy) -> Self {
        let examiner = Examiner::new(text.as_bytes(), policy.into());
        Self { examiner, offsets: Offsets::new(text) }
    }

    /// What each of them is.
    #[must_use]
    pub fn heads(&self) -> Vec<Head> {
        self.examiner.found().iter().map(|found| head(found, &self.offsets)).collect()
    }

    /// One of them, taken apart and judged; `None` where there is no such.
    #[must_use]
    pub fn message(&self, index: usize) -> Option<Seen> {
        let (examined, tape) = self.examiner.dissect(index)?;
        let mut message = message_view(&examined, &tape, &self.offsets);
        let (token_kinds, packed) = pack(&std::mem::take(&mut message.tokens));
        Some(Seen { message, token_kinds, packed })
    }

    /// What stands at `offset` of the text, in the message of that number.
    #[must_use]
    pub fn explain(&self, index: usize, offset: usize) -> Option<Explanation> {
        explanation(self.examiner.found().get(index)?, &self.offsets, offset)
    }
}

fn pack(tokens: &[Token]) -> (Vec<&'static str>, Vec<u32>) {
    let number = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    let mut kinds: Vec<&'static str> = Vec::new();
    let mut packed = Vec::with_capacity(tokens.len() * 4);
    for token in tokens {
        // There are few kinds, and the usual ones come first.
        let kind = kinds.iter().position(|kind| *kind == token.kind).unwrap_or_else(|| {
            kinds.push(token.kind);
            kinds.len() - 1
        });
        let depth = u32::from(token.depth) * 2 + u32::from(token.is_group);
        packed.extend([number(kind), number(token.from), number(token.to), depth]);
    }
    (kinds, packed)
}
