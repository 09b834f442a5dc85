//! Owns [`Mac`]: a 48-bit hardware address and the spellings phones use for it.

use core::fmt;
use core::str::FromStr;

/// A hardware address. Shown as 12 lower-case hex digits without separators.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Mac([u8; 6]);

/// The text is not six bytes of hex digits, plain or parted by `:`, `-` or `.`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a MAC address: expected 12 hex digits, plain or parted by ':' or '-'")]
#[non_exhaustive]
pub struct MacError;

impl Mac {
    /// The address made of these six bytes.
    #[must_use]
    pub const fn new(bytes: [u8; 6]) -> Self {
        Self(bytes)
    }

    /// The six bytes.
    #[must_use]
    pub const fn bytes(self) -> [u8; 6] {
        self.0
    }

    /// The first three bytes: who made the device.
    #[must_use]
    pub const fn oui(self) -> [u8; 3] {
        [self.0[0], self.0[1], self.0[2]]
    }

    /// Whether the address can be a phone's: not zero, not broadcast, no group bit.
    #[must_use]
    pub fn is_unicast(self) -> bool {
        self.0 != [0; 6] && self.0[0] & 1 == 0
    }

    /// Reads 12 hex digits, plain or with one separator (`:` or `-`) between pairs.
    ///
    /// # Errors
    /// [`MacError`] for anything else.
    pub fn parse(text: &[u8]) -> Result<Self, MacError> {
        let step = match text.len() {
            12 => 2,
            17 => 3,
            _ => return Err(MacError),
        };
        let mut bytes = [0; 6];
        for (index, byte) in bytes.iter_mut().enumerate() {
            let at = index * step;
            *byte = hex_pair(text[at], text[at + 1]).ok_or(MacError)?;
            if step == 3 && index < 5 && text[at + 2] != text[2] {
                return Err(MacError);
            }
        }
        (step == 2 || matches!(text[2], b':' | b'-')).then_some(Self(bytes)).ok_or(MacError)
    }
}

fn hex_pair(high: u8, low: u8) -> Option<u8> {
    let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|d| u8::try_from(d).ok());
    Some(digit(high)? << 4 | digit(low)?)
}

impl fmt::Display for Mac {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::UpperHex for Mac {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02X}"))
    }
}

impl fmt::Debug for Mac {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Mac({self})")
    }
}

impl FromStr for Mac {
    type Err = MacError;

    fn from_str(text: &str) -> Result<Self, MacError> {
        Self::parse(text.as_bytes())
    }
}

#[cfg(feature = "serde")]
impl serde::Serialize for Mac {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(feature = "serde")]
impl<'de> serde::Deserialize<'de> for Mac {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = alloc::string::String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::ToString;

    #[test]
    fn reads_plain_colon_and_hyphen_spellings() {
        for text in ["00908f0a1b2c", "00:90:8F:0a:1b:2c", "00-90-8f-0A-1B-2C"] {
            assert_eq!(text.parse::<Mac>().unwrap().to_string(), "00908f0a1b2c", "{text}");
        }
    }

    #[test]
    fn refuses_mixed_separators_and_wrong_lengths() {
        for text in ["", "00908f0a1b2", "00:90-8f:0a:1b:2c", "00 90 8f 0a 1b 2c", "zz908f0a1b2c"] {
            assert!(text.parse::<Mac>().is_err(), "{text}");
        }
    }
}
