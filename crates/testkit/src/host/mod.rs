//! Owns what a host on the LAN is: a machine that takes datagrams and time, and gives datagrams and notes. One file
//! a kind of host.

mod desk_phone;
mod server;
mod silent;
mod strict_phone;

pub use desk_phone::{DeskPhone, desk_phone};
pub use server::Server;
pub(crate) use server::ServerMachine;
pub(crate) use silent::Silent;
pub use strict_phone::{Refusal, StrictPhone, Taste};

use fingerpost_core::Instant;
use fingerpost_core::pnp::{Arrival, CardId, PhoneEvent, ResponderEvent, Transmit};
use std::fmt::Debug;
use std::net::SocketAddr;

/// A host of the LAN.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct HostId(pub(crate) u64);

/// A datagram that a host wants to send.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parcel {
    /// The card it leaves by.
    pub card: CardId,
    /// The address it says it comes from: a test may lie here.
    pub from: SocketAddr,
    /// Where it goes.
    pub to: SocketAddr,
    /// What it holds.
    pub bytes: Vec<u8>,
}

impl From<Transmit> for Parcel {
    fn from(transmit: Transmit) -> Self {
        Self { card: transmit.card, from: transmit.from, to: transmit.to, bytes: transmit.bytes }
    }
}

/// What a host has to say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Note {
    /// A server's event.
    Responder(ResponderEvent),
    /// A phone's event.
    Phone(PhoneEvent),
}

/// A host's behaviour, in the words in which every machine of core is driven.
pub trait Machine: Debug {
    /// Takes a datagram.
    fn handle_datagram(&mut self, now: Instant, arrival: &Arrival<'_>);
    /// Does what is due.
    fn handle_timeout(&mut self, now: Instant);
    /// The next datagram to send.
    fn poll_transmit(&mut self) -> Option<Parcel>;
    /// The next thing to say.
    fn poll_note(&mut self) -> Option<Note>;
    /// When it wants to be woken.
    fn poll_timeout(&self) -> Option<Instant>;
}
