//! What there is to say about messages that were found and judged, in the forms in which it is handed on: [`json`] is a
//! contract of Fingerpost's own, [`sarif`] is for editors and code scanning, [`comparison`] for people. Owns the shapes;
//! reads nothing, judges nothing, knows no file.
//!
//! ```
//! use fingerpost_core::check::Policy;
//! use fingerpost_report::{Source, json};
//! let text = b"OPTIONS sip:a SIP/2.0\r\nCSeq: 1 INVITE\r\n\r\n";
//! let messages = fingerpost_trace::examine(text, Policy::Strict);
//! let source = Source { name: "-", text: Some(text), messages: &messages, notes: &[] };
//! assert!(json::write(&[source]).unwrap().contains("sip.cseq.method-differs"));
//! ```
#![forbid(unsafe_code)]
#![deny(missing_docs)]

pub mod comparison;
pub mod json;
mod phone;
mod place;
mod printable;
pub mod sarif;
mod source;
mod verdict;

pub use place::{Lines, Place};
pub use printable::printable;
pub use source::Source;
pub use verdict::verdict_of;
