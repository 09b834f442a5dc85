//! SIP PnP: a phone in factory state multicasts a SUBSCRIBE for `Event: ua-profile`, and a server answers 200 and
//! sends a NOTIFY whose body is the URL of the phone's configuration. Here are the two machines that do it
//! ([`Responder`], [`Phone`]), who a phone is ([`Identity`]), and how vendors differ ([`profile`]). Nothing here
//! knows a clock, a socket or a policy.

mod answer;
mod compose;
mod datagram;
mod decision;
mod dialect;
mod identify;
mod identity;
mod mac;
mod network;
mod phone;
pub mod practice;
pub mod profile;
mod responder;
mod subscription;
mod switches;
pub mod sync;
pub mod vendor;

pub use compose::{Reply, ReplyError, ReplyFields, reply};
pub use datagram::{Arrival, Transmit};
pub use decision::{Answer, Decision, Denial};
pub use dialect::{Dialect, UnknownDialectError};
#[cfg(test)]
pub(crate) use identify::takes_url;
pub(crate) use identify::vendor_of;
pub use identify::{asking, identify};
pub use identity::{Evidence, Identity};
pub use mac::{Mac, MacError};
pub use network::{Card, CardAddress, CardId, Subnet, SubnetError};
pub use phone::{Patience, Phone, PhoneEvent};
pub use profile::{PhoneProfile, Subscriber};
pub use responder::{
    Asked, CheckSync, HandWritten, Responder, ResponderConfig, ResponderEvent, SendError, Token,
};
pub use subscription::IgnoreReason;
pub use switches::Switches;
