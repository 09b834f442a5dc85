//! Owns which phone an exchange is with. Bounded: the oldest exchange goes first.

use super::Key;
use crate::phone::Phone;
use fingerpost_core::pnp::Token;
use std::collections::{HashMap, VecDeque};
use std::sync::Arc;

/// Exchanges whose phone is remembered: more than the responder has open at any time.
const MOST: usize = 40_000;

#[derive(Debug, Default)]
pub(super) struct Exchanges {
    phones: HashMap<Token, (Key, Arc<Phone>)>,
    order: VecDeque<Token>,
}

impl Exchanges {
    /// The phone, and who it was when the exchange began.
    pub(super) fn get(&self, token: Token) -> Option<(Key, &Arc<Phone>)> {
        self.phones.get(&token).map(|(key, phone)| (*key, phone))
    }

    pub(super) fn put(&mut self, token: Token, key: Key, phone: &Arc<Phone>) {
        if self.phones.insert(token, (key, phone.clone())).is_none() {
            self.order.push_back(token);
        }
        if self.order.len() > MOST
            && let Some(oldest) = self.order.pop_front()
        {
            self.phones.remove(&oldest);
        }
    }

    /// Two turned out to be one phone; what was the other's exchanges are its own. `phone` is who the one is now.
    pub(super) fn identify(&mut self, one: Key, other: Option<Key>, phone: &Arc<Phone>) {
        self.phones.values_mut().for_each(|(key, known)| {
            if *key == one {
                *known = phone.clone();
            } else if Some(*key) == other {
                *key = one;
            }
        });
    }
}
