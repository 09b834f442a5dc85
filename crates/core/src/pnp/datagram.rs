//! Owns what goes into a machine and what comes out: datagrams with their addresses.

use super::{CardId, Token};
use alloc::vec::Vec;
use core::net::SocketAddr;

/// A datagram that arrived.
#[derive(Debug, Clone, Copy)]
#[allow(clippy::exhaustive_structs, reason = "the caller writes it down field by field")]
pub struct Arrival<'a> {
    /// The card it arrived on.
    pub card: CardId,
    /// Who sent it, as the network says, not as the message says.
    pub source: SocketAddr,
    /// Whether it was sent to the group, not to an address of ours.
    pub is_multicast: bool,
    /// What it holds.
    pub bytes: &'a [u8],
}

/// A datagram to send.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Transmit {
    /// The card it leaves by.
    pub card: CardId,
    /// Our address and port that it leaves from.
    pub from: SocketAddr,
    /// Where it goes.
    pub to: SocketAddr,
    /// What it holds.
    pub bytes: Vec<u8>,
    /// The exchange that it belongs to; a phone has only one, without a name.
    pub exchange: Option<Token>,
}
