//! Capture files and packets for tests, put together by hand: independent of the code under test.
#![allow(dead_code, reason = "each test file uses a part of it")]

use std::net::{IpAddr, SocketAddr};

/// A SIP request with a body of `length` bytes.
pub(crate) fn request(method: &str, call: u32, length: usize) -> Vec<u8> {
    let head = format!(
        "{method} sip:pbx.example SIP/2.0\r\nVia: SIP/2.0/UDP 192.0.2.7:5060;branch=z9hG4bK{call}\r\n\
         Max-Forwards: 70\r\nFrom: <sip:100@pbx.example>;tag=a{call}\r\nTo: <sip:200@pbx.example>\r\n\
         Call-ID: {call}@192.0.2.7\r\nCSeq: {call} {method}\r\nContent-Type: text/plain\r\n\
         Content-Length: {length}\r\n\r\n"
    );
    let body = (0..length).map(|at| b"abcdefghijklmnopqrstuvwxyz\r\n"[at % 28]);
    head.bytes().chain(body).collect()
}

pub(crate) fn address(text: &str) -> SocketAddr {
    text.parse().unwrap()
}

/// A UDP datagram behind its header.
pub(crate) fn udp(from: u16, to: u16, payload: &[u8]) -> Vec<u8> {
    let length = u16::try_from(payload.len() + 8).unwrap();
    let words = [from, to, length, 0];
    words.iter().flat_map(|word| word.to_be_bytes()).chain(payload.iter().copied()).collect()
}

/// A TCP segment behind its header.
pub(crate) fn tcp(from: u16, to: u16, number: u32, flags: u8, payload: &[u8]) -> Vec<u8> {
    let mut bytes: Vec<u8> = [from, to].iter().flat_map(|word| word.to_be_bytes()).collect();
    bytes.extend(number.to_be_bytes());
    bytes.extend([0, 0, 0, 0, 0x50, flags, 0x10, 0, 0, 0, 0, 0]);
    bytes.extend(payload);
    bytes
}

/// An IP packet without options.
pub(crate) fn ip(from: &str, to: &str, protocol: u8, payload: &[u8]) -> Vec<u8> {
    match (from.parse().unwrap(), to.parse().unwrap()) {
        (IpAddr::V4(_), IpAddr::V4(_)) => fragment(from, to, protocol, 0, 0, false, payload),
        (IpAddr::V6(from), IpAddr::V6(to)) => {
            let mut bytes = vec![0x60, 0, 0, 0];
            bytes.extend(u16::try_from(payload.len()).unwrap().to_be_bytes());
            bytes.extend([protocol, 64]);
            bytes.extend(from.octets());
            bytes.extend(to.octets());
            bytes.extend(payload);
            bytes
        }
        _ => panic!("two families"),
    }
}

/// An IPv4 packet that is a part of one.
pub(crate) fn fragment(
    from: &str,
    to: &str,
    protocol: u8,
    id: u16,
    offset: usize,
    has_more: bool,
    payload: &[u8],
) -> Vec<u8> {
    let mut bytes = vec![0x45, 0];
    bytes.extend(u16::try_from(payload.len() + 20).unwrap().to_be_bytes());
    bytes.extend(id.to_be_bytes());
    let parts = u16::try_from(offset / 8).unwrap() | if has_more { 0x2000 } else { 0 };
    bytes.extend(parts.to_be_bytes());
    bytes.extend([64, protocol, 0, 0]);
    for address in [from, to] {
        let IpAddr::V4(address) = address.parse().unwrap() else { panic!("not IPv4") };
        bytes.extend(address.octets());
    }
    bytes.extend(payload);
    bytes
}

/// A UDP datagram from a phone to a server.
pub(crate) fn phone_says(payload: &[u8]) -> Vec<u8> {
    ip("192.0.2.7", "192.0.2.1", 17, &udp(5060, 5070, payload))
}

/// An Ethernet frame around an IP packet, behind these tags.
pub(crate) fn ethernet(tags: &[u16], packet: &[u8]) -> Vec<u8> {
    let mut bytes = vec![2, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 2];
    for tag in tags {
        bytes.extend(tag.to_be_bytes());
        bytes.extend([0, 42]);
    }
    bytes.extend(kind(packet).to_be_bytes());
    bytes.extend(packet);
    bytes
}

/// The Ethernet type of an IP packet.
pub(crate) fn kind(packet: &[u8]) -> u16 {
    if packet[0] >> 4 == 4 { 0x0800 } else { 0x86dd }
}

/// How a classic capture file is written.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Pcap {
    pub(crate) link: u32,
    pub(crate) is_big_endian: bool,
    pub(crate) has_nanoseconds: bool,
}

pub(crate) const ETHERNET: Pcap = Pcap { link: 1, is_big_endian: false, has_nanoseconds: false };
pub(crate) const RAW: Pcap = Pcap { link: 101, ..ETHERNET };

impl Pcap {
    fn words(self, words: &[u32]) -> Vec<u8> {
        let bytes =
            |word: &u32| if self.is_big_endian { word.to_be_bytes() } else { word.to_le_bytes() };
        words.iter().flat_map(bytes).collect()
    }

    pub(crate) fn header(self) -> Vec<u8> {
        let magic = if self.has_nanoseconds { 0xa1b2_3c4d } else { 0xa1b2_c3d4 };
        let version = if self.is_big_endian { 0x0002_0004 } else { 0x0004_0002 };
        self.words(&[magic, version, 0, 0, 262_144, self.link])
    }

    /// A packet at second `at` and a half, of which `kept` bytes were captured.
    pub(crate) fn record(self, at: u32, packet: &[u8], kept: usize) -> Vec<u8> {
        let half = if self.has_nanoseconds { 500_000_000 } else { 500_000 };
        let length = |length: usize| u32::try_from(length).unwrap();
        let mut bytes = self.words(&[1_700_000_000 + at, half, length(kept), length(packet.len())]);
        bytes.extend(&packet[..kept]);
        bytes
    }

    /// A file with these packets, a second apart.
    pub(crate) fn file(self, packets: &[Vec<u8>]) -> Vec<u8> {
        let mut bytes = self.header();
        for (at, packet) in packets.iter().enumerate() {
            bytes.extend(self.record(u32::try_from(at).unwrap(), packet, packet.len()));
        }
        bytes
    }
}
