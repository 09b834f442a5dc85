//! Owns writing datagrams as a pcapng capture file (draft-ietf-opsawg-pcapng): one section, one description an
//! interface, one packet a datagram. Link type raw IP, times in nanoseconds. Knows no SIP, no clock and no file.
//!
//! ```
//! use fingerpost_trace::pcapng::{Datagram, Interface, Writer};
//! use std::time::Duration;
//! let mut writer = Writer::new(&[Interface::named("eth0")]);
//! let phone = "192.0.2.7:5060".parse().unwrap();
//! let group = "224.0.1.75:5060".parse().unwrap();
//! let asked = Datagram::new(Duration::from_millis(1_700_000_000_123), phone, group, b"SUBSCRIBE ...");
//! writer.add(&asked.inbound().with_comment("the phone asks")).unwrap();
//! let file = writer.take();
//! assert!(file.starts_with(&[0x0a, 0x0d, 0x0d, 0x0a]));
//! ```

mod block;
mod packet;
mod reading;

pub use reading::{ReadDatagram, ReadError, read};

use block::{Block, Kind};
use std::net::SocketAddr;
use std::time::Duration;

/// Link type of packets that begin with their IPv4 or IPv6 header (`LINKTYPE_RAW`).
const RAW_IP: u16 = 101;
/// Where a packet may be as long as it is.
const NO_SNAPLEN: u32 = 0;

/// A card that datagrams crossed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Interface<'a> {
    /// Its name, as `eth0`.
    pub name: &'a str,
    /// What people call it; empty where there is nothing to say.
    pub description: &'a str,
}

impl<'a> Interface<'a> {
    /// A card known by its name alone.
    #[must_use]
    pub const fn named(name: &'a str) -> Self {
        Self { name, description: "" }
    }

    /// The same card with a description.
    #[must_use]
    pub const fn described(self, description: &'a str) -> Self {
        Self { description, ..self }
    }
}

/// Which way a datagram went, seen from the host that captured it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// It came in.
    Inbound,
    /// It went out.
    Outbound,
}

/// A UDP datagram to write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Datagram<'a> {
    /// When, since 1970-01-01 00:00:00 UTC.
    pub time: Duration,
    /// Where it came from.
    pub from: SocketAddr,
    /// Where it went.
    pub to: SocketAddr,
    /// What it carried.
    pub payload: &'a [u8],
    /// Which of the writer's interfaces it crossed, counted from 0.
    pub interface: usize,
    /// Which way it went, where that is known.
    pub direction: Option<Direction>,
    /// What people shall read beside it, at most 65,535 bytes; empty for nothing.
    pub comment: &'a str,
}

impl<'a> Datagram<'a> {
    /// A datagram on the first interface, without direction and comment.
    #[must_use]
    pub const fn new(time: Duration, from: SocketAddr, to: SocketAddr, payload: &'a [u8]) -> Self {
        Self { time, from, to, payload, interface: 0, direction: None, comment: "" }
    }

    /// The same datagram on another interface.
    #[must_use]
    pub const fn on(self, interface: usize) -> Self {
        Self { interface, ..self }
    }

    /// The same datagram, come in.
    #[must_use]
    pub const fn inbound(self) -> Self {
        Self { direction: Some(Direction::Inbound), ..self }
    }

    /// The same datagram, gone out.
    #[must_use]
    pub const fn outbound(self) -> Self {
        Self { direction: Some(Direction::Outbound), ..self }
    }

    /// The same datagram with a comment.
    #[must_use]
    pub const fn with_comment(self, comment: &'a str) -> Self {
        Self { comment, ..self }
    }
}

/// Why a datagram cannot be written; nothing of it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum WriteError {
    /// More than a UDP datagram holds.
    #[error("a payload of {bytes} bytes does not fit into a UDP datagram, which holds {limit}")]
    TooLong {
        /// Bytes of the payload.
        bytes: usize,
        /// How many fit for this address family.
        limit: usize,
    },
    /// One address is IPv4 and the other IPv6.
    #[error("{from} and {to} are not of the same address family")]
    Families {
        /// Where it came from.
        from: SocketAddr,
        /// Where it went.
        to: SocketAddr,
    },
    /// More than a comment of a capture file holds.
    #[error(
        "a comment of {bytes} bytes does not fit into a capture file, which holds {limit} of them"
    )]
    CommentTooLong {
        /// Bytes of the comment.
        bytes: usize,
        /// How many fit.
        limit: usize,
    },
    /// The writer has no such interface.
    #[error("interface {interface} was not named: the file has {count}")]
    NoSuchInterface {
        /// Which was asked for, counted from 0.
        interface: usize,
        /// How many there are.
        count: usize,
    },
}

