//! Owns IPv4 addresses as hosts: which runs of digits and dots are one. Read by hand, for nearly every host of a LAN is
//! one, and each message names five.

use core::net::Ipv4Addr;

/// Four numbers up to 255 without leading zeros; anything else is a name.
pub(super) fn ipv4(text: &[u8]) -> Option<Ipv4Addr> {
    let (first, rest) = octet(text)?;
    let (second, rest) = octet(rest.strip_prefix(b".")?)?;
    let (third, rest) = octet(rest.strip_prefix(b".")?)?;
    let (fourth, rest) = octet(rest.strip_prefix(b".")?)?;
    rest.is_empty().then(|| Ipv4Addr::new(first, second, third, fourth))
}

fn octet(text: &[u8]) -> Option<(u8, &[u8])> {
    let (mut value, mut at) = (0_u16, 0);
    while let Some(digit) = text.get(at).filter(|byte| at < 3 && byte.is_ascii_digit()) {
        value = value * 10 + u16::from(digit - b'0');
        at += 1;
    }
    let is_plain = at == 1 || at > 1 && text[0] != b'0';
    u8::try_from(value).ok().filter(|_| is_plain).map(|value| (value, &text[at..]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::ToString;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn an_address_is_what_the_standard_library_takes_for_one(text in "[0-9]{0,4}(\\.[0-9]{1,4}){2,4}") {
            prop_assert_eq!(ipv4(text.as_bytes()), text.parse().ok());
        }

        #[test]
        fn every_ipv4_address_is_known_as_one(address in any::<Ipv4Addr>()) {
            prop_assert_eq!(ipv4(address.to_string().as_bytes()), Some(address));
        }
    }
}
