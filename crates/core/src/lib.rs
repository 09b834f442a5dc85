//! SIP messages and the SIP PnP machines.
#![no_std]
#![forbid(unsafe_code)]
#![deny(missing_docs)]
#![warn(clippy::exhaustive_enums, clippy::exhaustive_structs)]

extern crate alloc;

pub mod entropy;
pub mod pnp;
pub mod span;
pub mod template;
pub mod time;

pub use entropy::{Entropy, SeededEntropy};
pub use span::Span;
pub use time::Instant;
