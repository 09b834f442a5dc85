//! sip-header: a library of header values; no body framing.

use crate::peer::{Layer, Peer, is_read};
use sip_header::{
    FaultCode, ParseError, SipHeader as Name, SipHeaderLookup, SipMessageHeaders,
    extract_request_line,
};
use std::hint::black_box;

pub struct SipHeader;

impl Peer for SipHeader {
    fn name(&self) -> &'static str {
        "sip-header"
    }

    fn read(&self, layer: Layer, bytes: &[u8]) -> Option<bool> {
        if layer == Layer::Inspect {
            return None;
        }
        let Ok(text) = std::str::from_utf8(bytes) else { return Some(false) };
        let mut taken = text.starts_with("SIP/") || request_line(text, layer);
        let headers = SipMessageHeaders::new(text);
        if layer == Layer::Typed {
            taken &= typed(&headers);
        }
        black_box(&headers);
        Some(taken)
    }
}

fn request_line(text: &str, layer: Layer) -> bool {
    match extract_request_line(text) {
        Ok(Some(line)) => layer == Layer::Shallow || is_read(&line.uri_with_warnings()),
        _ => false,
    }
}

fn typed(headers: &SipMessageHeaders) -> bool {
    let mut seen: Vec<Name> = Vec::with_capacity(headers.len());
    let mut taken = true;
    for (name, _) in headers.iter() {
        let Ok(name) = Name::parse_name(name) else { continue };
        if seen.contains(&name) {
            continue;
        }
        seen.push(name);
        let value = headers.parse_typed(name);
        taken &= is_read(&value)
            || match value {
                // It has no type for this header.
                Err(ParseError::Malformed(fault)) => fault.code == FaultCode::WrongHeader,
                _ => false,
            };
    }
    taken
}
