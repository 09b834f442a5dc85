//! Owns what was learned: which shape a product took last. Bounded; the oldest entry goes first.

use super::exchange::Product;
use crate::pnp::Dialect;
use alloc::collections::VecDeque;

/// Different products in one house are few; this is plenty and still searched in no time.
const MOST: usize = 256;

#[derive(Debug, Default)]
pub(super) struct Learned(VecDeque<(Product, Dialect)>);

impl Learned {
    pub(super) fn get(&self, product: &Product) -> Option<Dialect> {
        self.0.iter().find(|(known, _)| known == product).map(|(_, dialect)| *dialect)
    }

    /// A phone that names nothing teaches nothing: the next one of that kind may be any other.
    pub(super) fn put(&mut self, product: Product, dialect: Dialect) {
        if product.iter().all(Option::is_none) {
            return;
        }
        self.0.retain(|(known, _)| *known != product);
        self.0.push_back((product, dialect));
        if self.0.len() > MOST {
            self.0.pop_front();
        }
    }
}
