//! Owns the findings on the Request-URI.

use super::grammar::ipv6;
use super::{Fix, judge::Judge, rules};
use crate::message::RequestLine;
use crate::span::Span;
use crate::syntax::{Expected, ValueError};
use crate::text::Text;
use crate::typed::{SipUri, Uri};
use alloc::format;
use alloc::string::String;

pub(super) fn check(judge: &mut Judge<'_, '_>, line: &RequestLine<'_>) {
    let Some(read) = judge.request_uri else { return };
    match read {
        Err(error) => broken(judge, line.uri, error),
        Ok(Uri::Sip(uri)) => sip(judge, line.uri, &uri),
        Ok(uri) if uri.scheme().is("tel") => {}
        Ok(uri) => {
            let text = format!("the scheme \"{}\" is known to few receivers", uri.scheme());
            judge.find(&rules::REQUEST_URI_SCHEME, judge.span(line.uri), text);
        }
    }
}

fn sip(judge: &mut Judge<'_, '_>, whole: Text<'_>, uri: &SipUri<'_>) {
    if let Some(headers) = uri.headers {
        let (span, end) = (judge.span(headers), judge.span(whole).end);
        let text =
            format!("the Request-URI carries headers (?{headers}); they must not be honoured");
        let fix = Fix::new(Span::new(span.start - 1, end), "");
        judge.find_with_fix(&rules::REQUEST_URI_HEADERS, span, text, fix);
    }
}

fn broken(judge: &mut Judge<'_, '_>, uri: Text<'_>, error: ValueError) {
    let span = judge.span(uri);
    let bytes = uri.as_bytes();
    if let Some(inner) = bytes.strip_prefix(b"<").and_then(|rest| rest.strip_suffix(b">")) {
        let text = format!("the Request-URI {uri} stands in angle brackets");
        let fix = Fix::new(span, String::from_utf8_lossy(inner));
        judge.find_with_fix(&rules::REQUEST_URI_BRACKETS, span, text, fix);
    } else if let Some(at) = bytes.iter().position(u8::is_ascii_whitespace) {
        let text = format!("there is white space inside the Request-URI \"{uri}\"");
        let words: String = uri.to_str().split_ascii_whitespace().collect();
        let place = Span::new(span.start + at, span.end);
        judge.find_with_fix(&rules::REQUEST_URI_SPACE, place, text, Fix::new(span, words));
    } else if let Some((place, fixed)) = host(bytes) {
        let place = place.shifted(span.start);
        let text = format!("the IPv6 address in the Request-URI {uri} has no square brackets");
        judge.find_with_fix(&rules::IPV6_BRACKETS, place, text, Fix::new(place, fixed));
    } else if error.expected == Expected::Scheme {
        let text = format!("the Request-URI {uri} has no scheme: it begins with sip:");
        let fixed = format!("sip:{uri}");
        let fix = Uri::parse(fixed.as_bytes()).is_ok().then(|| Fix::new(span, fixed));
        judge.find_with_fix(&rules::REQUEST_URI_NO_SCHEME, span, text, fix);
    } else {
        let at = Span::new((span.start + error.offset).min(span.end), span.end);
        let text = format!("the Request-URI \"{uri}\": expected {}", error.expected);
        judge.find(&rules::REQUEST_URI, at, text);
    }
}

/// An IPv6 address without brackets as host, and what it looks like in them.
fn host(uri: &[u8]) -> Option<(Span, String)> {
    let colon = memchr::memchr(b':', uri)?;
    ipv6(uri, memchr::memchr(b'@', uri).unwrap_or(colon) + 1)
}
