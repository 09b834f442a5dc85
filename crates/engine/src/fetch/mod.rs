//! Owns following a URL as a phone does: which files it asks for, and what came. Bounded in time and size; keeps nothing.

mod habit;
mod http;
mod target;
mod tftp;

use crate::phone::Phone;
use serde::Serialize;
use std::net::Ipv4Addr;
use std::time::{Duration, Instant};
use target::{Target, targets};

/// How much of one file is fetched, in bytes, and for how long.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct FetchLimits {
    /// Bytes; default 16 MiB.
    pub size: usize,
    /// From the first packet to the last; default 10 s.
    pub time: Duration,
}

impl Default for FetchLimits {
    fn default() -> Self {
        Self { size: 16 << 20, time: Duration::from_secs(10) }
    }
}

/// What came of one file.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Fetched {
    /// `firmware`, `configuration` (of `AudioCodes` phones, who ask for both) or `file`.
    pub what: String,
    /// The URL that was asked for.
    pub url: String,
    /// What the phone made of the URL that it was told, in words; `None` where it takes it as it is.
    pub explanation: Option<String>,
    /// Whether the file came: HTTP 2xx, or a TFTP transfer.
    pub ok: bool,
    /// What the server said: `200 OK`, `error 1: file not found`; `None` where it said nothing.
    pub status: Option<String>,
    /// Bytes that came.
    pub size: usize,
    /// Whether it is longer than what was fetched of it.
    pub cut: bool,
    /// Of HTTP.
    pub content_type: Option<String>,
    /// The first bytes as text; where they are none, as hex digits behind `hex:`.
    pub beginning: String,
    /// Why nothing came, in words.
    pub error: Option<String>,
    /// Milliseconds that it took.
    pub ms: f64,
}

/// What a server sent for one file.
#[derive(Debug, Default)]
struct Reply {
    ok: bool,
    status: Option<String>,
    content: Vec<u8>,
    cut: bool,
    content_type: Option<String>,
}

/// Follows `url` as `phone` does, from `own` (an address of this machine): one file after the other. Never empty.
///
/// # Panics
/// Outside a tokio runtime with its I/O and time drivers enabled.
pub async fn fetch(url: &str, phone: &Phone, own: Ipv4Addr, limits: FetchLimits) -> Vec<Fetched> {
    let mut fetched = Vec::new();
    for target in targets(url, phone) {
        let begun = Instant::now();
        let came = follow(&target.url, own, limits).await;
        fetched.push(told(target, came, begun.elapsed()));
    }
    fetched
}

async fn follow(url: &str, own: Ipv4Addr, limits: FetchLimits) -> Result<Reply, String> {
    let (scheme, rest) = url.split_once("://").unwrap_or(("", url));
    match scheme.to_ascii_lowercase().as_str() {
        "http" => http::fetch(url.into(), limits).await,
        "tftp" => tftp::fetch(rest, own, limits).await,
        "https" => Err(
            "https is not followed here: whether the phone trusts the certificate only the phone knows; try curl"
                .into(),
        ),
        other => Err(format!("{other:?} is not followed here: only http and tftp are")),
    }
}

/// So many bytes show what it is.
const BEGINNING: usize = 160;

/// A firmware image as text would be noise.
const BEGINNING_IN_HEX: usize = 32;

fn beginning(content: &[u8]) -> String {
    let beginning = &content[..content.len().min(BEGINNING)];
    let is_text = |byte: &u8| !byte.is_ascii_control() || b"\t\r\n\x1b".contains(byte);
    if beginning.iter().all(is_text) {
        return String::from_utf8_lossy(beginning).into_owned();
    }
    let digits = beginning.iter().take(BEGINNING_IN_HEX).map(|byte| format!(" {byte:02x}"));
    std::iter::once("hex:".into()).chain(digits).collect()
}

fn told(target: Target, came: Result<Reply, String>, took: Duration) -> Fetched {
    let (reply, error) = match came {
        Ok(reply) => (reply, None),
        Err(error) => (Reply::default(), Some(error)),
    };
    Fetched {
        what: target.what.into(),
        url: target.url,
        explanation: target.explanation,
        ok: reply.ok,
        status: reply.status,
        size: reply.content.len(),
        cut: reply.cut,
        content_type: reply.content_type,
        beginning: beginning(&reply.content),
        error,
        // Microseconds are as fine as the clock is honest.
        ms: (took.as_secs_f64() * 1e6).round() / 1e3,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_begins_as_text_and_everything_else_in_hex() {
        assert_eq!(beginning("<x/>\r\nü".as_bytes()), "<x/>\r\nü");
        assert_eq!(beginning(b"\x7fELF\0"), "hex: 7f 45 4c 46 00");
        assert_eq!(beginning(&[0; 999]).len(), 4 + 3 * 32);
        assert_eq!(beginning(&[b'a'; 999]).len(), 160);
    }
}
