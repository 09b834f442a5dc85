//! What fingerpost-core and the reader of traces promise for every input, as functions of bytes: fuzzers call them with bytes of their own
//! (`tests/fuzz`), the tests here with the corpora that are kept, with mutations and with generated values. Each
//! panics where a promise is broken.

#![allow(
    clippy::missing_panics_doc,
    reason = "to panic where a promise is broken is what they are for"
)]

mod building;
mod bytes;
pub mod corpus;
mod header;
mod responder;
mod script;
mod stream;
mod trace;

pub use building::what_is_built_parses;
pub use bytes::{any_bytes, tile};
pub use header::any_header;
pub use responder::any_sequence;
pub use stream::any_stream;
pub use trace::{any_capture, any_trace};

/// A promise, by the name of its fuzz target and corpus.
pub type Promise = (&'static str, fn(&[u8]));

/// All promises that have a fuzz target.
pub const PROMISES: [Promise; 7] = [
    ("any_bytes", any_bytes),
    ("any_capture", any_capture),
    ("any_header", any_header),
    ("any_sequence", any_sequence),
    ("any_stream", any_stream),
    ("any_trace", any_trace),
    ("build_parse", what_is_built_parses),
];
