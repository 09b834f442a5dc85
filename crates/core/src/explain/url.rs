//! Owns how the URL in an `application/url` body falls into parts. SIP's grammar ends at the body, and phones' URLs
//! (`http://s/fw.img;<MAC>.cfg`) are no URIs of RFC 3986, so nothing is refused here. Knows no words.

use crate::span::Span;

/// What a byte of the URL belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// A URL without a scheme.
    Whole,
    /// `tftp` and what stands behind it up to the host.
    Scheme,
    /// Before `:` or `@`.
    User,
    /// Before `@`.
    Password,
    /// The server.
    Host,
    /// Behind the host.
    Port,
    /// The path before a file name.
    Folder,
    /// A path that ends in `/`.
    OpenFolder,
    /// Before `;`.
    Firmware,
    /// `;`.
    Semicolon,
    /// Behind `;`.
    Configuration,
    /// The only file name.
    File,
    /// Behind `?`.
    Query,
    /// For the phone to fill in.
    Placeholder,
    /// White space at the end.
    Blank,
}

/// A part and its place in the URL.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Piece {
    pub(super) part: Part,
    pub(super) start: usize,
    pub(super) end: usize,
    /// Whether the URL ends with the host.
    pub(super) names_no_file: bool,
}

/// Where the parts of a URL with a scheme stand in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Outline {
    /// Before `://`.
    pub(crate) scheme: Span,
    /// Before `@`: a user, perhaps a colon and a password.
    pub(crate) login: Option<Span>,
    /// The server.
    pub(crate) host: Span,
    /// Behind the host's colon.
    pub(crate) port: Option<Span>,
    /// Behind server and port, up to the end.
    pub(crate) path: Span,
}

impl Outline {
    /// The parts of `url`; `None` where it has no scheme.
    pub(crate) fn of(url: &[u8]) -> Option<Self> {
        let scheme = memchr::memmem::find(url, b"://")?;
        let start = scheme + 3;
        let path = find(url, start, |byte| matches!(byte, b'/' | b';' | b'?' | b'#'));
        let at = memchr::memrchr(b'@', &url[start..path]).map(|found| start + found);
        let host = at.map_or(start, |at| at + 1);
        // The colons of an IPv6 address stand in brackets.
        let name = memchr::memrchr(b']', &url[host..path]).map_or(host, |found| host + found);
        let colon = find(&url[..path], name, |byte| byte == b':');
        Some(Self {
            scheme: Span::new(0, scheme),
            login: at.map(|at| Span::new(start, at)),
            host: Span::new(host, colon),
            port: (colon < path).then(|| Span::new(colon + 1, path)),
            path: Span::new(path, url.len()),
        })
    }
}

/// The part of `body` in which the byte at `at` stands.
pub(super) fn piece_at(body: &[u8], at: usize) -> Piece {
    let url = body.trim_ascii_end();
    let piece = |part, start, end| Piece { part, start, end, names_no_file: false };
    if at >= url.len() {
        return piece(Part::Blank, url.len(), body.len());
    }
    if let Some((start, end)) = placeholder(url, at) {
        return piece(Part::Placeholder, start, end);
    }
    let Some(outline) = Outline::of(url) else {
        return piece(Part::Whole, 0, url.len());
    };
    let path = outline.path.start;
    let (part, start, end) = match at {
        _ if at < outline.scheme.end + 3 => (Part::Scheme, 0, outline.scheme.end),
        _ if at < path => authority(url, &outline, at),
        _ => in_path(url, path, at),
    };
    Piece { names_no_file: path == url.len(), ..piece(part, start, end) }
}

type Found = (Part, usize, usize);

/// The first byte from `from` on that is one of them, else the end.
fn find(text: &[u8], from: usize, is: impl Fn(u8) -> bool) -> usize {
    text[from..].iter().position(|byte| is(*byte)).map_or(text.len(), |at| from + at)
}

/// `user:password@host:port`.
fn authority(url: &[u8], outline: &Outline, at: usize) -> Found {
    if let Some(login) = outline.login.filter(|login| at <= login.end) {
        let colon = find(&url[..login.end], login.start, |byte| byte == b':');
        return if at <= colon {
            (Part::User, login.start, colon)
        } else {
            (Part::Password, colon + 1, login.end)
        };
    }
    match outline.port {
        Some(port) if at >= port.start => (Part::Port, port.start, port.end),
        _ => (Part::Host, outline.host.start, outline.host.end),
    }
}

/// The path from `start` on: folder, firmware, `;`, configuration, query.
fn in_path(url: &[u8], start: usize, at: usize) -> Found {
    let query = find(url, start, |byte| matches!(byte, b'?' | b'#'));
    if at >= query {
        return (Part::Query, query, url.len());
    }
    let semicolon = find(&url[..query], start, |byte| byte == b';');
    if at == semicolon {
        return (Part::Semicolon, at, at + 1);
    }
    if at > semicolon {
        return (Part::Configuration, semicolon + 1, query);
    }
    let name =
        memchr::memrchr(b'/', &url[start..semicolon]).map_or(start, |found| start + found + 1);
    match at {
        _ if at >= name && semicolon < query => (Part::Firmware, name, semicolon),
        _ if at >= name => (Part::File, name, query),
        _ if name == url.len() => (Part::OpenFolder, start, name),
        _ => (Part::Folder, start, name),
    }
}

/// `{mac}`, `%{mac}`, `<MAC>` or `$mac` round `at`.
fn placeholder(url: &[u8], at: usize) -> Option<(usize, usize)> {
    let enclosed = |open, close| {
        let start = memchr::memrchr(open, &url[..=at])?;
        let end = start + memchr::memchr(close, &url[start..])? + 1;
        let is_word = url[start + 1..end - 1].iter().all(u8::is_ascii_alphanumeric);
        (at < end && is_word && end - start > 2).then_some((start, end))
    };
    let dollar = || {
        let start = memchr::memrchr(b'$', &url[..=at])?;
        let end = find(url, start + 1, |byte| !byte.is_ascii_alphabetic());
        (at < end && end - start > 2).then_some((start, end))
    };
    let found = enclosed(b'{', b'}').or_else(|| enclosed(b'<', b'>')).or_else(dollar)?;
    let is_hole = url[found.0] == b'{' && found.0 > 0 && url[found.0 - 1] == b'%';
    Some((found.0 - usize::from(is_hole), found.1))
}
