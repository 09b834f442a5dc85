//! Owns the findings on the URL that a phone is told: whether it can be fetched, and by whom it can be read. Phones'
//! URLs hold placeholders (`<MAC>`, `{mac}`, `$mac`) and `firmware;configuration`, so RFC 3986 alone does not judge.

use super::{Fix, Rule, judge::Judge, rules};
use crate::explain::Outline;
use crate::span::Span;
use alloc::borrow::Cow;
use alloc::format;
use alloc::string::String;
use core::fmt::Write;
use core::net::IpAddr;

/// Schemes that phones fetch their configuration by (phones' manuals: tftp, http, https, ftp, ftps).
const FETCHED: [&str; 5] = ["tftp", "http", "https", "ftp", "ftps"];

pub(super) fn check(judge: &mut Judge<'_, '_>, place: Span) {
    let url = place.slice(judge.message.as_bytes()).unwrap_or_default();
    spelling(judge, url, place);
    hole(judge, url, place);
    placeholder(judge, url, place);
    let Some(outline) = Outline::of(url) else { return no_scheme(judge, url, place) };
    let url = Url { bytes: url, start: place.start, outline };
    scheme(judge, &url);
    authority(judge, &url);
    path(judge, &url);
}

/// The URL, its parts, and where in the message it begins.
struct Url<'a> {
    bytes: &'a [u8],
    start: usize,
    outline: Outline,
}

impl<'a> Url<'a> {
    fn text(&self, span: Span) -> Cow<'a, str> {
        String::from_utf8_lossy(span.slice(self.bytes).unwrap_or_default())
    }

    fn place(&self, span: Span) -> Span {
        span.shifted(self.start)
    }
}

fn find_mended(
    judge: &mut Judge<'_, '_>,
    rule: &'static Rule,
    span: Span,
    words: &str,
    text: &str,
) {
    let fix = Fix::body(judge.message, span, text);
    judge.find_with_fix(rule, span, words, fix);
}

/// What no URL holds, wherever it stands.
fn spelling(judge: &mut Judge<'_, '_>, url: &[u8], place: Span) {
    let run = |is: fn(&u8) -> bool| {
        let start = url.iter().position(is)?;
        let length = url[start..].iter().take_while(|byte| is(byte)).count();
        Some(Span::new(place.start + start, place.start + start + length))
    };
    if let Some(span) = run(|byte| matches!(byte, b' ' | b'\t')) {
        let text = "%20".repeat(span.len());
        find_mended(judge, &rules::URL_SPACE, span, "there is white space inside the URL", &text);
    }
    if let Some(span) = run(|byte| byte.is_ascii_control() && *byte != b'\t') {
        let words = "there is a control character in the URL";
        find_mended(judge, &rules::URL_CONTROL, span, words, "");
    }
    if let Some(span) = run(|byte| !byte.is_ascii()) {
        let raw = span.slice(judge.message.as_bytes()).unwrap_or_default();
        let words = format!("\"{}\" in the URL is not ASCII", String::from_utf8_lossy(raw));
        find_mended(judge, &rules::URL_NON_ASCII, span, &words, &encoded(raw));
    }
    if let Some(span) = run(|byte| *byte == b'\\') {
        let words = "a backslash stands in the URL, where folders are parted by /";
        find_mended(judge, &rules::URL_BACKSLASH, span, words, &"/".repeat(span.len()));
    }
}

/// A placeholder of our own templates that reached the wire.
fn hole(judge: &mut Judge<'_, '_>, url: &[u8], place: Span) {
    let Some(at) = memchr::memmem::find(url, b"%{") else { return };
    let end = memchr::memchr(b'}', &url[at..]).map_or(url.len(), |found| at + found + 1);
    let hole = String::from_utf8_lossy(&url[at..end]);
    let words = format!("{hole} was meant to be filled in by the server; phones do not know it");
    judge.find(&rules::URL_HOLE, Span::new(at, end).shifted(place.start), words);
}

/// What Panasonic phones fill in, as they write it; snom and its kin know `{mac}` alone.
const PLACEHOLDERS: [&str; 4] = ["{mac}", "{MAC}", "{MODEL}", "{fwver}"];

/// The first placeholder in braces that is right but for its case.
fn placeholder(judge: &mut Judge<'_, '_>, url: &[u8], place: Span) {
    for at in memchr::memchr_iter(b'{', url) {
        let end = memchr::memchr(b'}', &url[at..url.len().min(at + 8)]).map(|found| at + found + 1);
        let Some(found) = end.map(|end| &url[at..end]) else { continue };
        let near = |known: &&&str| known.as_bytes().eq_ignore_ascii_case(found);
        let Some(meant) = PLACEHOLDERS.iter().find(near) else { continue };
        if !PLACEHOLDERS.iter().any(|known| known.as_bytes() == found) {
            let written = String::from_utf8_lossy(found);
            let words = format!(
                "{written} is not {meant}: Panasonic phones compare placeholders with their case"
            );
            let span = Span::new(at, at + found.len()).shifted(place.start);
            return find_mended(judge, &rules::PANASONIC_PLACEHOLDER, span, &words, meant);
        }
    }
}

