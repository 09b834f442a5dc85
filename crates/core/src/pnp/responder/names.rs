//! Owns finding an exchange by one of its names. A name is kept by the exchange alone, and only its hash here; whoever
//! looks is asked whether the exchange that was found is the right one.

use super::Token;
#[allow(deprecated, reason = "`std`'s own hasher, which `core` has under this name only")]
use core::hash::SipHasher;
use core::hash::{Hash, Hasher};
use hashbrown::HashTable;

/// The names of one kind: transactions, say.
#[derive(Debug, Default)]
pub(super) struct Names(HashTable<(Name, Token)>);

/// A name, as it is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Name(u64);

impl Name {
    /// Names come off the wire: many that differ and have one hash must not be easy to make. That many share a place in
    /// the table can be brought about, for no secret is hashed with them; the table of exchanges is bounded.
    #[allow(deprecated, reason = "as above")]
    pub(super) fn of(name: &impl Hash) -> Self {
        let mut hasher = SipHasher::new();
        name.hash(&mut hasher);
        Self(hasher.finish())
    }
}

impl Names {
    /// The exchange with this name; `has_it` tells whether an exchange has.
    pub(super) fn get(&self, name: Name, has_it: impl Fn(Token) -> bool) -> Option<Token> {
        let found = self.0.find(name.0, |(other, token)| *other == name && has_it(*token));
        found.map(|(_, token)| *token)
    }

    /// Names an exchange; one that had the name before loses it.
    pub(super) fn put(&mut self, name: Name, token: Token, has_it: impl Fn(Token) -> bool) {
        match self.0.find_mut(name.0, |(other, token)| *other == name && has_it(*token)) {
            Some(entry) => entry.1 = token,
            None => drop(self.0.insert_unique(name.0, (name, token), |(name, _)| name.0)),
        }
    }

    /// The exchange has this name no more, where it still had it.
    pub(super) fn remove(&mut self, name: Name, token: Token) {
        if let Ok(entry) = self.0.find_entry(name.0, |entry| *entry == (name, token)) {
            entry.remove();
        }
    }

    #[cfg(test)]
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_exchanges_whose_names_have_one_hash_are_told_apart() {
        let (mut names, name) = (Names::default(), Name::of(&"a"));
        names.put(name, Token(1), |token| token == Token(1));
        names.put(name, Token(2), |token| token == Token(2));
        assert_eq!(names.get(name, |token| token == Token(1)), Some(Token(1)));
        assert_eq!(names.get(name, |token| token == Token(2)), Some(Token(2)));
        names.remove(name, Token(1));
        assert_eq!(names.get(name, |token| token == Token(1)), None);
        assert_eq!(names.get(name, |_| true), Some(Token(2)));
    }

    #[test]
    fn the_latest_exchange_has_the_name_and_an_earlier_one_does_not_take_it_away() {
        let (mut names, name) = (Names::default(), Name::of(&"a"));
        names.put(name, Token(1), |_| true);
        names.put(name, Token(2), |_| true);
        names.remove(name, Token(1));
        assert_eq!(names.get(name, |_| true), Some(Token(2)));
        names.remove(name, Token(2));
        assert!(names.is_empty());
    }
}
