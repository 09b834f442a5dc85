//! A LAN that exists only in memory, for tests: segments that lose, copy and delay datagrams, servers, phones, and a
//! clock that jumps from one event to the next. The same seed gives the same run, to the byte. Nothing here sleeps,
//! starts a thread, opens a socket or reads a clock; and nothing here is part of the product.
//!
//! ```
//! use fingerpost_core::{Instant, pnp::Dialect};
//! use fingerpost_testkit::{Lan, Link, Server, policy};
//!
//! let mut lan = Lan::new(7);
//! let hall = lan.add_segment(Link::default().with_loss(200));
//! let server = Server::new(policy::answering("tftp://10.13.4.121", Dialect::Rfc));
//! lan.add_server(server.on(hall, "10.13.4.121/16".parse()?));
//! let phone = lan.add_desk_phone(hall, "snom", "10.13.2.37:5060".parse()?, Instant::ZERO)?;
//! lan.run_to_end()?;
//! assert_eq!(lan.log().url_of(phone), Some("tftp://10.13.4.121"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
#![forbid(unsafe_code)]
#![deny(missing_docs)]

mod datagram;
mod dice;
mod error;
pub mod generate;
mod host;
mod lan;
mod link;
mod log;
mod office;
pub mod policy;
mod queue;
mod wiring;

pub use datagram::Datagram;
pub use dice::Dice;
pub use error::{EndlessError, NoPhoneError};
pub use host::{
    DeskPhone, HostId, Machine, Note, Parcel, Refusal, Server, StrictPhone, Taste, desk_phone,
};
pub use lan::Lan;
pub use link::Link;
pub use log::{Fate, Log, Noted, Passage};
pub use office::{Office, phone_address};
pub use wiring::SegmentId;
