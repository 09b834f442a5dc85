//! Owns what a message says of addresses: the sender's own word.

use fingerpost_core::Message;
use std::net::IpAddr;

/// The address in the top Via: the sender's own word.
pub(crate) fn via_address(message: &Message<'_>) -> Option<IpAddr> {
    message.top_via().ok().flatten()?.sent_by.host.address
}
