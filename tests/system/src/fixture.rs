//! Messages of the corpus, and changes to them.

use crate::sip::Sip;
use anyhow::{Context, Result, ensure};
use std::path::{Path, PathBuf};

/// The repository's folder: where Cargo runs the test, else where the test was built.
#[must_use]
pub fn repository() -> PathBuf {
    let package = std::env::var_os("CARGO_MANIFEST_DIR");
    Path::new(&package.unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into())).join("../..")
}

/// A file of `tests/corpus/`.
pub fn corpus(name: &str) -> Result<Vec<u8>> {
    let path = repository().join("tests/corpus").join(name);
    std::fs::read(&path).with_context(|| format!("{} cannot be read", path.display()))
}

/// The SUBSCRIBE of the AudioCodes manual, as a phone at `address` (port 5060) sends it.
pub fn manual_subscribe(address: &str) -> Result<Vec<u8>> {
    let message = corpus("manual/subscribe.sip")?;
    if address == "10.13.2.37" { Ok(message) } else { replaced(&message, "10.13.2.37", address) }
}

/// The message with every `old` turned into `new`; an error where there is none.
pub fn replaced(message: &[u8], old: &str, new: &str) -> Result<Vec<u8>> {
    let text = std::str::from_utf8(message)?;
    ensure!(text.contains(old), "the message holds no {old:?}");
    Ok(text.replace(old, new).into_bytes())
}

/// The message without its header `name`.
pub fn without(message: &[u8], name: &str) -> Result<Vec<u8>> {
    let text = std::str::from_utf8(message)?;
    let start = format!("{name}: ");
    let kept: Vec<&str> =
        text.split_inclusive("\r\n").filter(|line| !line.starts_with(&start)).collect();
    let kept = kept.concat();
    ensure!(kept.len() < text.len(), "the message holds no header {name}");
    Ok(kept.into_bytes())
}

/// The message with one more header line, after its start line.
pub fn with_header(message: &[u8], header: &str) -> Result<Vec<u8>> {
    let text = std::str::from_utf8(message)?;
    let (start, rest) = text.split_once("\r\n").context("the message has one line only")?;
    Ok(format!("{start}\r\n{header}\r\n{rest}").into_bytes())
}

/// The manual's SUBSCRIBE again, which asked for two seconds, in the dialog that `ok` made.
pub fn refreshed(asked: &[u8], ok: &[u8], number: u32, expires: u32) -> Result<Vec<u8>> {
    let to = format!("To: {}", Sip::read(ok)?.only("To")?);
    let text = replaced(asked, "To: <sip:224.0.1.75:5060>", &to)?;
    let text = replaced(&text, "CSeq: 1 ", &format!("CSeq: {number} "))?;
    let text = replaced(&text, "branch=z9hG4bK", &format!("branch=z9hG4bK{number}"))?;
    replaced(&text, "Expires: 2", &format!("Expires: {expires}"))
}
