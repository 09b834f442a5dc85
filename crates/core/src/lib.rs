//! SIP messages, read and written losslessly with the place of every token, and the SIP PnP machines that point desk
//! phones to their configuration.
//!
//! What this crate is: bytes in, messages, findings, decisions and bytes out. What it never does: read a clock, draw a
//! random number, open a socket or a file. Time and entropy are passed in. Who drives it: anything, from an embedded
//! device to a browser; it is `no_std` with `alloc`.
//!
//! # A tour
//!
//! Read a message; everything keeps its place:
//!
//! ```
//! use fingerpost_core::{HeaderName, Message};
//!
//! let bytes = b"SUBSCRIBE sip:224.0.1.75 SIP/2.0\r\n\
//!     Via: SIP/2.0/UDP 192.0.2.7:5060;rport;branch=z9hG4bK1\r\n\
//!     From: <sip:MAC%3a0004130A1B2C@224.0.1.75>;tag=7\r\n\
//!     To: <sip:MAC%3a0004130A1B2C@224.0.1.75>\r\n\
//!     Call-ID: 1@192.0.2.7\r\n\
//!     CSeq: 1 SUBSCRIBE\r\n\
//!     Contact: <sip:192.0.2.7:5060>\r\n\
//!     Event: ua-profile;profile-type=\"device\";vendor=\"snom\";model=\"snomD120\";version=\"10.1\"\r\n\
//!     Expires: 0\r\n\
//!     Accept: application/url\r\n\
//!     Content-Length: 0\r\n\r\n";
//! let message = Message::parse(bytes)?;
//! let event = message.event()?.unwrap();
//! let model = event.ua_profile().unwrap().model.unwrap();
//! assert_eq!(model.to_str(), "snomD120");
//! let span = message.span_of(model.text).unwrap();
//! assert_eq!(span.slice(bytes).unwrap(), b"snomD120");
//!
//! // Judge it: findings cite the RFC.
//! let findings = fingerpost_core::check::check(&message, &Default::default());
//! let missing = findings.iter().find(|finding| finding.rule.id == "sip.max-forwards.missing").unwrap();
//! assert_eq!(missing.rule.reference.unwrap().to_string(), "RFC 3261 §8.1.1.6");
//!
//! // Know who sent it, and from which part of the message that is known.
//! let phone = fingerpost_core::pnp::asking(&message).unwrap();
//! assert_eq!(phone.mac.unwrap().to_string(), "0004130a1b2c");
//! assert_eq!(phone.evidence[0].from, "From user");
//!
//! // Answer it.
//! use fingerpost_core::pnp::{Dialect, ReplyFields, reply};
//! let fields = ReplyFields::new("192.0.2.1:5060".parse()?, "http://192.0.2.1/snom.xml", Dialect::Rfc);
//! let answer = reply(bytes, &fields, &mut fingerpost_core::SeededEntropy::new(1))?;
//! let notify = Message::parse(&answer.notify)?;
//! assert_eq!(notify.header(HeaderName::Event).unwrap().value(), "ua-profile");
//! assert_eq!(notify.body(), "http://192.0.2.1/snom.xml");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! To answer a whole network, drive [`pnp::Responder`]: its documentation shows the loop.
//!
//! # The rest
//!
//! Write messages with [`Request::builder`], [`Response::reply_to`], [`build::NewRequest`] and, within a dialog,
//! [`Dialog::request`]; fill a text with holes with [`build::MessageTemplate`]; change one value of a message with
//! [`Message::with_value`]. Cut a stream into messages with [`stream::Framer`]. Send and answer requests reliably with
//! [`transaction`], and keep subscriptions with [`notifier`]. Take bodies apart with [`Message::multipart`] and
//! [`Message::sdp`]. Ask [`check::verdict`] what a receiver would do with a message, and [`explain::explain`] what a value
//! of it says. Set your own [`Limits`].
//!
//! # Features
//!
//! `std` (default) lets byte search choose its vector code at run time; nothing else changes without it. `serde` gives
//! `Serialize` and `Deserialize` to [`Span`], [`Instant`], [`pnp::CardId`], [`pnp::Token`], [`pnp::Mac`],
//! [`pnp::Dialect`], [`pnp::Identity`] and [`pnp::Evidence`]: a span as its two ends, an instant as microseconds.
#![no_std]
#![forbid(unsafe_code)]
#![deny(missing_docs)]
#![warn(clippy::exhaustive_enums, clippy::exhaustive_structs)]

extern crate alloc;
#[cfg(test)]
extern crate std;

pub mod build;
pub mod check;
pub mod dialog;
pub mod entropy;
pub mod explain;
pub mod limits;
pub mod message;
pub mod notifier;
pub mod pnp;
pub mod scan;
pub mod sdp;
pub mod span;
pub mod stream;
mod syntax;
pub mod template;
pub mod text;
pub mod time;
pub mod transaction;
pub mod typed;

pub use dialog::Dialog;
pub use entropy::{Entropy, SeededEntropy};
pub use limits::Limits;
pub use message::{Header, HeaderName, Message, Request, Response};
pub use scan::scan;
pub use span::Span;
pub use syntax::{Expected, Param, ParamValue, Params, ValueError};
pub use text::Text;
pub use time::Instant;

/// The README's example compiles and runs.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
