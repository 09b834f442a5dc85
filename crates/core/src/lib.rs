//! SIP messages and the SIP PnP machines.
#![no_std]
#![forbid(unsafe_code)]
#![deny(missing_docs)]
#![warn(clippy::exhaustive_enums, clippy::exhaustive_structs)]

extern crate alloc;
#[cfg(test)]
extern crate std;

pub mod build;
pub mod check;
pub mod entropy;
pub mod limits;
pub mod message;
pub mod pnp;
pub mod scan;
pub mod span;
mod syntax;
pub mod template;
pub mod text;
pub mod time;
pub mod typed;

pub use entropy::{Entropy, SeededEntropy};
pub use limits::Limits;
pub use message::{Header, HeaderName, Message, Request, Response};
pub use scan::scan;
pub use span::Span;
pub use syntax::{Expected, Param, ParamValue, Params, ValueError};
pub use text::Text;
pub use time::Instant;
