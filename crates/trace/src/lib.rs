//! Finds the SIP messages in anything that was pasted, and keeps a map back to the source.
//!
//! [`find_messages`] is the one obvious call; [`examine`] also judges what was found, [`dissect`] gives its tokens,
//! too. What it hands back is a message as it can be read by `fingerpost-core`: CRLF line ends, wrapped lines joined,
//! the empty line and the body in their places; with a [`Map`] that leads from every byte back to where it came from,
//! and the list of what was repaired.
//!
//! There is no SIP grammar here: what a start line, a header or a value is, core says. Logs, dumps and captures each
//! turn their bytes into text or datagrams with a [`Map`] of their own; the search stays the same. With the feature
//! `pcap` (default), `open` reads capture files and gzip, too, and `Reader` reads them piece by piece; [`pcapng`] writes
//! them.
//!
//! ```
//! let page = b"The phone asks:\nOPTIONS sip:pbx.example SIP/2.0\nVia: SIP/2.0/UDP\n192.0.2.7;branch=z9hG4bK7\n\n";
//! let found = fingerpost_trace::find_messages(page);
//! assert_eq!(found[0].bytes, b"OPTIONS sip:pbx.example SIP/2.0\r\nVia: SIP/2.0/UDP 192.0.2.7;branch=z9hG4bK7\r\n");
//! assert!(found[0].is_cut_off);
//! ```
#![forbid(unsafe_code)]
#![deny(missing_docs)]

mod assembly;
mod body;
mod capture;
mod datagram;
pub mod diff;
mod examine;
mod examiner;
pub mod export;
mod findings;
mod found;
mod grammar;
#[cfg(feature = "pcap")]
mod gzip;
mod head;
mod join;
mod line;
mod log;
mod map;
#[cfg(feature = "pcap")]
mod note;
mod origin;
mod pasted;
pub mod pcapng;
pub mod query;
#[cfg(feature = "pcap")]
mod reader;
pub mod redact;
mod repair;
pub mod rules;
mod search;
mod seen;
mod shape;
mod start;

pub use examine::{Examined, dissect, dissect_found, examine, judge};
pub use examiner::Examiner;
pub use found::Found;
pub use log::Reading;
pub use map::{Map, Piece, PieceKind};
#[cfg(feature = "pcap")]
pub use note::{Note, Reason};
pub use origin::{Clock, Origin, Time, Transport, on_one_clock, times};
#[cfg(feature = "pcap")]
pub use reader::{Kind, Limits, Reader, Trace, open};
pub use repair::Repair;
pub use search::{MAX_MESSAGES, find_messages};
