//! Fingerpost in the browser: what a page needs of the pure crates, as plain data with TypeScript types.
//!
//! The functions here are ordinary Rust and are tested as such; `face` alone speaks to JavaScript. Text comes in as it
//! was pasted and every place goes out as UTF-16 offsets into it, because that is how a page counts.
#![deny(missing_docs)]

#[cfg(any(feature = "messages", feature = "compose"))]
mod address;
#[cfg(feature = "rules")]
mod answering;
#[cfg(feature = "compose")]
mod compose;
#[cfg(feature = "messages")]
mod compose_form;
#[cfg(feature = "messages")]
mod content;
#[cfg(any(feature = "compose", feature = "rules"))]
mod endpoint;
#[cfg(feature = "messages")]
mod explain;
pub mod face;
#[cfg(feature = "compose")]
mod fields;
#[cfg(feature = "messages")]
mod inspect;
#[cfg(feature = "messages")]
mod label;
#[cfg(feature = "messages")]
mod look;
mod offsets;
#[cfg(feature = "messages")]
mod packed_tree;
#[cfg(feature = "messages")]
mod phone;
#[cfg(feature = "messages")]
mod place;
#[cfg(any(feature = "messages", feature = "traces"))]
mod policy;
#[cfg(feature = "traces")]
mod traces;
#[cfg(feature = "messages")]
mod tree;
#[cfg(feature = "messages")]
mod view;

#[cfg(test)]
mod bindings;

#[cfg(feature = "rules")]
pub use answering::{Answered, Answering, Problem, Question, Sent, answering};
#[cfg(feature = "compose")]
pub use compose::{
    ASKING_FILE, Hole, Letter, Model, ModelError, Preset, Side, Vendor, answer, c_string, capture,
    command, compose, example, fill, hex_dump, holes, json_string, models, preset, presets,
    renewed, sipp, vendors,
};
#[cfg(feature = "messages")]
pub use compose_form::{Draft, FormField, Generated, drafts};
#[cfg(feature = "messages")]
pub use explain::{Explanation, explain};
#[cfg(feature = "compose")]
pub use fields::{ComposeError, ComposeFields, Composed, Dialect, Field};
#[cfg(feature = "messages")]
pub use inspect::inspect;
#[cfg(feature = "messages")]
pub use look::{Look, Seen};
pub use offsets::Offsets;
#[cfg(any(feature = "messages", feature = "traces"))]
pub use policy::Policy;
#[cfg(feature = "traces")]
pub use traces::{
    Beside, Comparison, Exported, Form, KindCount, Other, PackedRows, Piece, Pseudonym, Redaction,
    SearchError, Trace, TraceFinding, TraceHead, TraceMessage, TraceNote, TraceSource, mask,
};
#[cfg(feature = "messages")]
pub use view::{
    Action, Evidence, Finding, Fix, Head, Inspection, Kind, Message, Phone, Severity, Token,
    TreeNode, Verdict,
};

/// The version of this build.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");
