//! Owns the smallest damage: one byte of a message changed, added or gone.

use crate::Dice;
use proptest::prelude::*;

/// What happens to one byte.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Edit {
    /// It becomes this one.
    Replace(u8),
    /// This one comes before it.
    Insert(u8),
    /// It goes.
    Remove,
    /// Everything from it on goes.
    Cut,
}

/// One edit at one place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mutation {
    /// The place, counted round where the message is shorter.
    pub at: usize,
    /// The edit.
    pub edit: Edit,
}

/// Bytes that mean something to a reader of SIP, besides any others.
const MEANING: &[u8] = b"\r\n\t \0;:,<>\"%=@/\\";

impl Mutation {
    /// A mutation by chance.
    pub fn by(dice: &mut Dice) -> Self {
        let byte =
            if dice.falls(500) { dice.byte() } else { dice.pick(MEANING).copied().unwrap_or(b' ') };
        let edits = [Edit::Replace(byte), Edit::Insert(byte), Edit::Remove, Edit::Cut];
        let edit = dice.pick(&edits).copied().unwrap_or(Edit::Remove);
        Self { at: dice.below(4_096), edit }
    }

    /// `bytes` with this done to them.
    #[must_use]
    pub fn apply(self, bytes: &[u8]) -> Vec<u8> {
        let at = self.at % bytes.len().max(1);
        let (before, from) = bytes.split_at(at.min(bytes.len()));
        let behind = from.get(1..).unwrap_or_default();
        match self.edit {
            Edit::Replace(byte) => [before, &[byte], behind].concat(),
            Edit::Insert(byte) => [before, &[byte], from].concat(),
            Edit::Remove => [before, behind].concat(),
            Edit::Cut => before.to_vec(),
        }
    }
}

/// Any mutation.
pub fn mutation() -> impl Strategy<Value = Mutation> {
    let byte = prop_oneof![any::<u8>(), prop::sample::select(MEANING)];
    let edit = (byte, 0..7_u8).prop_map(|(byte, kind)| match kind {
        0..=2 => Edit::Replace(byte),
        3..=4 => Edit::Insert(byte),
        5 => Edit::Remove,
        _ => Edit::Cut,
    });
    (0..4_096_usize, edit).prop_map(|(at, edit)| Mutation { at, edit })
}

/// What `messages` makes, with one byte wrong.
pub fn mutated(messages: impl Strategy<Value = Vec<u8>> + 'static) -> BoxedStrategy<Vec<u8>> {
    (messages, mutation()).prop_map(|(bytes, mutation)| mutation.apply(&bytes)).boxed()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_byte_and_no_more_is_touched() {
        let apply = |at, edit| Mutation { at, edit }.apply(b"abc");
        assert_eq!(apply(1, Edit::Replace(b'x')), b"axc");
        assert_eq!(apply(4, Edit::Insert(b'x')), b"axbc");
        assert_eq!(apply(2, Edit::Remove), b"ab");
        assert_eq!(apply(1, Edit::Cut), b"a");
        assert_eq!(Mutation { at: 5, edit: Edit::Remove }.apply(b""), b"");
    }
}
