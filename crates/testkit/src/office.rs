//! Owns a ready-made scene: one segment, one server on 10.13.4.121/16, and as many phones as wanted.

use crate::{HostId, Lan, Link, NoPhoneError, SegmentId, Server};
use fingerpost_core::Instant;
use fingerpost_core::pnp::{Subnet, profile};
use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;

/// One segment with a server.
#[derive(Debug)]
pub struct Office {
    /// The LAN.
    pub lan: Lan,
    /// Its only segment.
    pub hall: SegmentId,
    /// The server, on 10.13.4.121/16.
    pub server: HostId,
}

impl Office {
    /// An office with a server that decides by `server`'s policy.
    #[must_use]
    pub fn new(seed: u64, link: Link, server: Server) -> Self {
        let mut lan = Lan::new(seed);
        let hall = lan.add_segment(link);
        let server = lan.add_server(server.on(hall, Self::subnet()));
        Self { lan, hall, server }
    }

    /// The server's address with its subnet.
    #[must_use]
    pub fn subnet() -> Subnet {
        Subnet::new(Ipv4Addr::new(10, 13, 4, 121), 16)
    }

    /// Adds phones of all vendors in turn, one switched on `every` so often.
    ///
    /// # Errors
    /// [`NoPhoneError`] where core cannot write a phone's SUBSCRIBE.
    pub fn add_phones(&mut self, count: u16, every: Duration) -> Result<Vec<HostId>, NoPhoneError> {
        let start = self.lan.now();
        let phones = (0..count).map(|number| {
            let starts = start + every * u32::from(number);
            self.add_phone(number, starts)
        });
        phones.collect()
    }

    /// Adds phone `number`; its vendor and its address follow from the number.
    ///
    /// # Errors
    /// [`NoPhoneError`] where core cannot write its SUBSCRIBE.
    pub fn add_phone(&mut self, number: u16, starts: Instant) -> Result<HostId, NoPhoneError> {
        let profile = &profile::ALL[usize::from(number) % profile::ALL.len()];
        let local = phone_address(number, profile.source_port);
        self.lan.add_desk_phone(self.hall, profile.vendor, local, starts)
    }
}

/// An address of its own for each phone, from 10.13.8.1 on: numbers repeat after 40,000.
#[must_use]
pub fn phone_address(number: u16, port: u16) -> SocketAddr {
    let (block, host) = (number / 200 % 200, number % 200);
    let byte = |value: u16| u8::try_from(value).unwrap_or(u8::MAX);
    SocketAddr::from(([10, 13, byte(8 + block), byte(1 + host)], port))
}
