//! Owns the findings on values that do not follow their header's grammar: which rule a failure breaks, in which words,
//! and how it can be mended. The grammar itself is `typed`'s; here only what it refused is looked at.

use super::{Fix, Rule, judge::Judge, rules};
use crate::message::{Header, HeaderError, HeaderName};
use crate::span::Span;
use crate::syntax::{Expected, ValueError};
use crate::typed::read_within;
use alloc::format;
use alloc::string::String;
use core::net::Ipv6Addr;

/// The value of one header of a part of the body; whether something was found.
pub(super) fn value(judge: &mut Judge<'_, '_>, header: &Header<'_>) -> bool {
    let value = header.value().as_bytes();
    let error = read_within(header.name(), value, header.limits(), None).err();
    if let Some(error) = error {
        broken(judge, header, error);
    }
    error.is_some()
}

/// A value as it fits into a sentence.
pub(super) fn shown(value: &str) -> String {
    match value.char_indices().nth(80) {
        Some((end, _)) => format!("{}…", &value[..end]),
        None => value.into(),
    }
}

/// What was made of a failure.
struct Fault {
    rule: &'static Rule,
    /// In the value.
    place: Span,
    /// What the value as a whole, or the place, becomes.
    mended: Option<(Span, String)>,
}

impl Fault {
    const fn new(rule: &'static Rule, place: Span) -> Self {
        Self { rule, place, mended: None }
    }

    fn mended(self, span: Span, text: impl Into<String>) -> Self {
        Self { mended: Some((span, text.into())), ..self }
    }
}

pub(super) fn broken(judge: &mut Judge<'_, '_>, header: &Header<'_>, error: ValueError) {
    let place = HeaderError::new(header, error);
    let (name, start) = (header.canonical_name(), header.value_span().start);
    let fault = classify(header, &error);
    let what = words(fault.rule).map_or_else(|| expected(header, place.expected), String::from);
    let text = match header.value().unfolded() {
        value if value.is_empty() => format!("{name} has no value: {what}"),
        value => format!("{name} \"{}\": {what}", shown(&value)),
    };
    let fix = match fault.mended {
        Some((span, text)) => Fix::within(judge.message, span.shifted(start), &text),
        None => counted(judge, header, fault.rule),
    };
    judge.find_with_fix(fault.rule, fault.place.shifted(start), text, fix);
}

/// What the grammar expected, or which limit the value goes beyond.
fn expected(header: &Header<'_>, expected: Expected) -> String {
    let limits = header.limits();
    match expected {
        Expected::FewerParams => {
            format!("there are more than {} parameters, and no more are read", limits.params)
        }
        Expected::LessNesting => {
            format!(
                "comments stand in comments more than {} deep, and are read no deeper",
                limits.nesting
            )
        }
        _ if header.name() == HeaderName::Date => format!("expected {}", Expected::Date),
        _ => format!("expected {expected}"),
    }
}

/// What is wrong, where more can be said than what the grammar expected.
fn words(rule: &Rule) -> Option<&'static str> {
    let known = [
        (&rules::EXTRA_SEPARATOR, "a separator stands there with nothing to part"),
        (&rules::NUMBER_RANGE, "the number is beyond the header's range"),
        (&rules::QUOTE_UNCLOSED, "the quotation mark is never closed"),
        (&rules::DISPLAY_NAME, "a name with such characters stands in quotation marks"),
        (&rules::ADDRESS_SPACE, "white space stands between the angle brackets and the URI"),
        (&rules::ADDRESS_BRACKETS, "a URI with a question mark stands in angle brackets"),
        (&rules::URI_ESCAPE, "% is not followed by two hex digits"),
        (&rules::IPV6_BRACKETS, "an IPv6 address stands in square brackets"),
    ];
    known.into_iter().find(|(known, _)| **known == *rule).map(|(_, words)| words)
}

/// The length that Content-Length should state.
fn counted(judge: &Judge<'_, '_>, header: &Header<'_>, rule: &Rule) -> Option<Fix> {
    let is_of_message = header.span().end <= judge.message.head_span().end;
    let is_length = *rule == rules::CONTENT_LENGTH_GRAMMAR && judge.message.is_complete();
    let bytes = judge.message.as_bytes().len() - judge.message.head_span().end;
    (is_length && is_of_message).then(|| Fix::new(header.value_span(), format!("{bytes}")))
}