fn encoded(raw: &[u8]) -> String {
    raw.iter().fold(String::new(), |mut text, byte| {
        // Writing to a String does not fail.
        let _ = write!(text, "%{byte:02X}");
        text
    })
}

fn no_scheme(judge: &mut Judge<'_, '_>, url: &[u8], place: Span) {
    let colon = memchr::memchr(b':', url).unwrap_or(url.len());
    let word = String::from_utf8_lossy(&url[..colon]);
    if FETCHED.iter().any(|known| known.eq_ignore_ascii_case(&word)) {
        let text = format!("the URL names no server: // is missing behind {word}:");
        judge.find(&rules::URL_HOST_EMPTY, Span::new(place.start, place.start + colon), text);
        return;
    }
    let text = "the URL has no scheme: AudioCodes phones take tftp, others try several or give up";
    judge.find(&rules::URL_NO_SCHEME, place, text);
}

fn scheme(judge: &mut Judge<'_, '_>, url: &Url<'_>) {
    let (place, scheme) = (url.place(url.outline.scheme), url.text(url.outline.scheme));
    if !FETCHED.iter().any(|known| known.eq_ignore_ascii_case(&scheme)) {
        let text = format!("phones fetch by tftp, http, https or ftp, not by {scheme}");
        judge.find(&rules::URL_SCHEME, place, text);
    } else if scheme.eq_ignore_ascii_case("https") {
        let text = "the phone fetches by https only if it trusts the server's certificate and knows the date; old phones may not";
        judge.find(&rules::URL_HTTPS, place, text);
    }
}

fn authority(judge: &mut Judge<'_, '_>, url: &Url<'_>) {
    let host = url.text(url.outline.host);
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    let is_nowhere = bare.eq_ignore_ascii_case("localhost")
        || bare
            .parse::<IpAddr>()
            .is_ok_and(|ip| ip.is_loopback() || ip.is_unspecified() || ip.is_multicast());
    if host.is_empty() {
        judge.find(
            &rules::URL_HOST_EMPTY,
            url.place(url.outline.scheme),
            "the URL names no server",
        );
    } else if is_nowhere {
        let text = format!("{host} is no server that the phone can reach");
        judge.find(&rules::URL_HOST_UNREACHABLE, url.place(url.outline.host), text);
    }
    if let Some(port) = url.outline.port {
        let digits = url.text(port);
        if digits.parse::<u16>().map_or(true, |port| port == 0) {
            let text = format!("\"{digits}\" is no port");
            judge.find(&rules::URL_PORT, url.place(port), text);
        }
    }
    if let Some(login) = url.outline.login.filter(|login| url.text(*login).contains(':')) {
        let text = "the URL carries a password that everyone on the network can read";
        judge.find(&rules::URL_CREDENTIALS, url.place(login), text);
    }
}

fn path(judge: &mut Judge<'_, '_>, url: &Url<'_>) {
    let span = url.outline.path;
    let path = span.slice(url.bytes).unwrap_or_default();
    let path = &path[..path.iter().position(|b| matches!(b, b'?' | b'#')).unwrap_or(path.len())];
    if let Some(at) = memchr::memmem::find(path, b"//") {
        let length = path[at..].iter().take_while(|byte| **byte == b'/').count();
        let double = url.place(Span::new(span.start + at, span.start + at + length));
        let words =
            "two slashes follow each other in the path: some servers see an empty folder there";
        find_mended(judge, &rules::URL_DOUBLE_SLASH, double, words, "/");
    }
    if let Some(at) = memchr::memchr(b';', path) {
        let (firmware, configuration) = path.split_at(at);
        let name = |text: &[u8]| {
            String::from_utf8_lossy(text.rsplit(|b| *b == b'/').next().unwrap_or(text)).into_owned()
        };
        let text = match (name(firmware), name(&configuration[1..])) {
            (first, second) if first.is_empty() => format!(
                "AudioCodes phones fetch the configuration {second} and the firmware by its default name"
            ),
            (first, second) => format!(
                "AudioCodes phones fetch the firmware {first} and the configuration {second}; others take it as one name"
            ),
        };
        let place = url.place(Span::new(span.start + at, span.start + at + 1));
        judge.find(&rules::AUDIOCODES_URL, place, text);
    }
}
