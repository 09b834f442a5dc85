//! Owns words that many messages say, each kept once: a large trace says the same few all over again.

use fingerpost_core::transaction::ClientKey;
use std::collections::{HashMap, HashSet};
use std::net::SocketAddr;
use std::rc::Rc;

/// A word that is shared by all that say it.
pub(crate) type Word = Rc<str>;

/// The words so far.
#[derive(Debug, Default)]
pub(crate) struct Words {
    known: HashSet<Word>,
    keys: HashMap<ClientKey, u32>,
    addresses: HashSet<Rc<SocketAddr>>,
}

impl Words {
    pub(crate) fn of(&mut self, text: &str) -> Word {
        if let Some(word) = self.known.get(text) {
            return Word::clone(word);
        }
        let word = Word::from(text);
        self.known.insert(Word::clone(&word));
        word
    }

    pub(crate) fn address(&mut self, address: SocketAddr) -> Rc<SocketAddr> {
        if let Some(known) = self.addresses.get(&address) {
            return Rc::clone(known);
        }
        let address = Rc::new(address);
        self.addresses.insert(Rc::clone(&address));
        address
    }

    /// All was heard: no transaction will be asked for any more.
    pub(crate) fn forget_keys(&mut self) {
        self.keys = HashMap::new();
    }

    /// A number for a transaction.
    pub(crate) fn number(&mut self, key: ClientKey) -> u32 {
        let next = u32::try_from(self.keys.len()).unwrap_or(u32::MAX);
        *self.keys.entry(key).or_insert(next)
    }
}
