//! Owns the shapes of pseudonyms: a number stands for a number, an address for an address of the same family and
//! reach, a hardware address for one of the same maker. What the shape of a value means to a reader of traces stays.

use super::{Key, Kind, shape};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// One spelling for all spellings of a value; empty where it is no secret.
pub(super) fn canonical(kind: Kind, value: &[u8]) -> Vec<u8> {
    match kind {
        Kind::Mac => value
            .iter()
            .filter(|byte| byte.is_ascii_hexdigit())
            .map(u8::to_ascii_lowercase)
            .collect(),
        Kind::Host if super::secrets::is_public_host(value) => Vec::new(),
        Kind::Host | Kind::Instance => value.to_ascii_lowercase(),
        Kind::Address => match shape::ip(value) {
            Some(ip) if shape::is_private_matter(ip) => ip.to_string().into_bytes(),
            _ => Vec::new(),
        },
        _ => value.to_vec(),
    }
}

/// The pseudonym of a canonical value; another one with each turn.
pub(super) fn draft(key: Key, kind: Kind, value: &[u8], turn: u32) -> Vec<u8> {
    let mut stream = Stream::new(key, kind, value, turn);
    match kind {
        Kind::Number => value.iter().map(|byte| number_digit(*byte, &mut stream)).collect(),
        Kind::User => [b"user-".to_vec(), stream.letters(6)].concat(),
        Kind::Name => [b"Name ".to_vec(), stream.letters(6)].concat(),
        Kind::Host => [b"host-".to_vec(), stream.letters(6), b".example".to_vec()].concat(),
        Kind::Address => shape::ip(value).map_or_else(Vec::new, |ip| address(ip, &mut stream)),
        Kind::Mac => value
            .iter()
            .enumerate()
            .map(|(at, byte)| if at < 6 { *byte } else { stream.hex() })
            .collect(),
        Kind::Instance => instance(value, &mut stream),
        Kind::Credential | Kind::Token => stream.letters(value.len().clamp(8, 32)),
    }
}

/// A pseudonym in the spelling of `value`: with its separators and its case.
pub(super) fn spelled(kind: Kind, value: &[u8], pseudonym: &[u8]) -> Vec<u8> {
    if kind != Kind::Mac {
        return pseudonym.to_vec();
    }
    let is_upper = value.iter().any(u8::is_ascii_uppercase);
    let mut digits = pseudonym.iter();
    let digit = |byte: u8| if is_upper { byte.to_ascii_uppercase() } else { byte };
    value
        .iter()
        .map(|byte| {
            if byte.is_ascii_hexdigit() {
                digits.next().map_or(*byte, |new| digit(*new))
            } else {
                *byte
            }
        })
        .collect()
}

fn number_digit(byte: u8, stream: &mut Stream<'_>) -> u8 {
    if byte.is_ascii_digit() { stream.digit() } else { byte }
}

/// Of a private network in 10.0.0.0/8, of another in 198.18.0.0/15 (RFC 2544) or `2001:db8::/32` (RFC 3849).
fn address(ip: IpAddr, stream: &mut Stream<'_>) -> Vec<u8> {
    let random = stream.next().to_be_bytes();
    let [one, two, three, ..] = random;
    let ip: IpAddr = match ip {
        IpAddr::V4(ip) if ip.is_link_local() => Ipv4Addr::new(169, 254, one, two).into(),
        IpAddr::V4(ip) if ip.is_private() => Ipv4Addr::new(10, one, two, three).into(),
        IpAddr::V4(_) => Ipv4Addr::new(198, 18 + (one & 1), two, three).into(),
        IpAddr::V6(ip) => {
            let start: u64 = match ip.segments()[0] {
                first if first & 0xffc0 == 0xfe80 => 0xfe80 << 48,
                first if first & 0xfe00 == 0xfc00 => 0xfd00 << 48,
                _ => 0x2001_0db8 << 32,
            };
            let bits = u128::from(start) << 64 | u128::from(u64::from_be_bytes(random));
            Ipv6Addr::from_bits(bits).into()
        }
    };
    ip.to_string().into_bytes()
}

/// An instance id that is made of a hardware address (RFC 5626 §4.1 names version 1) keeps its maker.
fn instance(value: &[u8], stream: &mut Stream<'_>) -> Vec<u8> {
    let is_mac = value.starts_with(b"00000000-0000-1000-8000-");
    let kept = if is_mac { 30 } else { 0 };
    let change = |(at, byte): (usize, &u8)| match byte {
        byte if at < kept || *byte == b'-' => *byte,
        // Version and variant.
        byte if at == 14 || at == 19 => *byte,
        _ => stream.hex(),
    };
    value.iter().enumerate().map(change).collect()
}

/// As many bytes as are wanted, of the keyed hash.
struct Stream<'a> {
    key: Key,
    seed: Vec<u8>,
    value: &'a [u8],
    count: u32,
}

impl<'a> Stream<'a> {
    fn new(key: Key, kind: Kind, value: &'a [u8], turn: u32) -> Self {
        let seed = [kind.name().as_bytes(), &turn.to_le_bytes()].concat();
        Self { key, seed, value, count: 0 }
    }

    fn next(&mut self) -> u64 {
        self.count += 1;
        let text = [&self.seed[..], &self.count.to_le_bytes(), self.value].concat();
        self.key.hash(&text)
    }

    /// One of `count` things, every one as likely as the others, nearly.
    fn below(&mut self, count: u64) -> u8 {
        u8::try_from(self.next() % count).unwrap_or_default()
    }

    fn digit(&mut self) -> u8 {
        b'0' + self.below(10)
    }

    fn hex(&mut self) -> u8 {
        b"0123456789abcdef"[usize::from(self.below(16))]
    }

    /// Letters that no digit is taken for.
    fn letters(&mut self, count: usize) -> Vec<u8> {
        const LETTERS: &[u8] = b"abcdefghijkmnpqrstuvwxyz23456789";
        (0..count).map(|_| LETTERS[usize::from(self.below(32))]).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(kind: Kind, value: &str) -> String {
        let draft = draft(Key::new([3; 16]), kind, &canonical(kind, value.as_bytes()), 0);
        String::from_utf8(spelled(kind, value.as_bytes(), &draft)).unwrap()
    }

    #[test]
    fn a_pseudonym_has_the_shape_of_what_it_stands_for() {
        assert!(shape::is_number(of(Kind::Number, "+49 30").replace(' ', "").as_bytes()));
        assert_eq!(of(Kind::Number, "+4930123").len(), 8);
        assert!(of(Kind::Address, "192.168.1.7").starts_with("10."));
        assert!(of(Kind::Address, "8.8.8.8").starts_with("198.1"));
        assert!(of(Kind::Address, "2a00::1").starts_with("2001:db8:"));
        assert!(of(Kind::Mac, "00:04:13:0A:1B:2C").starts_with("00:04:13:"));
        assert_eq!(
            of(Kind::Mac, "0004130a1b2c"),
            of(Kind::Mac, "00-04-13-0a-1b-2c").replace('-', "")
        );
        assert!(
            of(Kind::Instance, "00000000-0000-1000-8000-0004130a1b2c")
                .starts_with("00000000-0000-1000-8000-000413")
        );
    }

    #[test]
    fn another_key_makes_another_pseudonym() {
        let with = |key| draft(Key::new([key; 16]), Kind::Number, b"+4930123456", 0);
        assert_ne!(with(1), with(2));
        assert_eq!(with(1), with(1));
    }
}