/// The most exact rule that the failure breaks.
fn classify(header: &Header<'_>, error: &ValueError) -> Fault {
    let value = header.value().as_bytes();
    let at = error.offset.min(value.len());
    let place = Span::new(at, value.len());
    if value.is_empty() {
        return Fault::new(empty(header.name()), place);
    }
    if let Some((span, mended)) = bare_ipv6(value, at) {
        return Fault::new(&rules::IPV6_BRACKETS, span).mended(span, mended);
    }
    let own = match header.name() {
        HeaderName::Via => Some(&rules::VIA_GRAMMAR),
        HeaderName::CSeq => Some(&rules::CSEQ_GRAMMAR),
        HeaderName::ContentLength => Some(&rules::CONTENT_LENGTH_GRAMMAR),
        _ => None,
    };
    let fault = by_expectation(header.name(), value, at, error.expected);
    Fault { rule: own.unwrap_or(fault.rule), ..fault }
}

const fn empty(name: HeaderName) -> &'static Rule {
    match name {
        HeaderName::Via => &rules::VIA_GRAMMAR,
        HeaderName::CSeq => &rules::CSEQ_GRAMMAR,
        HeaderName::ContentLength => &rules::CONTENT_LENGTH_GRAMMAR,
        _ => &rules::HEADER_EMPTY,
    }
}

fn by_expectation(name: HeaderName, value: &[u8], at: usize, expected: Expected) -> Fault {
    let rest = Span::new(at, value.len());
    match expected {
        Expected::ClosingQuote => quote(value, at),
        Expected::NumberInRange => number(name, value, at),
        Expected::DisplayName => display_name(value, at),
        Expected::Escape => {
            let span = Span::new(at, at + 1);
            Fault::new(&rules::URI_ESCAPE, span).mended(span, "%25")
        }
        Expected::Brackets if value.get(at) == Some(&b'?') => brackets(value, at),
        Expected::Scheme | Expected::ClosingBracket => address_space(value, at),
        Expected::Token | Expected::Parameter if is_separator(value.get(at)) => {
            separators(value, at)
        }
        Expected::Token if at == value.len() => separators(value, at),
        _ => Fault::new(&rules::VALUE_GRAMMAR, rest),
    }
}

/// A quotation mark without its fellow: the display name ends before the `<`.
fn quote(value: &[u8], at: usize) -> Fault {
    let fault = Fault::new(&rules::QUOTE_UNCLOSED, Span::new(at, value.len()));
    match memchr::memchr(b'<', &value[at..]) {
        Some(found) => {
            let name = value[at..at + found].trim_ascii_end().len();
            fault.mended(Span::at(at + name), "\"")
        }
        None => fault,
    }
}

/// What RFC 3261 reads a number beyond its range as (§20.10, RFC 4475 §3.1.2.4).
fn number(name: HeaderName, value: &[u8], at: usize) -> Fault {
    let digits = value[at..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    let span = Span::new(at, at + digits);
    let fault = Fault::new(&rules::NUMBER_RANGE, span);
    match name {
        HeaderName::Expires | HeaderName::MinExpires => fault.mended(span, "3600"),
        HeaderName::MaxForwards => fault.mended(span, "70"),
        _ => fault,
    }
}

fn display_name(value: &[u8], at: usize) -> Fault {
    let end = memchr::memchr(b'<', &value[at..]).map_or(value.len(), |found| at + found);
    let name = value[at..end].trim_ascii_end();
    let span = Span::new(at, at + name.len());
    let fault = Fault::new(&rules::DISPLAY_NAME, span);
    let is_plain = !name.iter().any(|byte| matches!(byte, b'"' | b'\\' | b'\r' | b'\n'));
    match core::str::from_utf8(name) {
        Ok(name) if is_plain => fault.mended(span, format!("\"{name}\"")),
        _ => fault,
    }
}

/// A bare URI that goes on with `?`: brackets round it as far as it goes.
fn brackets(value: &[u8], at: usize) -> Fault {
    let start = value[..at].iter().rposition(|b| *b == b',').map_or(0, |comma| comma + 1);
    let start = start + value[start..at].iter().take_while(|b| b.is_ascii_whitespace()).count();
    let ends = |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, b';' | b',' | b'>');
    let end = value[at..].iter().position(ends).map_or(value.len(), |found| at + found);
    let fault = Fault::new(&rules::ADDRESS_BRACKETS, Span::new(at, end));
    match core::str::from_utf8(&value[start..end]) {
        Ok(uri) => fault.mended(Span::new(start, end), format!("<{uri}>")),
        Err(_) => fault,
    }
}

