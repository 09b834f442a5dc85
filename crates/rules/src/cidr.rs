//! Owns ranges of addresses. Knows no cards and no phones.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::str::FromStr;

/// A range of addresses, `10.1.0.0/16`, or a single one, `10.1.0.5`. IPv4 addresses in IPv6 clothes
/// (`::ffff:10.1.0.5`) are IPv4 addresses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Cidr {
    network: IpAddr,
    length: u8,
}

/// The text is no range of addresses.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CidrError {
    /// No IPv4 or IPv6 address before the `/`.
    #[error("{text:?} is not an address or a range such as \"10.1.0.0/16\"")]
    Address {
        /// The whole text.
        text: String,
    },
    /// What follows the `/` is no number, or longer than an address.
    #[error("the prefix length of {text:?} must be a number from 0 to {longest}")]
    Length {
        /// The whole text.
        text: String,
        /// 32 or 128.
        longest: u8,
    },
}

impl Cidr {
    /// The address the range starts with.
    pub fn network(&self) -> IpAddr {
        self.network
    }

    /// How many leading bits all addresses of the range share.
    pub fn length(&self) -> u8 {
        self.length
    }

    /// Whether `address` lies in the range.
    pub fn contains(&self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        address.is_ipv4() == self.network.is_ipv4() && masked(address, self.length) == self.network
    }
}

impl FromStr for Cidr {
    type Err = CidrError;

    /// Bits after the prefix are cleared: `10.1.2.3/16` is `10.1.0.0/16`.
    fn from_str(text: &str) -> Result<Self, CidrError> {
        let (address, length) = text.split_once('/').map_or((text, None), |(a, l)| (a, Some(l)));
        let written: IpAddr =
            address.parse().map_err(|_| CidrError::Address { text: text.into() })?;
        let longest = width(written);
        let length = match length {
            None => longest,
            Some(digits) => prefix_length(digits, longest)
                .ok_or_else(|| CidrError::Length { text: text.into(), longest })?,
        };
        Ok(Self::new(written, length))
    }
}

impl Cidr {
    fn new(written: IpAddr, length: u8) -> Self {
        let plain = written.to_canonical();
        let (address, length) = match length.checked_sub(width(written) - width(plain)) {
            Some(length) => (plain, length),
            None => (written, length),
        };
        Self { network: masked(address, length), length }
    }
}

fn prefix_length(digits: &str, longest: u8) -> Option<u8> {
    let plain = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    let length = digits.parse().ok().filter(|_| plain)?;
    (length <= longest).then_some(length)
}

fn width(address: IpAddr) -> u8 {
    if address.is_ipv4() { 32 } else { 128 }
}

/// The address with everything after the first `length` bits cleared.
fn masked(address: IpAddr, length: u8) -> IpAddr {
    match address {
        IpAddr::V4(v4) => {
            let mask = u32::MAX.checked_shl(32_u32.saturating_sub(length.into())).unwrap_or(0);
            Ipv4Addr::from_bits(v4.to_bits() & mask).into()
        }
        IpAddr::V6(v6) => {
            let mask = u128::MAX.checked_shl(128_u32.saturating_sub(length.into())).unwrap_or(0);
            Ipv6Addr::from_bits(v6.to_bits() & mask).into()
        }
    }
}

impl fmt::Display for Cidr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.network, self.length)
    }
}

impl serde::Serialize for Cidr {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_holds_its_addresses_and_no_others() {
        let table = [
            ("10.1.0.0/16", "10.1.255.255", true),
            ("10.1.0.0/16", "10.2.0.0", false),
            ("10.1.2.3/16", "10.1.9.9", true),
            ("10.1.0.5", "10.1.0.5", true),
            ("10.1.0.5", "10.1.0.4", false),
            ("0.0.0.0/0", "203.0.113.9", true),
            ("0.0.0.0/0", "2001:db8::1", false),
            ("::/0", "2001:db8::1", true),
            ("::/0", "10.0.0.1", false),
            ("2001:db8::/32", "2001:db8:ffff::1", true),
            ("2001:db8::/32", "2001:db9::1", false),
            ("fe80::1", "fe80::1", true),
            ("10.1.0.0/31", "10.1.0.1", true),
            ("10.1.0.0/31", "10.1.0.2", false),
            ("10.1.0.0/16", "::ffff:10.1.0.9", true),
            ("::ffff:10.1.0.0/112", "10.1.0.9", true),
        ];
        for (range, address, inside) in table {
            let cidr: Cidr = range.parse().unwrap();
            assert_eq!(cidr.contains(address.parse().unwrap()), inside, "{address} in {range}");
        }
    }

    #[test]
    fn is_shown_with_its_network() {
        for (text, shown) in [("10.1.2.3/16", "10.1.0.0/16"), ("10.1.2.3", "10.1.2.3/32")] {
            assert_eq!(text.parse::<Cidr>().unwrap().to_string(), shown);
        }
    }

    #[test]
    fn what_is_no_range_is_refused() {
        for text in ["", "10.1.0/16", "eth0", "/8", "10.1.0.0 /16"] {
            let refused = matches!(text.parse::<Cidr>(), Err(CidrError::Address { .. }));
            assert!(refused, "{text}");
        }
        for (text, widest) in
            [("10.1.0.0/33", 32), ("::/129", 128), ("10.0.0.0/", 32), ("::/+1", 128)]
        {
            let error = text.parse::<Cidr>().unwrap_err();
            assert_eq!(error, CidrError::Length { text: text.into(), longest: widest });
        }
    }
}
