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
}

/// What a part of that kind is called there.
pub(crate) fn label(kind: TokenKind, around: Around) -> &'static str {
    match around {
        Around::StartLine | Around::RequestUri => of_start_line(kind, around),
        Around::Header(name) => of_header(kind, name),
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
        (TokenKind::Number, _) => "seconds",
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
        TokenKind::Trailing => "behind the message",
        kind => kind.name(),
    }
}
