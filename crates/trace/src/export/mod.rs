//! Owns ways out for messages that were found: text that is read back as it was, Markdown for a ticket, a table, a
//! capture file. Knows no file and no clock.

mod capture;
mod csv;
mod markdown;
mod summary;
mod text;

pub use capture::{Unwritten, pcapng};
pub use csv::csv;
pub use markdown::markdown;
pub use text::text;
