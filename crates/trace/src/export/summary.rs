//! Owns what stands in one line for a message: its start line in few words, its ends, its time.

use crate::Found;
use fingerpost_core::message::StartLine;
use fingerpost_core::{HeaderName, Message};
use std::net::SocketAddr;

/// `INVITE sip:200@pbx.example`, `486 Busy Here to INVITE`.
pub(super) fn title(message: Option<&Message<'_>>) -> String {
    let Some(message) = message else { return "unreadable".into() };
    match message.start_line() {
        StartLine::Request(line) => format!("{} {}", line.method, line.uri),
        StartLine::Status(line) => match message.method() {
            Some(method) => format!("{} {} to {method}", line.code, line.reason),
            None => format!("{} {}", line.code, line.reason),
        },
    }
}

pub(super) fn time(found: &Found) -> String {
    found.origin.time.map(|time| time.to_string()).unwrap_or_default()
}

pub(super) fn end(address: Option<SocketAddr>) -> String {
    address.map(|address| address.to_string()).unwrap_or_default()
}

/// The value of a header on one line; empty where there is none.
pub(super) fn header(message: Option<&Message<'_>>, name: HeaderName) -> String {
    let header = message.and_then(|message| message.header(name));
    header.map(|header| header.value().unfolded().into_owned()).unwrap_or_default()
}
