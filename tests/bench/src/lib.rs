//! The parsers under comparison and the bytes that they read, for the tables and for the tests of where they differ.

#![allow(clippy::missing_panics_doc, reason = "nothing here is for others")]

pub mod adversarial;
pub mod callgrind;
pub mod counting;
pub mod gates;
pub mod messages;
pub mod peer;
pub mod peers;
pub mod table;
pub mod timing;
