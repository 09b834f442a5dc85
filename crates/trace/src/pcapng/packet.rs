//! Owns the IP and UDP headers that are put before a payload, with their checksums (RFC 791, RFC 8200, RFC 768).

use super::WriteError;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

const UDP: u8 = 17;
const UDP_HEADER: usize = 8;
const IPV4_HEADER: usize = 20;
const HOPS: u8 = 64;

/// The packet that carries `payload` in one UDP datagram.
pub(super) fn udp(from: SocketAddr, to: SocketAddr, payload: &[u8]) -> Result<Vec<u8>, WriteError> {
    match (from.ip().to_canonical(), to.ip().to_canonical()) {
        (IpAddr::V4(source), IpAddr::V4(destination)) => {
            let longest = usize::from(u16::MAX) - IPV4_HEADER;
            let pseudo = [source.octets(), destination.octets()].concat();
            let udp = datagram(from, to, payload, &pseudo, longest)?;
            Ok([&ipv4(source, destination, udp.len())[..], &udp].concat())
        }
        (IpAddr::V6(source), IpAddr::V6(destination)) => {
            let pseudo = [source.octets(), destination.octets()].concat();
            let udp = datagram(from, to, payload, &pseudo, usize::from(u16::MAX))?;
            Ok([&ipv6(source, destination, udp.len())[..], &udp].concat())
        }
        _ => Err(WriteError::Families { from, to }),
    }
}

fn datagram(
    from: SocketAddr,
    to: SocketAddr,
    payload: &[u8],
    addresses: &[u8],
    longest: usize,
) -> Result<Vec<u8>, WriteError> {
    let limit = longest - UDP_HEADER;
    let length = u16::try_from(payload.len() + UDP_HEADER).ok();
    let Some(length) = length.filter(|_| payload.len() <= limit) else {
        return Err(WriteError::TooLong { bytes: payload.len(), limit });
    };
    let mut bytes = Vec::with_capacity(usize::from(length));
    for word in [from.port(), to.port(), length, 0] {
        bytes.extend(word.to_be_bytes());
    }
    bytes.extend(payload);
    let tail = [0, UDP, length.to_be_bytes()[0], length.to_be_bytes()[1]];
    // A sum of zero would say that there is none (RFC 768).
    let sum = match checksum(&[addresses, &tail, &bytes]) {
        0 => u16::MAX,
        sum => sum,
    };
    bytes[6..8].copy_from_slice(&sum.to_be_bytes());
    Ok(bytes)
}

fn ipv4(source: Ipv4Addr, destination: Ipv4Addr, length: usize) -> [u8; IPV4_HEADER] {
    let total = u16::try_from(length + IPV4_HEADER).unwrap_or(u16::MAX).to_be_bytes();
    let mut header = [0; IPV4_HEADER];
    header[0] = 0x45;
    header[2..4].copy_from_slice(&total);
    // Don't Fragment: the identification has no meaning then (RFC 6864).
    header[6] = 0x40;
    header[8..10].copy_from_slice(&[HOPS, UDP]);
    header[12..16].copy_from_slice(&source.octets());
    header[16..20].copy_from_slice(&destination.octets());
    let sum = checksum(&[&header]);
    header[10..12].copy_from_slice(&sum.to_be_bytes());
    header
}

fn ipv6(source: Ipv6Addr, destination: Ipv6Addr, length: usize) -> [u8; 40] {
    let length = u16::try_from(length).unwrap_or(u16::MAX).to_be_bytes();
    let mut header = [0; 40];
    header[0] = 0x60;
    header[4..6].copy_from_slice(&length);
    header[6..8].copy_from_slice(&[UDP, HOPS]);
    header[8..24].copy_from_slice(&source.octets());
    header[24..40].copy_from_slice(&destination.octets());
    header
}

/// The Internet checksum (RFC 1071) of the parts, each of which but the last has an even length.
fn checksum(parts: &[&[u8]]) -> u16 {
    let words = parts.iter().flat_map(|part| part.chunks(2));
    let word = |pair: &[u8]| {
        u64::from(u16::from_be_bytes([pair[0], pair.get(1).copied().unwrap_or_default()]))
    };
    let mut sum: u64 = words.map(word).sum();
    while sum > 0xffff {
        sum = (sum & 0xffff) + (sum >> 16);
    }
    !u16::try_from(sum).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn checksums_are_those_of_rfc_1071() {
        // The example of RFC 1071 §3: the sum is 0xddf2.
        assert_eq!(checksum(&[&[0x00, 0x01, 0xf2, 0x03, 0xf4, 0xf5, 0xf6, 0xf7]]), !0xddf2);
        assert_eq!(checksum(&[&[0x12]]), !0x1200);
    }

    #[test]
    fn a_header_with_its_checksum_sums_up_to_nothing() {
        let packet =
            udp("192.0.2.7:5060".parse().unwrap(), "224.0.1.75:5060".parse().unwrap(), b"odd");
        let packet = packet.unwrap();
        assert_eq!(checksum(&[&packet[..20]]), 0);
        let pseudo = [&packet[12..20], &[0, UDP, 0, 11]].concat();
        assert_eq!(checksum(&[&pseudo, &packet[20..]]), 0);
    }
}
