//! Owns how the URL in an `application/url` body falls into parts. SIP's grammar ends at the body, and phones' URLs
//! (`http://s/fw.img;<MAC>.cfg`) are no URIs of RFC 3986, so nothing is refused here. Knows no words.

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
    let Some(scheme) = url.windows(3).position(|three| three == b"://") else {
        return piece(Part::Whole, 0, url.len());
    };
    let host = scheme + 3;
    let path = find(url, host, |byte| matches!(byte, b'/' | b';' | b'?' | b'#'));
    let (part, start, end) = match at {
        _ if at < host => (Part::Scheme, 0, scheme),
        _ if at < path => authority(&url[..path], host, at),
        _ => in_path(url, path, at),
    };
    Piece { names_no_file: path == url.len(), ..piece(part, start, end) }
}

type Found = (Part, usize, usize);

/// The first byte from `from` on that is one of them, else the end.
fn find(text: &[u8], from: usize, is: impl Fn(u8) -> bool) -> usize {
    text[from..].iter().position(|byte| is(*byte)).map_or(text.len(), |at| from + at)
}

/// `user:password@host:port`, from `start` to the end of `text`.
fn authority(text: &[u8], start: usize, at: usize) -> Found {
    let host = memchr::memrchr(b'@', &text[start..]).map_or(start, |found| start + found + 1);
    if at < host {
        let login = &text[..host - 1];
        let colon = find(login, start, |byte| byte == b':');
        return if at <= colon {
            (Part::User, start, colon)
        } else {
            (Part::Password, colon + 1, login.len())
        };
    }
    // The colons of an IPv6 address stand in brackets.
    let name = memchr::memrchr(b']', &text[host..]).map_or(host, |found| host + found);
    let colon = find(text, name, |byte| byte == b':');
    if at <= colon { (Part::Host, host, colon) } else { (Part::Port, colon + 1, text.len()) }
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
