//! Owns how bytes stand in JSON: as a text where they are one, else as hex digits.

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt::Write;

#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum Bytes {
    Text(String),
    Hex { hex: String },
}

pub(crate) fn serialize<S: Serializer>(bytes: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Bytes::Text(text.into()),
        Err(_) => Bytes::Hex { hex: to_hex(bytes) },
    }
    .serialize(serializer)
}

pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<u8>, D::Error> {
    match Bytes::deserialize(deserializer)? {
        Bytes::Text(text) => Ok(text.into_bytes()),
        Bytes::Hex { hex } => {
            of_hex(&hex).ok_or_else(|| D::Error::custom("expected pairs of hex digits"))
        }
    }
}

fn to_hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut hex, byte| {
        // Writing to a string cannot fail.
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

/// The bytes that pairs of hex digits stand for.
pub(super) fn of_hex(hex: &str) -> Option<Vec<u8>> {
    let is_hex = hex.len().is_multiple_of(2) && hex.bytes().all(|digit| digit.is_ascii_hexdigit());
    let pair = |at: usize| hex.get(at..at + 2).and_then(|pair| u8::from_str_radix(pair, 16).ok());
    is_hex.then(|| (0..hex.len()).step_by(2).map(pair).collect())?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_that_are_no_text_are_hex_digits() {
        let written = |bytes: &[u8]| {
            let json = serialize(bytes, serde_json::value::Serializer).unwrap();
            assert_eq!(deserialize(json.clone()).unwrap(), bytes);
            json
        };
        assert_eq!(written(b"a\r\n"), "a\r\n");
        assert_eq!(written(&[0xFF, 0x0A])["hex"], "ff0a");
        for bad in ["f", "zz", "+1", "ü"] {
            assert_eq!(of_hex(bad), None, "{bad}");
        }
    }
}
