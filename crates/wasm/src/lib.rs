//! Fingerpost in the browser: what a page needs of the pure crates, as plain data with TypeScript types.
//!
//! The functions here are ordinary Rust and are tested as such; `face` alone speaks to JavaScript. Text comes in as it
//! was pasted and every place goes out as UTF-16 offsets into it, because that is how a page counts.
#![deny(missing_docs)]

#[cfg(feature = "messages")]
mod compose;
#[cfg(feature = "messages")]
mod content;
#[cfg(feature = "messages")]
mod endpoint;
#[cfg(feature = "messages")]
mod explain;
pub mod face;
#[cfg(feature = "messages")]
mod fields;
#[cfg(feature = "messages")]
mod inspect;
#[cfg(feature = "messages")]
mod label;
mod offsets;
#[cfg(feature = "messages")]
mod phone;
#[cfg(feature = "messages")]
mod place;
#[cfg(feature = "traces")]
mod traces;
#[cfg(feature = "messages")]
mod tree;
#[cfg(feature = "messages")]
mod view;

#[cfg(test)]
mod bindings;

#[cfg(feature = "messages")]
pub use compose::{compose, vendors};
#[cfg(feature = "messages")]
pub use explain::{Explanation, explain};
#[cfg(feature = "messages")]
pub use fields::{ComposeError, ComposeFields, Composed, Dialect, Field};
#[cfg(feature = "messages")]
pub use inspect::inspect;
pub use offsets::Offsets;
#[cfg(feature = "traces")]
pub use traces::{Drawing, SearchError, Trace, TraceHead, TraceMessage, TraceNote, TraceSource};
#[cfg(feature = "messages")]
pub use view::{
    Action, Evidence, Finding, Fix, Inspection, Kind, Message, Phone, Policy, Severity, Token,
    TreeNode, Verdict,
};

/// The version of this build.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");
