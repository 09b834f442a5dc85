//! Owns messages made by chance: what phones send, the same with one thing wrong, and noise. For property tests there
//! are [`proptest`] strategies, which shrink; for floods there are functions of a [`crate::Dice`], which are fast.

mod message;
mod mutation;
mod noise;

pub use message::{any_datagram, product_word, subscribe, subscribe_like};
pub use mutation::{Edit, Mutation, mutated, mutation};
pub use noise::{noise, noise_by};
