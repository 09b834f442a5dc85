//! Owns what kind of secret a word is by its shape: addresses, hardware addresses, instance ids, numbers.

use super::Kind;
use fingerpost_core::Span;
use fingerpost_core::pnp::Mac;
use std::net::IpAddr;

/// Whether an address says where somebody is: those with a meaning for everybody do not.
pub(super) fn is_private_matter(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => {
            !(ip.is_loopback() || ip.is_unspecified() || ip.is_multicast() || ip.is_broadcast())
        }
        IpAddr::V6(ip) => !(ip.is_loopback() || ip.is_unspecified() || ip.is_multicast()),
    }
}

pub(super) fn ip(word: &[u8]) -> Option<IpAddr> {
    std::str::from_utf8(word).ok()?.parse().ok()
}

/// Whether a word is a telephone number or an extension: digits with the signs that people put between them.
pub(super) fn is_number(word: &[u8]) -> bool {
    let digits = word.iter().filter(|byte| byte.is_ascii_digit()).count();
    let is_sign = |byte: &u8| matches!(byte, b'+' | b'-' | b'.' | b'(' | b')' | b'*' | b'#');
    digits > 0 && word.iter().all(|byte| byte.is_ascii_digit() || is_sign(byte))
}

/// The addresses, hardware addresses and instance ids in a text, in order.
pub(super) fn words(text: &[u8]) -> Vec<(Span, Kind)> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let is_start = is_part(text[at]) && (at == 0 || !is_part(text[at - 1]));
        let length = if is_start { part(&text[at..]) } else { 0 };
        if length == 0 {
            at += 1;
            continue;
        }
        found.extend(
            in_word(&text[at..at + length])
                .into_iter()
                .map(|(span, kind)| (Span::new(at + span.start, at + span.end), kind)),
        );
        at += length;
    }
    found
}

/// What addresses and hardware addresses are written with; letters beyond hexadecimal ones make it another word.
fn is_part(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b':' | b'-')
}

fn part(text: &[u8]) -> usize {
    text.iter().take_while(|byte| is_part(**byte)).count()
}

fn in_word(word: &[u8]) -> Vec<(Span, Kind)> {
    let trimmed = trim(word);
    if let Some(kind) = whole(&word[trimmed.start..trimmed.end]) {
        return vec![(trimmed, kind)];
    }
    // `192.0.2.7:5060`, `MAC:0004130A1B2C`, `a-0004130A1B2C-b`: the pieces between signs.
    let mut found = colons(word);
    for signs in [&b":"[..], b":-", b":-."] {
        let mut at = 0;
        for piece in word.split(|byte| signs.contains(byte)) {
            let span = Span::new(at, at + piece.len());
            at += piece.len() + 1;
            let is_new = found.iter().all(|(other, _)| !overlaps(*other, span));
            found.extend(whole(piece).filter(|_| is_new).map(|kind| (span, kind)));
        }
    }
    found.sort_by_key(|(span, _)| span.start);
    found
}

pub(super) fn overlaps(one: Span, other: Span) -> bool {
    one.start < other.end && other.start < one.end
}

/// Hardware addresses with separators inside a longer word, as in `MAC:00:04:13:0a:1b:2c`.
fn colons(word: &[u8]) -> Vec<(Span, Kind)> {
    let (mut found, mut at) = (Vec::new(), 0);
    while at + 17 <= word.len() {
        let is_free = at == 0 || !word[at - 1].is_ascii_alphanumeric();
        let is_end = word.get(at + 17).is_none_or(|byte| !byte.is_ascii_alphanumeric());
        let is_mac = is_free && is_end && Mac::parse(&word[at..at + 17]).is_ok();
        if is_mac {
            found.push((Span::new(at, at + 17), Kind::Mac));
        }
        at += if is_mac { 17 } else { 1 };
    }
    found
}

fn trim(word: &[u8]) -> Span {
    let is_end = |byte: &u8| matches!(byte, b'.' | b'-');
    let start = word.iter().take_while(|byte| is_end(byte)).count();
    let end = word.len()
        - word[start..].iter().rev().take_while(|byte| is_end(byte) || **byte == b':').count();
    // `::1` begins with colons, and an address may end with them.
    let full = Span::new(start, word.len());
    if ip(&word[start..]).is_some() { full } else { Span::new(start, end.max(start)) }
}

fn whole(word: &[u8]) -> Option<Kind> {
    if let Some(ip) = ip(word) {
        return is_private_matter(ip).then_some(Kind::Address);
    }
    if is_uuid(word) {
        return Some(Kind::Instance);
    }
    let is_mac = Mac::parse(word).is_ok_and(Mac::is_unicast);
    // Twelve decimal digits alone are a number of some kind, and no less private.
    is_mac.then_some(Kind::Mac)
}

pub(super) fn is_uuid(word: &[u8]) -> bool {
    let lengths = word.split(|byte| *byte == b'-').map(<[u8]>::len);
    let is_hex = word.iter().all(|byte| byte.is_ascii_hexdigit() || *byte == b'-');
    is_hex && lengths.eq([8, 4, 4, 4, 12])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<(&str, Kind)> {
        words(text.as_bytes())
            .iter()
            .map(|(span, kind)| (&text[span.start..span.end], *kind))
            .collect()
    }

    #[test]
    fn addresses_of_every_kind_are_found_in_text() {
        assert_eq!(found("at 192.0.2.7:5060."), [("192.0.2.7", Kind::Address)]);
        assert_eq!(found("a@192.0.2.7"), [("192.0.2.7", Kind::Address)]);
        assert_eq!(found("c=IN IP6 2001:db8::7"), [("2001:db8::7", Kind::Address)]);
        assert_eq!(found("Phone/1.0 0004130a1b2c"), [("0004130a1b2c", Kind::Mac)]);
        assert_eq!(found("MAC:00:04:13:0A:1B:2C"), [("00:04:13:0A:1B:2C", Kind::Mac)]);
        assert_eq!(
            found("urn:uuid:00000000-0000-1000-8000-0004130A1B2C"),
            [("00000000-0000-1000-8000-0004130A1B2C", Kind::Instance)]
        );
    }

    #[test]
    fn what_everybody_knows_is_no_secret() {
        assert_eq!(found("224.0.1.75 127.0.0.1 ::1 1.2.3 10:00:00 SIP/2.0"), []);
    }
}
