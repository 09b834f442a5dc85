//! SIP PnP: a phone in factory state asks the LAN where its configuration is, and somebody answers.

mod decision;
mod dialect;
mod identity;
mod mac;
pub mod vendor;

pub use decision::{Answer, Decision, Denial};
pub use dialect::{Dialect, UnknownDialectError};
pub use identity::{Evidence, Identity};
pub use mac::{Mac, MacError};
