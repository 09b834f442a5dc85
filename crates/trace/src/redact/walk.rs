//! Owns the way through a message: which of core's tokens are secrets by their place, and which are text that may hold
//! some.

use super::body;
use super::embedded::user_kind;
use super::{Kind, shape};
use fingerpost_core::message::Header;
use fingerpost_core::scan::{Token, TokenKind};
use fingerpost_core::typed::NameAddr;
use fingerpost_core::{HeaderName, Limits, Message, Span, Text};

/// A place in a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// All of it is a secret of this kind.
    Secret(Span, Kind),
    /// Secrets may stand in it.
    Text(Span),
}

/// Parameters that are the secrets of a digest, or derived from one.
const DIGEST: [&str; 6] = ["response", "nonce", "cnonce", "opaque", "rspauth", "nextnonce"];
/// What the names of headers of one's own hold that carry secrets.
const SECRET_NAMES: [&str; 8] =
    ["token", "secret", "password", "cookie", "api-key", "apikey", "identity", "auth"];

pub(super) fn read(message: &[u8]) -> Option<Message<'_>> {
    let unlimited = Limits::default()
        .with_message(usize::MAX)
        .with_headers(usize::MAX)
        .with_header_bytes(usize::MAX);
    Message::parse_within(message, &unlimited).ok()
}

/// The places of a message, in order and without overlap. What core cannot read is text.
pub(super) fn places(bytes: &[u8]) -> Vec<Place> {
    let Some(message) = read(bytes) else {
        return vec![Place::Text(Span::new(0, bytes.len()))];
    };
    let tape = message.tape();
    let mut walk = Walk { bytes, places: Vec::new(), param: &[], is_secret_header: false };
    let mut headers = message.headers().peekable();
    let mut header: Option<Header<'_>> = None;
    for token in tape.leaves() {
        while headers.peek().is_some_and(|next| next.line_span().start <= token.span.start) {
            header = headers.next();
            walk.is_secret_header = header.is_some_and(|header| is_secret(&header));
            walk.param = &[];
        }
        walk.take(token, header.filter(|_| token.span.end <= message.head_span().end));
    }
    walk.places
}

fn is_secret(header: &Header<'_>) -> bool {
    let name = header.canonical_name().to_ascii_lowercase();
    header.name() == HeaderName::Other && SECRET_NAMES.iter().any(|word| name.contains(word))
}

/// What a phone says of its make in its Event (RFC 6080 §6.2).
fn is_product(header: Option<Header<'_>>, param: &[u8]) -> bool {
    let names = ["vendor", "model", "version"];
    header.is_some_and(|header| header.name() == HeaderName::Event)
        && names.iter().any(|name| param.eq_ignore_ascii_case(name.as_bytes()))
}

struct Walk<'a> {
    bytes: &'a [u8],
    places: Vec<Place>,
    /// The name of the parameter that is read.
    param: &'a [u8],
    is_secret_header: bool,
}

