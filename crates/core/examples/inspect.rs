//! Reads one SIP message from a file or standard input and says what is in it and what is wrong with it.
//!
//!     cargo run -p fingerpost-core --example inspect -- message.sip

#![allow(clippy::print_stdout, reason = "what it prints is all that it does")]

use fingerpost_core::check::{Context, check};
use fingerpost_core::explain::explain;
use fingerpost_core::message::ParseError;
use fingerpost_core::scan::TokenKind;
use fingerpost_core::{Message, Text};
use std::fmt::Write as _;
use std::io::Read;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut bytes = Vec::new();
    match std::env::args().nth(1) {
        Some(file) => std::fs::File::open(file)?.read_to_end(&mut bytes)?,
        None => std::io::stdin().read_to_end(&mut bytes)?,
    };
    print!("{}", inspect(&bytes)?);
    Ok(())
}

/// One line a value, with its place and what it says; then one a finding.
///
/// # Errors
/// [`ParseError`] where the bytes are no message.
pub fn inspect(bytes: &[u8]) -> Result<String, ParseError> {
    let message = Message::parse(bytes)?;
    let mut text = String::new();
    for token in message.tape().leaves().filter(|token| !is_punctuation(token.kind)) {
        let value = Text::new(token.span.slice(bytes).unwrap_or_default());
        let words = explain(&message, token.span.start).map(|said| said.words).unwrap_or_default();
        let (start, kind) = (token.span.start, token.kind.name());
        let _ = writeln!(text, "{start:>5} {kind:<14} {}  {words}", value.unfolded());
    }
    for finding in check(&message, &Context::default()) {
        let reference = finding.rule.reference.map(|rfc| rfc.to_string()).unwrap_or_default();
        let (severity, start) = (finding.severity, finding.span.start);
        let _ = writeln!(text, "{severity} at byte {start}: {} ({reference})", finding.message);
    }
    Ok(text)
}

fn is_punctuation(kind: TokenKind) -> bool {
    matches!(kind, TokenKind::Whitespace | TokenKind::LineEnd | TokenKind::Separator)
}
