//! Fingerpost in the browser: what a page needs of the pure crates, as plain data with TypeScript types.
//!
//! The functions here are ordinary Rust and are tested as such; `face` alone speaks to JavaScript. Text comes in as it
//! was pasted and every place goes out as UTF-16 offsets into it, because that is how a page counts.
#![deny(missing_docs)]

mod compose;
mod content;
mod endpoint;
mod explain;
pub mod face;
mod fields;
mod inspect;
mod label;
mod ladder;
mod offsets;
mod phone;
mod place;
mod tree;
mod view;

#[cfg(test)]
mod bindings;

pub use compose::{compose, vendors};
pub use explain::{Explanation, explain};
pub use fields::{ComposeError, ComposeFields, Composed, Dialect, Field};
pub use inspect::inspect;
pub use ladder::{Drawing, draw, ladder};
pub use offsets::Offsets;
pub use view::{
    Action, Evidence, Finding, Fix, Inspection, Kind, Message, Phone, Policy, Severity, Token,
    TreeNode, Verdict,
};

/// The version of this build.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");
