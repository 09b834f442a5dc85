//! Owns messages as a capture file: each as a UDP datagram between its ends. What the source did not tell is written as
//! zero, and the packet's comment says so.

use crate::pcapng::{Datagram, Interface, WriteError, Writer};
use crate::{Clock, Found, Origin, Transport};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::time::Duration;

/// A message that cannot be a datagram.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Unwritten {
    /// Which, counted from 0.
    pub index: usize,
    /// Why.
    pub error: WriteError,
}

/// The messages as pcapng, and those that do not fit in.
#[must_use]
pub fn pcapng(messages: &[Found]) -> (Vec<u8>, Vec<Unwritten>) {
    let mut names: Vec<&str> = messages.iter().map(name).collect();
    names.sort_unstable();
    names.dedup();
    let interfaces: Vec<Interface<'_>> = names.iter().map(|name| Interface::named(name)).collect();
    let mut writer = Writer::new(&interfaces);
    let mut unwritten = Vec::new();
    for (index, found) in messages.iter().enumerate() {
        let (from, to) = ends(&found.origin);
        let comment = comment(&found.origin);
        let time = found.origin.time.map_or(Duration::ZERO, |time| time.since);
        let interface = names.binary_search(&name(found)).unwrap_or_default();
        let datagram = Datagram::new(time, from, to, &found.bytes).on(interface);
        if let Err(error) = writer.add(&datagram.with_comment(&comment)) {
            unwritten.push(Unwritten { index, error });
        }
    }
    (writer.take(), unwritten)
}

fn name(found: &Found) -> &str {
    found.origin.interface.as_deref().unwrap_or_default()
}

/// An end that is not known has no address and no port, in the family of the other.
fn ends(origin: &Origin) -> (SocketAddr, SocketAddr) {
    let unknown = |other: Option<SocketAddr>| {
        let ip: IpAddr = match other {
            Some(SocketAddr::V6(_)) => Ipv6Addr::UNSPECIFIED.into(),
            _ => Ipv4Addr::UNSPECIFIED.into(),
        };
        SocketAddr::new(ip, 0)
    };
    let from = origin.from.unwrap_or_else(|| unknown(origin.to));
    (from, origin.to.unwrap_or_else(|| unknown(origin.from)))
}

fn comment(origin: &Origin) -> String {
    let parts = [
        origin.from.is_none().then_some("source unknown"),
        origin.to.is_none().then_some("destination unknown"),
        match origin.time.map(|time| time.clock) {
            None => Some("time unknown"),
            Some(Clock::Utc) => None,
            Some(Clock::Local) => Some("time zone unknown"),
            Some(Clock::WithoutYear | Clock::OfDay) => Some("date unknown"),
        },
        match origin.transport {
            Some(Transport::Tcp) => Some("came over TCP"),
            Some(Transport::Tls) => Some("came over TLS"),
            Some(Transport::WebSocket) => Some("came over a WebSocket"),
            Some(Transport::Udp) | None => None,
        },
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join("; ")
}
