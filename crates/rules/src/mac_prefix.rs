//! Owns the beginnings of hardware addresses. Whole addresses are core's [`Mac`].

use fingerpost_core::pnp::Mac;
use std::str::FromStr;

/// The first 1 to 12 hex digits of a hardware address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct MacPrefix {
    value: u64,
    digits: u32,
}

/// The text is no beginning of a hardware address.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "{0:?} is not the beginning of a MAC address: expected 1 to 12 hex digits, plain or parted by ':', '-' or '.'"
)]
pub(crate) struct MacPrefixError(String);

impl MacPrefix {
    pub(crate) fn matches(&self, mac: Mac) -> bool {
        let whole = mac.bytes().iter().fold(0, |value, byte| value << 8 | u64::from(*byte));
        whole >> (4 * (12 - self.digits)) == self.value
    }
}

impl FromStr for MacPrefix {
    type Err = MacPrefixError;

    fn from_str(text: &str) -> Result<Self, MacPrefixError> {
        let plain = text.replace([':', '-', '.'], "");
        let digits = u32::try_from(plain.len()).ok().filter(|digits| (1..=12).contains(digits));
        let hex = plain.bytes().all(|byte| byte.is_ascii_hexdigit());
        let value = u64::from_str_radix(&plain, 16).ok().filter(|_| hex);
        let prefix = digits.zip(value).map(|(digits, value)| Self { value, digits });
        prefix.ok_or_else(|| MacPrefixError(text.into()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_prefix_is_read_in_any_spelling() {
        let mac = "00908f0a1b2c".parse().unwrap();
        let table = [
            ("00908f", true),
            ("00:90:8F", true),
            ("00-90-8f-0A-1B-2C", true),
            ("0090.8f0a.1b2c", true),
            ("0", true),
            ("00908f0", true),
            ("00908f1", false),
            ("00908e", false),
            ("00:90:8f:", true),
        ];
        for (text, matches) in table {
            assert_eq!(text.parse::<MacPrefix>().unwrap().matches(mac), matches, "{text}");
        }
    }

    #[test]
    fn what_is_no_prefix_is_refused() {
        for text in ["", ":", "00908g", "00908f0a1b2c3", "00 90", "0x0090", "é"] {
            assert!(text.parse::<MacPrefix>().is_err(), "{text}");
        }
    }
}