/// White space between the brackets and the URI.
fn address_space(value: &[u8], at: usize) -> Fault {
    let generic = Fault::new(&rules::VALUE_GRAMMAR, Span::new(at, value.len()));
    let open = memchr::memrchr(b'<', &value[..at]);
    let close = memchr::memchr(b'>', &value[at..]).map(|found| at + found);
    let (Some(open), Some(close)) = (open, close) else { return generic };
    let inner = Span::new(open + 1, close);
    let raw = &value[inner.start..inner.end];
    let uri = raw.trim_ascii();
    let is_one = !uri.iter().any(u8::is_ascii_whitespace) && uri.len() < raw.len();
    match core::str::from_utf8(uri) {
        Ok(uri) if is_one => Fault::new(&rules::ADDRESS_SPACE, inner).mended(inner, uri),
        _ => generic,
    }
}

fn is_separator(byte: Option<&u8>) -> bool {
    matches!(byte, Some(b';' | b','))
}

/// A run of separators round `at` where one or none belongs.
fn separators(value: &[u8], at: usize) -> Fault {
    let is_gap = |byte: &u8| matches!(byte, b';' | b',') || byte.is_ascii_whitespace();
    let before = value[..at].iter().rev().take_while(|byte| is_gap(byte)).count();
    let behind = value[at..].iter().take_while(|byte| is_gap(byte)).count();
    let run = Span::new(at - before, at + behind);
    let extra = Span::new(at, value.len().min(at + behind.max(1)));
    let found = &value[run.start..run.end];
    if !found.iter().any(|byte| is_separator(Some(byte))) {
        return Fault::new(&rules::VALUE_GRAMMAR, Span::new(at, value.len()));
    }
    let fault = Fault::new(&rules::EXTRA_SEPARATOR, if behind > 0 { extra } else { run });
    match (run.end == value.len(), found.contains(&b','), found.contains(&b';')) {
        (true, ..) => fault.mended(run, ""),
        (false, true, false) => fault.mended(run, ", "),
        (false, false, true) => fault.mended(run, ";"),
        // Whether another value or another parameter was meant, nobody knows.
        (false, ..) => fault,
    }
}

/// An IPv6 address without brackets that begins at `start`, and what it looks like in them.
pub(super) fn ipv6(value: &[u8], start: usize) -> Option<(Span, String)> {
    let rest = value.get(start..)?;
    let is_part = |byte: &u8| byte.is_ascii_hexdigit() || matches!(byte, b':' | b'.');
    let length = rest.iter().take_while(|byte| is_part(byte)).count();
    let text = core::str::from_utf8(&rest[..length]).ok()?;
    text.parse::<Ipv6Addr>().ok()?;
    Some((Span::new(start, start + length), format!("[{text}]")))
}

/// The same, where the grammar stumbled at `at` inside such an address.
fn bare_ipv6(value: &[u8], at: usize) -> Option<(Span, String)> {
    let is_part = |byte: &u8| byte.is_ascii_hexdigit() || matches!(byte, b':' | b'.');
    let back = value[..at].iter().rev().take_while(|byte| is_part(byte)).count();
    let start = at - back;
    let is_open = start > 0 && value[start - 1] == b'[';
    // A colon before it is the scheme's.
    [start, start + 1].into_iter().filter(|_| !is_open).find_map(|start| ipv6(value, start))
}
