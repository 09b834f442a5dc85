//! How a window of Fingerpost starts, whatever draws it. Owns its options, the folder where its settings are kept, the
//! question whether there is a display, and its exit codes; knows no window and no protocol.
#![forbid(unsafe_code)]
#![deny(missing_docs)]

pub mod display;
mod failure;
mod options;

pub use failure::{Failure, report};
pub use options::{Options, Theme};