impl<'a> Walk<'a> {
    fn take(&mut self, token: &Token, header: Option<Header<'a>>) {
        let (span, text) = (token.span, token.span.slice(self.bytes).unwrap_or_default());
        let is_product = |header: Header<'_>| {
            matches!(header.name(), HeaderName::UserAgent | HeaderName::Server)
        };
        if header.is_some_and(is_product) {
            return self.product(span);
        }
        match token.kind {
            TokenKind::User => self.user(span, text),
            TokenKind::Password => self.secret(span, Kind::Credential),
            TokenKind::Host => self.host(span, text),
            TokenKind::DisplayName => self.quoted(span, Kind::Name),
            TokenKind::ParamName => self.param = text,
            TokenKind::ParamValue => self.value(span, header),
            TokenKind::UriRest => self.uri_rest(span, text),
            TokenKind::HeaderValue if !self.is_secret_header => self.opaque(span, text),
            TokenKind::HeaderValue if self.is_secret_header => self.secret(span, Kind::Credential),
            TokenKind::SdpField => self.places.extend(body::session_field(self.bytes, span)),
            TokenKind::Whitespace
            | TokenKind::LineEnd
            | TokenKind::Separator
            | TokenKind::HeaderName
            | TokenKind::Method
            | TokenKind::Number => {}
            _ => self.places.push(Place::Text(span)),
        }
    }

    fn secret(&mut self, span: Span, kind: Kind) {
        self.places.push(Place::Secret(span, kind));
    }

    /// A user that holds a hardware address, as phones ask for their configuration with, keeps what stands around it.
    fn user(&mut self, span: Span, text: &[u8]) {
        let is_mac = shape::words(text).iter().any(|(_, kind)| *kind == Kind::Mac)
            || text.len() >= 17 && text[..6].eq_ignore_ascii_case(b"MAC%3a");
        match text.iter().position(|byte| *byte == b'%').filter(|_| is_mac) {
            Some(percent) if text.len() > percent + 3 => {
                self.places.push(Place::Text(Span::new(span.start + percent + 3, span.end)));
            }
            _ if is_mac => self.places.push(Place::Text(span)),
            _ => self.secret(span, user_kind(text)),
        }
    }

    fn host(&mut self, span: Span, text: &[u8]) {
        let bare = text.strip_prefix(b"[").and_then(|text| text.strip_suffix(b"]"));
        match (bare, shape::ip(bare.unwrap_or(text))) {
            (Some(_), Some(_)) => {
                self.secret(Span::new(span.start + 1, span.end - 1), Kind::Address);
            }
            (None, Some(_)) => self.secret(span, Kind::Address),
            _ => self.secret(span, Kind::Host),
        }
    }

    /// What stands between the quotation marks, where there are some.
    fn quoted(&mut self, span: Span, kind: Kind) {
        let text = span.slice(self.bytes).unwrap_or_default();
        let is_quoted = text.len() >= 2 && text.starts_with(b"\"") && text.ends_with(b"\"");
        let inner = if is_quoted { Span::new(span.start + 1, span.end - 1) } else { span };
        let content = inner.slice(self.bytes).unwrap_or_default();
        if !content.trim_ascii().is_empty() {
            self.secret(inner, kind);
        }
    }

    fn value(&mut self, span: Span, header: Option<Header<'a>>) {
        let is = |name: &str| self.param.eq_ignore_ascii_case(name.as_bytes());
        let is_login = header.is_some_and(|header| {
            let name = header.canonical_name().to_ascii_lowercase();
            name.contains("auth")
        });
        match () {
            () if is_login && is("username") => {
                let text = span.slice(self.bytes).unwrap_or_default();
                let inner = text.strip_prefix(b"\"").and_then(|text| text.strip_suffix(b"\""));
                self.quoted(span, user_kind(inner.unwrap_or(text)));
            }
            () if is_login && is("realm") => self.quoted(span, Kind::Host),
            () if is_login && DIGEST.iter().any(|name| is(name)) => {
                self.quoted(span, Kind::Credential);
            }
            () if header.is_none() => {
                self.places.extend(body::attribute(self.bytes, span, self.param));
            }
            () if is_product(header, self.param) => self.product(span),
            () if is("phone-context") || is("maddr") || is("domain") => self.place_name(span),
            () => self.places.push(Place::Text(span)),
        }
    }

    /// A header without a grammar of its own can hold a name and an address all the same, as Remote-Party-ID does.
    fn opaque(&mut self, span: Span, text: &[u8]) {
        let name = NameAddr::parse(text).ok().and_then(|address| address.display_name);
        let Some(name) = name.map(Text::as_bytes).filter(|name| !name.is_empty()) else {
            return self.places.push(Place::Text(span));
        };
        let before = (name.as_ptr() as usize).saturating_sub(text.as_ptr() as usize);
        let start = (span.start + before).min(span.end);
        let end = (start + name.len()).min(span.end);
        self.quoted(Span::new(start, end), Kind::Name);
        self.places.push(Place::Text(Span::new(end, span.end)));
    }

    /// `tel:` and URLs.
    fn uri_rest(&mut self, span: Span, text: &[u8]) {
        let number = text.iter().take_while(|byte| **byte != b';').count();
        if shape::is_number(&text[..number]) {
            self.secret(Span::new(span.start, span.start + number), Kind::Number);
            return self.telephone_params(Span::new(span.start + number, span.end));
        }
        if !text.starts_with(b"//") {
            return self.places.push(Place::Text(span));
        }
        let mut at = span.start;
        for (inside, kind) in super::embedded::url(self.bytes, span, 2) {
            self.places.push(Place::Text(Span::new(at, inside.start.max(at))));
            self.secret(inside, kind);
            at = inside.end;
        }
        self.places.push(Place::Text(Span::new(at, span.end.max(at))));
    }

    /// Of the parameters of a number, `phone-context` says where it is valid (RFC 3966 §5.1.5).
    fn telephone_params(&mut self, span: Span) {
        const NAME: &[u8] = b"phone-context=";
        let text = span.slice(self.bytes).unwrap_or_default();
        let Some(name) = memchr::memmem::find(text, NAME) else {
            return self.places.push(Place::Text(span));
        };
        let start = span.start + name + NAME.len();
        let value = &self.bytes[start..span.end];
        let end = start + value.iter().take_while(|byte| **byte != b';').count();
        self.places.push(Place::Text(Span::new(span.start, start)));
        self.place_name(Span::new(start, end));
        self.places.push(Place::Text(Span::new(end, span.end)));
    }

    /// A host, or the start of a number.
    fn place_name(&mut self, span: Span) {
        let text = span.slice(self.bytes).unwrap_or_default();
        if shape::is_number(text) && shape::ip(text).is_none() {
            self.secret(span, Kind::Number);
        } else {
            self.host(span, text);
        }
    }

    /// What a program says of itself: its version can look like an address and is none.
    fn product(&mut self, span: Span) {
        let text = span.slice(self.bytes).unwrap_or_default();
        for (inside, kind) in shape::words(text) {
            if matches!(kind, Kind::Mac | Kind::Instance) {
                self.secret(Span::new(span.start + inside.start, span.start + inside.end), kind);
            }
        }
    }
}
