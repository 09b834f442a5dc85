//! Owns words that many messages say, and places that many go to, each kept once: a large trace says the same few all
//! over again.

use crate::numbers::Numbers;
use std::collections::HashMap;
use std::net::{IpAddr, SocketAddr};
use std::num::NonZeroU32;

/// A word, by its number. The default is the empty one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub(crate) struct Word(u32);

impl Word {
    pub(crate) const EMPTY: Self = Self(0);
}

/// Host and port as a message names them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Named {
    pub host: Word,
    pub port: u16,
}

/// The number of a host and port.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Place(NonZeroU32);

impl Place {
    pub(crate) fn index(self) -> usize {
        usize::try_from(self.0.get() - 1).unwrap_or(usize::MAX)
    }
}

/// The words and places so far.
#[derive(Debug)]
pub(crate) struct Words {
    numbers: Numbers,
    places: Vec<Named>,
    known: HashMap<Named, Place>,
    /// Addresses heard lately: making their words takes longer than finding them here.
    lately: Vec<(SocketAddr, Place)>,
    next: usize,
}

/// So many addresses are remembered.
const LATELY: usize = 8;

impl Default for Words {
    fn default() -> Self {
        let mut numbers = Numbers::default();
        numbers.of(b"");
        Self { numbers, places: Vec::new(), known: HashMap::new(), lately: Vec::new(), next: 0 }
    }
}

impl Words {
    pub(crate) fn of(&mut self, text: &str) -> Word {
        Word(self.numbers.of(text.as_bytes()))
    }

    pub(crate) fn get(&self, word: Word) -> &str {
        std::str::from_utf8(self.numbers.get(word.0)).unwrap_or_default()
    }

    pub(crate) fn place(&mut self, named: Named) -> Option<Place> {
        if let Some(place) = self.known.get(&named) {
            return Some(*place);
        }
        self.places.push(named);
        let place = Place(u32::try_from(self.places.len()).ok().and_then(NonZeroU32::new)?);
        self.known.insert(named, place);
        Some(place)
    }

    pub(crate) fn address(&mut self, address: SocketAddr) -> Option<Place> {
        if let Some((_, place)) = self.lately.iter().find(|(known, _)| *known == address) {
            return Some(*place);
        }
        let host = self.of(&address.ip().to_string());
        let place = self.place(Named { host, port: address.port() })?;
        if self.lately.len() < LATELY {
            self.lately.push((address, place));
        } else {
            self.lately[self.next % LATELY] = (address, place);
            self.next += 1;
        }
        Some(place)
    }

    /// All places, in the order in which they first came.
    pub(crate) fn places(&self) -> &[Named] {
        &self.places
    }

    pub(crate) fn named(&self, place: Place) -> Named {
        self.places[place.index()]
    }

    pub(crate) fn host(&self, place: Place) -> Word {
        self.named(place).host
    }

    pub(crate) fn is_group(&self, place: Place) -> bool {
        let host = self.get(self.host(place)).trim_matches(['[', ']']);
        host.parse().is_ok_and(|address: IpAddr| address.is_multicast())
    }

    /// No new one will come.
    pub(crate) fn close(&mut self) {
        self.numbers.close();
        self.known = HashMap::new();
    }
}
