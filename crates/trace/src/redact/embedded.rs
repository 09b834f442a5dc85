//! Owns secrets inside text that has no grammar in core: URLs and SIP addresses with what is in them, and the words of a
//! shape.

use super::{Kind, shape};
use fingerpost_core::Span;
use fingerpost_core::typed::Uri;

/// What stands before the addresses that are read.
const SCHEMES: [&[u8]; 9] = [
    b"sips:",
    b"sip:",
    b"tel:",
    b"https://",
    b"http://",
    b"tftp://",
    b"ftp://",
    b"wss://",
    b"ws://",
];
/// Longer runs of letters and digits in a path are tokens.
const LONG: usize = 16;

/// The secrets in a text, in order, none of which overlaps another.
pub(super) fn secrets(text: &[u8]) -> Vec<(Span, Kind)> {
    let mut found: Vec<(Span, Kind)> = Vec::new();
    for (start, scheme) in starts(text) {
        let end = start + text[start..].iter().take_while(|byte| !is_end(**byte)).count();
        let whole = Span::new(start, end);
        let inside =
            if scheme.ends_with(b"//") { url(text, whole, scheme.len()) } else { sip(text, whole) };
        add(&mut found, inside);
    }
    add(&mut found, shape::words(text));
    found.sort_by_key(|(span, _)| span.start);
    found
}

fn add(found: &mut Vec<(Span, Kind)>, more: Vec<(Span, Kind)>) {
    for (span, kind) in more.into_iter().filter(|(span, _)| !span.is_empty()) {
        if !found.iter().any(|(other, _)| shape::overlaps(*other, span)) {
            found.push((span, kind));
        }
    }
}

fn starts(text: &[u8]) -> Vec<(usize, &'static [u8])> {
    let colons = memchr::memchr_iter(b':', text);
    let scheme = |colon: usize| {
        SCHEMES.iter().find_map(|scheme| {
            let name = scheme.iter().position(|byte| *byte == b':')?;
            let start = colon.checked_sub(name)?;
            let is_free = start == 0 || !text[start - 1].is_ascii_alphanumeric();
            let there = text.get(start..start + scheme.len())?;
            (is_free && there.eq_ignore_ascii_case(scheme)).then_some((start, *scheme))
        })
    };
    colons.filter_map(scheme).collect()
}

fn is_end(byte: u8) -> bool {
    byte.is_ascii_whitespace()
        || matches!(byte, b'<' | b'>' | b'"' | b'\'' | b',' | b'{' | b'}' | b'|' | b'\\')
}

/// What core reads out of a SIP or tel URI.
fn sip(text: &[u8], whole: Span) -> Vec<(Span, Kind)> {
    let bytes = &text[whole.start..whole.end];
    let place = |part: &[u8]| {
        let start = whole.start + (part.as_ptr() as usize).saturating_sub(bytes.as_ptr() as usize);
        Span::new(start, start + part.len())
    };
    match Uri::parse(bytes) {
        Ok(Uri::Sip(uri)) => {
            let user = uri.user.map(|user| (place(user.as_bytes()), user_kind(user.as_bytes())));
            let password = uri.password.map(|word| (place(word.as_bytes()), Kind::Credential));
            let host = (place(uri.host_port.host.text.as_bytes()), Kind::Host);
            let host = (shape::ip(uri.host_port.host.text.as_bytes()).is_none()).then_some(host);
            user.into_iter().chain(password).chain(host).collect()
        }
        Ok(_) => number(text, whole).into_iter().collect(),
        Err(_) => Vec::new(),
    }
}

/// The number behind a scheme, up to its parameters.
pub(super) fn number(text: &[u8], whole: Span) -> Option<(Span, Kind)> {
    let bytes = &text[whole.start..whole.end];
    let colon = memchr::memchr(b':', bytes)?;
    let length =
        bytes[colon + 1..].iter().take_while(|byte| !matches!(byte, b';' | b'?' | b'@')).count();
    let span = Span::new(whole.start + colon + 1, whole.start + colon + 1 + length);
    shape::is_number(&text[span.start..span.end]).then_some((span, Kind::Number))
}

pub(super) fn user_kind(user: &[u8]) -> Kind {
    if shape::is_number(user) { Kind::Number } else { Kind::User }
}

/// Who and where in a URL: user and password, host, values of the query, long words in the path.
pub(super) fn url(text: &[u8], whole: Span, scheme: usize) -> Vec<(Span, Kind)> {
    let start = whole.start + scheme;
    let rest = &text[start..whole.end];
    let authority = rest.iter().take_while(|byte| !matches!(byte, b'/' | b'?' | b'#')).count();
    let mut found = Vec::new();
    let host = match memchr::memrchr(b'@', &rest[..authority]) {
        Some(at) => {
            found.extend(
                login(&rest[..at]).into_iter().map(|(span, kind)| (shifted(span, start), kind)),
            );
            at + 1
        }
        None => 0,
    };
    let name = without_port(&rest[host..authority]);
    if !name.is_empty() && shape::words(name).is_empty() && !name.starts_with(b"[") {
        found.push((Span::new(start + host, start + host + name.len()), Kind::Host));
    }
    let path = &rest[authority..];
    found.extend(
        tokens(path).into_iter().map(|span| (shifted(span, start + authority), Kind::Token)),
    );
    found
}

fn shifted(span: Span, by: usize) -> Span {
    Span::new(span.start + by, span.end + by)
}

fn without_port(host: &[u8]) -> &[u8] {
    match memchr::memrchr(b':', host) {
        Some(colon) if host[colon + 1..].iter().all(u8::is_ascii_digit) => &host[..colon],
        _ => host,
    }
}

fn login(text: &[u8]) -> Vec<(Span, Kind)> {
    let colon = memchr::memchr(b':', text).unwrap_or(text.len());
    let mut found = vec![(Span::new(0, colon), user_kind(&text[..colon]))];
    if colon < text.len() {
        found.push((Span::new(colon + 1, text.len()), Kind::Credential));
    }
    found
}

/// The values of the query, and the words of the path that nobody made up; names of files stay.
fn tokens(path: &[u8]) -> Vec<Span> {
    let query = memchr::memchr(b'?', path).unwrap_or(path.len());
    let mut found = Vec::new();
    let mut at = 0;
    for piece in path[..query].split(|byte| *byte == b'/') {
        let has_digit = piece.iter().any(u8::is_ascii_digit);
        let is_word = piece
            .iter()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'='));
        if piece.len() >= LONG && has_digit && is_word && !shape::is_uuid(piece) {
            found.push(Span::new(at, at + piece.len()));
        }
        at += piece.len() + 1;
    }
    at = query + 1;
    for pair in
        path.get(query + 1..).unwrap_or_default().split(|byte| matches!(byte, b'&' | b';' | b'#'))
    {
        if let Some(equals) = memchr::memchr(b'=', pair) {
            let value = Span::new(at + equals + 1, at + pair.len());
            if shape::words(&pair[equals + 1..]).is_empty() {
                found.push(value);
            }
        }
        at += pair.len() + 1;
    }
    found
}
