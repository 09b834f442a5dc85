//! Owns addresses in a line of a log: `192.0.2.7:5060`, `[2001:db8::7]:5060`, `udp/[192.0.2.7]:5060`, and tcpdump's
//! `192.0.2.7.5060`.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

/// Where there is no port, SIP's is meant (RFC 3261 §19.1.2).
const PORT: u16 = 5060;

/// An address and where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Address {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) socket: SocketAddr,
}

/// The addresses in a line, in order.
pub(super) fn all(line: &[u8]) -> Vec<Address> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < line.len() {
        let begins = line[at] == b'[' || line[at].is_ascii_hexdigit() || line[at] == b':';
        let is_free = at == 0 || !(line[at - 1].is_ascii_alphanumeric() || line[at - 1] == b'.');
        match (begins && is_free).then(|| read(line, at)).flatten() {
            Some(address) => {
                at = address.end;
                found.push(address);
            }
            None => at += 1,
        }
    }
    found
}

fn read(line: &[u8], start: usize) -> Option<Address> {
    let is_part = |byte: &u8| byte.is_ascii_hexdigit() || matches!(byte, b'.' | b':');
    if line[start] == b'[' {
        let length = line[start + 1..].iter().take_while(|byte| is_part(byte)).count();
        let end = start + 1 + length;
        let ip: IpAddr = text(line, start + 1, end)?.parse().ok()?;
        if line.get(end) != Some(&b']') {
            return None;
        }
        let (port, end) = port(line, end + 1, b':').unwrap_or((PORT, end + 1));
        return Some(Address { start, end, socket: SocketAddr::new(ip, port) });
    }
    let length = line[start..].iter().take_while(|byte| is_part(byte)).count();
    let word = text(line, start, start + length)?.trim_end_matches([':', '.']);
    let end = start + word.len();
    Some(Address { start, end, socket: parsed(word)? })
}

fn parsed(word: &str) -> Option<SocketAddr> {
    if let Ok(address) = word.parse() {
        return Some(address);
    }
    let is_version_4 = word.matches('.').count() >= 3;
    // tcpdump writes the port behind a dot.
    if let Some((ip, port)) = word.rsplit_once('.')
        && (word.matches('.').count() == 4 || (!is_version_4 && ip.matches(':').count() >= 2))
    {
        return Some(SocketAddr::new(ip.parse().ok()?, port.parse().ok()?));
    }
    let ip: IpAddr = word.parse().ok()?;
    let is_certain = match ip {
        IpAddr::V4(ip) => ip != Ipv4Addr::UNSPECIFIED,
        // A time of day looks like the end of one.
        IpAddr::V6(_) => word.matches(':').count() >= 3 && word.len() > 8,
    };
    is_certain.then(|| SocketAddr::new(ip, PORT))
}

fn port(line: &[u8], at: usize, sign: u8) -> Option<(u16, usize)> {
    if line.get(at) != Some(&sign) {
        return None;
    }
    let digits = line[at + 1..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    let end = at + 1 + digits;
    Some((text(line, at + 1, end)?.parse().ok()?, end))
}

fn text(line: &[u8], start: usize, end: usize) -> Option<&str> {
    std::str::from_utf8(line.get(start..end)?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(line: &str) -> Vec<String> {
        all(line.as_bytes()).iter().map(|found| found.socket.to_string()).collect()
    }

    #[test]
    fn addresses_are_read_in_every_spelling() {
        assert_eq!(
            found("U 192.0.2.7:5060 -> 192.0.2.1:5061 #3"),
            ["192.0.2.7:5060", "192.0.2.1:5061"]
        );
        assert_eq!(found("from udp/[192.0.2.7]:5062 at 10:00:00.5:"), ["192.0.2.7:5062"]);
        assert_eq!(found("to udp/[192.0.2.7] at 10:00:00.5:"), ["192.0.2.7:5060"]);
        assert_eq!(found("to TLS:[2001:db8::7]:5061 --->"), ["[2001:db8::7]:5061"]);
        assert_eq!(
            found("IP 192.0.2.7.5062 > 192.0.2.1.5060: SIP"),
            ["192.0.2.7:5062", "192.0.2.1:5060"]
        );
        assert_eq!(
            found("IP6 2001:db8::7.5062 > 2001:db8::1.5060: SIP"),
            ["[2001:db8::7]:5062", "[2001:db8::1]:5060"]
        );
    }

    #[test]
    fn times_macs_and_versions_are_no_addresses() {
        assert_eq!(found("2026-03-01 10:00:00.123 [00:0b:82:00:a1:be] 1.2.3"), [""; 0]);
    }
}
