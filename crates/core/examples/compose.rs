//! Writes a SIP message out of a template with `{{name}}` holes. Without a template on standard input it writes an
//! OPTIONS of its own.
//!
//!     cargo run -p fingerpost-core --example compose -- host=phone.example < template.sip
//!     cargo run -p fingerpost-core --example compose

#![allow(clippy::print_stdout, reason = "what it prints is all that it does")]

use fingerpost_core::build::{
    BuildError, HeaderValue, MessageTemplate, MessageTemplateError, NewRequest,
};
use fingerpost_core::{HeaderName, SeededEntropy};
use std::io::{IsTerminal, Read, Write};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let values: Vec<(&str, &str)> =
        arguments.iter().filter_map(|argument| argument.split_once('=')).collect();
    let mut template = String::new();
    if !std::io::stdin().is_terminal() {
        std::io::stdin().read_to_string(&mut template)?;
    }
    let bytes = if template.is_empty() { options()? } else { filled(&template, &values)? };
    std::io::stdout().write_all(&bytes)?;
    Ok(())
}

/// The template's message, each hole filled.
///
/// # Errors
/// [`MessageTemplateError`] with the place in the template.
pub fn filled(template: &str, values: &[(&str, &str)]) -> Result<Vec<u8>, MessageTemplateError> {
    MessageTemplate::parse(template)?.fill(values)
}

/// A request put together part by part.
///
/// # Errors
/// [`BuildError`] where a part cannot stand in a message.
pub fn options() -> Result<Vec<u8>, BuildError> {
    let local = ([192, 0, 2, 1], 5060).into();
    NewRequest::new("OPTIONS", "sip:phone.example", local)
        .with_from(HeaderValue::named("Front desk", "sip:desk@office.example"))
        .begin(&mut SeededEntropy::new(1))
        .value(HeaderName::Contact, HeaderValue::address(format!("sip:{local}")))
        .header(HeaderName::Accept, "application/sdp")
        .build()
}
