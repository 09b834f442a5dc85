//! Owns a text that is looked at: what its messages are, at once; what stands in one of them, when somebody looks there.
//! A long text would otherwise be taken apart for nothing, and all of it carried over to the page.

use crate::explain::explanation;
use crate::inspect::{head, outline, tokens};
use crate::packed_tree::PackedTree;
use crate::place::Place;
use crate::tree::planted;
use crate::{Explanation, Head, Message, Offsets, Policy};
use fingerpost_core::scan::{Tape, TokenKind};
use fingerpost_trace::Examiner;
use serde::Serialize;
#[cfg(test)]
use ts_rs::TS;

/// A text that is looked at.
#[derive(Debug)]
pub struct Look {
    text: String,
    examiner: Examiner,
    offsets: Offsets,
}

/// One of its messages. Tokens and rows of the tree may be very many, and go over as numbers: see [`Seen::packed`] and
/// [`Seen::rows`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(TS), ts(export_to = "types.ts"))]
pub struct Seen {
    /// The message, but for its tokens and its tree; and but for its text, where that is as it stands.
    pub message: Message,
    /// Whether its text is what stands from its beginning to its end.
    pub is_as_it_stands: bool,
    /// What the kinds of its tokens are called.
    pub token_kinds: Vec<&'static str>,
    /// What rows are called, what they are, and values that do not stand in the text as they are.
    pub words: Vec<String>,
    /// The tokens: kind, from, to, and twice the depth, one more for a group.
    #[serde(skip)]
    #[cfg_attr(test, ts(skip))]
    pub packed: Vec<u32>,
    /// The rows of the tree, each before its parts: the words for label and kind, from, to, from where to where its value
    /// stands (or the word for it, and the largest number), how many parts.
    #[serde(skip)]
    #[cfg_attr(test, ts(skip))]
    pub rows: Vec<u32>,
}

impl Look {
    /// Finds the messages in `text`.
    #[must_use]
    pub fn new(text: &str, policy: Policy) -> Self {
        let examiner = Examiner::new(text.as_bytes(), policy.into());
        Self { text: text.to_owned(), examiner, offsets: Offsets::new(text) }
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
        let place = Place { found: &examined.found, offsets: &self.offsets };
        let mut message = outline(&examined, &place);
        let is_as_it_stands = self.stands(&examined.found.bytes, message.from, message.to);
        if !is_as_it_stands {
            message.text = String::from_utf8_lossy(&examined.found.bytes).into_owned();
        }
        let read = examined.found.message();
        let tree = read.as_ref().map(|read| planted(read, &tape, &place)).unwrap_or_default();
        let PackedTree { words, rows } = PackedTree::of(&tree, &self.text, &self.offsets);
        let (token_kinds, packed) = pack(&tape, &place);
        Some(Seen { message, is_as_it_stands, token_kinds, words, packed, rows })
    }

    /// What stands at `offset` of the text, in the message of that number.
    #[must_use]
    pub fn explain(&self, index: usize, offset: usize) -> Option<Explanation> {
        explanation(self.examiner.found().get(index)?, &self.offsets, offset)
    }

    fn stands(&self, bytes: &[u8], from: usize, to: usize) -> bool {
        let place = self.offsets.to_byte(from)..self.offsets.to_byte(to);
        self.text.as_bytes().get(place) == Some(bytes)
    }
}

fn pack(tape: &Tape, place: &Place<'_>) -> (Vec<&'static str>, Vec<u32>) {
    let number = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    let mut kinds: Vec<TokenKind> = Vec::new();
    let mut packed = Vec::with_capacity(tape.tokens().len() * 4);
    for (token, from, to) in tokens(tape, place) {
        // There are few kinds, and the usual ones come first.
        let kind = kinds.iter().position(|kind| *kind == token.kind).unwrap_or_else(|| {
            kinds.push(token.kind);
            kinds.len() - 1
        });
        let depth = u32::from(token.depth) * 2 + u32::from(token.is_group);
        packed.extend([number(kind), number(from), number(to), depth]);
    }
    (kinds.into_iter().map(TokenKind::name).collect(), packed)
}