/// Writes a capture file piece by piece: [`Writer::take`] hands out what was written since the last time, so that a
/// long recording needs no memory. The pieces put one behind the other are the file.
#[derive(Debug, Clone)]
pub struct Writer {
    bytes: Vec<u8>,
    interfaces: usize,
}

impl Writer {
    /// A file whose datagrams crossed these interfaces. Without any, one without a name is put in.
    #[must_use]
    pub fn new(interfaces: &[Interface<'_>]) -> Self {
        let mut bytes = Vec::new();
        section(&mut bytes);
        let unnamed = [Interface::named("")];
        let interfaces = if interfaces.is_empty() { &unnamed[..] } else { interfaces };
        for interface in interfaces {
            describe(&mut bytes, *interface);
        }
        Self { bytes, interfaces: interfaces.len() }
    }

    /// Writes one datagram.
    pub fn add(&mut self, datagram: &Datagram<'_>) -> Result<(), WriteError> {
        let interface = u32::try_from(datagram.interface).ok();
        let known = interface.filter(|_| datagram.interface < self.interfaces);
        let Some(interface) = known else {
            let (interface, count) = (datagram.interface, self.interfaces);
            return Err(WriteError::NoSuchInterface { interface, count });
        };
        let (bytes, limit) = (datagram.comment.len(), block::LONGEST_OPTION);
        if bytes > limit {
            return Err(WriteError::CommentTooLong { bytes, limit });
        }
        let packet = packet::udp(datagram.from, datagram.to, datagram.payload)?;
        enhanced_packet(&mut self.bytes, interface, datagram, &packet);
        Ok(())
    }

    /// What was written since the last call.
    #[must_use]
    pub fn take(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.bytes)
    }
}

fn section(bytes: &mut Vec<u8>) {
    let mut block = Block::begin(bytes, Kind::Section);
    block.u32(0x1a2b_3c4d);
    block.u16(1);
    block.u16(0);
    // The length of the section is not known yet.
    block.u64(u64::MAX);
    block.option(4, concat!("Fingerpost ", env!("CARGO_PKG_VERSION")).as_bytes());
    block.finish();
}

fn describe(bytes: &mut Vec<u8>, interface: Interface<'_>) {
    let mut block = Block::begin(bytes, Kind::Interface);
    block.u16(RAW_IP);
    block.u16(0);
    block.u32(NO_SNAPLEN);
    block.option(2, interface.name.as_bytes());
    block.option(3, interface.description.as_bytes());
    // if_tsresol: times count 10^-9 s.
    block.option(9, &[9]);
    block.finish();
}

fn enhanced_packet(bytes: &mut Vec<u8>, interface: u32, datagram: &Datagram<'_>, packet: &[u8]) {
    let nanoseconds = u64::try_from(datagram.time.as_nanos()).unwrap_or(u64::MAX);
    // A packet is at most 65,575 bytes long.
    let length = u32::try_from(packet.len()).unwrap_or(u32::MAX);
    let mut block = Block::begin(bytes, Kind::EnhancedPacket);
    block.u32(interface);
    block.u32(u32::try_from(nanoseconds >> 32).unwrap_or(u32::MAX));
    block.u32(u32::try_from(nanoseconds & 0xffff_ffff).unwrap_or(u32::MAX));
    block.u32(length);
    block.u32(length);
    block.padded(packet);
    block.option(1, datagram.comment.as_bytes());
    match datagram.direction {
        Some(Direction::Inbound) => block.option(2, &1_u32.to_le_bytes()),
        Some(Direction::Outbound) => block.option(2, &2_u32.to_le_bytes()),
        None => {}
    }
    block.finish();
}
