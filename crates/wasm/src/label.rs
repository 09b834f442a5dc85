//! Owns what the parts of a message are called in the tree, in the words of the RFCs.

use fingerpost_core::HeaderName;
use fingerpost_core::scan::TokenKind;

/// What stands around a part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Around {
    /// The first line.
    StartLine,
    /// The Request-URI.
    RequestUri,
    /// A header of this name.
    Header(HeaderName),
    /// The body.
    Body,
}

/// What a part of that kind is called there.
pub(crate) fn label(kind: TokenKind, around: Around) -> &'static str {
    match around {
        Around::StartLine | Around::RequestUri => of_start_line(kind, around),
        Around::Header(name) => of_header(kind, name),
        Around::Body => anywhere(kind),
    }
}

/// The parts of the Request-URI are called as the evidence of a phone calls them.
fn of_start_line(kind: TokenKind, around: Around) -> &'static str {
    match (kind, around) {
        (TokenKind::Uri, _) => "Request-URI",
        (TokenKind::Malformed, _) => "Request-URI (malformed)",
        (TokenKind::User, Around::RequestUri) => "Request-URI user",
        (TokenKind::Host, Around::RequestUri) => "Request-URI host",
        (TokenKind::Port, Around::RequestUri) => "Request-URI port",
        (TokenKind::Version, _) => "SIP version",
        _ => anywhere(kind),
    }
}

fn of_header(kind: TokenKind, header: HeaderName) -> &'static str {
    match (kind, header) {
        (TokenKind::Version, HeaderName::Via) => "SIP version",
        (TokenKind::Number, HeaderName::CSeq) => "sequence number",
        (TokenKind::Number, HeaderName::ContentLength) => "bytes",
        (TokenKind::Number, HeaderName::MaxForwards) => "hops",
        (TokenKind::Number, _) | (TokenKind::Time, HeaderName::Timestamp) => "seconds",
        (TokenKind::Host, HeaderName::Warning) => "agent",
        (
            TokenKind::Word,
            HeaderName::Authorization
            | HeaderName::ProxyAuthorization
            | HeaderName::WwwAuthenticate
            | HeaderName::ProxyAuthenticate,
        ) => "scheme",
        (TokenKind::Word, HeaderName::Allow) => "method",
        (TokenKind::Word, HeaderName::AllowEvents) => "event package",
        (
            TokenKind::Word,
            HeaderName::Supported
            | HeaderName::Require
            | HeaderName::ProxyRequire
            | HeaderName::Unsupported,
        ) => "option tag",
        _ => anywhere(kind),
    }
}

fn anywhere(kind: TokenKind) -> &'static str {
    match kind {
        TokenKind::Uri => "URI",
        TokenKind::StatusCode => "status",
        TokenKind::HeaderValue => "value",
        TokenKind::UriHeaders => "URI headers",
        TokenKind::UriRest => "rest of the URI",
        TokenKind::DisplayName => "display name",
        TokenKind::EventPackage => "event package",
        TokenKind::MediaType => "type",
        TokenKind::MediaSubtype => "subtype",
        TokenKind::WarnCode => "code",
        TokenKind::WarnText => "text",
        TokenKind::Trailing => "behind the message",
        kind => kind.name(),
    }
}

/// What a line of a session description is called by its letter (RFC 8866 §5).
pub(crate) fn sdp_line(letter: &str) -> &'static str {
    match letter {
        "v" => "version",
        "o" => "origin",
        "s" => "session name",
        "i" => "information",
        "u" => "URI",
        "e" => "e-mail",
        "p" => "telephone",
        "c" => "connection",
        "b" => "bandwidth",
        "t" => "time",
        "r" => "repeat times",
        "z" => "time zones",
        "k" => "key",
        "a" => "attribute",
        "m" => "media",
        _ => "unknown line",
    }
}

/// What the field number `index` of such a line is called, from 0.
pub(crate) fn sdp_field(letter: &str, index: usize) -> &'static str {
    let names: &[&str] = match letter {
        "o" => {
            &["user", "session id", "session version", "network type", "address type", "address"]
        }
        "c" => &["network type", "address type", "address"],
        "t" => &["start", "stop"],
        "m" => &["kind", "port", "protocol", "format"],
        _ => &["value"],
    };
    names.get(index).or(names.last()).copied().unwrap_or_default()
}
