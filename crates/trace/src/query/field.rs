//! Owns the fields of a filter: their names, and what a message has of each.

use super::Subject;
use fingerpost_core::HeaderName;
use fingerpost_core::message::StartLine;
use std::net::SocketAddr;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Field {
    Method,
    Status,
    RequestLine,
    StatusLine,
    RequestUri,
    Body,
    Header(String),
    /// Of source and destination, whichever are meant.
    Address(Ends),
    Port(Ends),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ends {
    Both,
    Source,
    Destination,
}

const PREFIXES: [&str; 3] = ["sip.", "ip.", "udp."];

/// Whether `word` is written as a field is.
pub(super) fn is_field(word: &str) -> bool {
    let lower = word.to_ascii_lowercase();
    PREFIXES.iter().any(|prefix| lower.strip_prefix(prefix).is_some_and(|rest| !rest.is_empty()))
        && !word.contains(['@', '/', ':'])
}

impl Field {
    pub(super) fn named(word: &str) -> Option<Self> {
        let lower = word.to_ascii_lowercase();
        Some(match lower.as_str() {
            "sip.method" => Self::Method,
            "sip.status-code" => Self::Status,
            "sip.request-line" => Self::RequestLine,
            "sip.status-line" => Self::StatusLine,
            "sip.r-uri" => Self::RequestUri,
            "sip.msg_body" => Self::Body,
            "ip.addr" => Self::Address(Ends::Both),
            "ip.src" => Self::Address(Ends::Source),
            "ip.dst" => Self::Address(Ends::Destination),
            "udp.port" => Self::Port(Ends::Both),
            "udp.srcport" => Self::Port(Ends::Source),
            "udp.dstport" => Self::Port(Ends::Destination),
            other => Self::Header(other.strip_prefix("sip.")?.to_owned()),
        })
    }

    /// Every value that `subject` has of it.
    pub(super) fn values(&self, subject: &Subject<'_>) -> Vec<String> {
        match self {
            Self::Address(ends) => {
                ends.of(subject).iter().map(|end| end.ip().to_string()).collect()
            }
            Self::Port(ends) => ends.of(subject).iter().map(|end| end.port().to_string()).collect(),
            _ => self.of_message(subject).unwrap_or_default(),
        }
    }

    fn of_message(&self, subject: &Subject<'_>) -> Option<Vec<String>> {
        let message = subject.message.as_ref()?;
        let one = |text: fingerpost_core::Text<'_>| vec![text.unfolded().into_owned()];
        match (self, message.start_line()) {
            (Self::Method, StartLine::Request(line)) => Some(one(line.method)),
            (Self::RequestLine, StartLine::Request(line)) => Some(one(line.line)),
            (Self::RequestUri, StartLine::Request(line)) => Some(one(line.uri)),
            (Self::Status, StartLine::Status(line)) => Some(one(line.code)),
            (Self::StatusLine, StartLine::Status(line)) => Some(one(line.line)),
            (Self::Body, _) => Some(vec![message.body().to_str().into_owned()])
                .filter(|_| !message.body().is_empty()),
            (Self::Header(name), _) => Some(headers(message, name)),
            _ => None,
        }
    }
}

fn headers(message: &fingerpost_core::Message<'_>, name: &str) -> Vec<String> {
    let known = HeaderName::of(name.as_bytes());
    let is_meant = |header: &fingerpost_core::Header<'_>| match known {
        HeaderName::Other => header.raw_name().is(name),
        known => header.name() == known,
    };
    let meant = message.headers().filter(is_meant);
    meant.map(|header| header.value().unfolded().into_owned()).collect()
}

impl Ends {
    fn of(self, subject: &Subject<'_>) -> Vec<SocketAddr> {
        let (source, destination) = (subject.source, subject.destination);
        let ends = match self {
            Self::Both => [source, destination],
            Self::Source => [source, None],
            Self::Destination => [None, destination],
        };
        ends.into_iter().flatten().collect()
    }
}
