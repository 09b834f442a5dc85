//! Owns finding messages by what they have in common. One map of plain bytes serves every kind of name: each kind of map
//! would be code of its own, and a browser loads it.

use crate::text::Text;
use alloc::collections::BTreeMap;
use alloc::vec::Vec;

/// What a name is made of.
#[derive(Clone, Copy)]
pub(super) enum Kind {
    /// A Call-ID.
    Call,
    /// Call-ID and tag of an answer.
    Tag,
    /// Call-ID, method and `CSeq` number.
    Request,
    /// The same with the branch.
    Via,
    /// Call-ID and branch.
    Branch,
    /// The host of a Contact.
    Phone,
    /// Call-ID and tag of a sender.
    Sender,
    /// The same with `CSeq`.
    Sent,
}

/// Numbers by names.
#[derive(Default)]
pub(super) struct Names(BTreeMap<Vec<u8>, usize>);

impl Names {
    /// The number of that name; where it has none, `new` is it from now on.
    pub(super) fn first(&mut self, name: Vec<u8>, new: usize) -> usize {
        *self.0.entry(name).or_insert(new)
    }

    pub(super) fn get(&self, name: &[u8]) -> Option<usize> {
        self.0.get(name).copied()
    }
}

/// No two names are spelled the same.
pub(super) fn name(kind: Kind, number: u32, texts: &[Option<Text<'_>>]) -> Vec<u8> {
    let mut name = Vec::with_capacity(64);
    name.push(kind as u8);
    name.extend(number.to_be_bytes());
    for text in texts {
        let bytes = text.map(Text::as_bytes);
        // One more than its length; nothing is 0.
        let length = bytes.map_or(0, |bytes| bytes.len() + 1);
        name.extend(length.to_be_bytes());
        name.extend_from_slice(bytes.unwrap_or_default());
    }
    name
}
