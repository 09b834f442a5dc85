//! Owns the findings on the first line.

use super::{Fix, judge::Judge, rules};
use crate::message::{RequestLine, StartLine, StatusLine};
use crate::span::Span;
use crate::text::Text;
use alloc::format;

pub(super) fn check(judge: &mut Judge<'_, '_>) {
    match *judge.message.start_line() {
        StartLine::Request(line) => request(judge, &line),
        StartLine::Status(line) => status(judge, &line),
    }
}

fn place(judge: &Judge<'_, '_>, text: Text<'_>) -> Span {
    judge.message.span_of(text).unwrap_or_default()
}

fn request(judge: &mut Judge<'_, '_>, line: &RequestLine<'_>) {
    spaces(judge, line);
    method(judge, line);
    request_uri(judge, line);
    version(judge, line.version);
}

fn spaces(judge: &mut Judge<'_, '_>, line: &RequestLine<'_>) {
    let exact = line.method.len() + line.uri.len() + line.version.len() + 2;
    if line.line.len() != exact {
        let fixed = format!("{} {} {}", line.method, line.uri, line.version);
        let span = place(judge, line.line);
        let text = "the first line has more spaces than one after the method and one after the Request-URI";
        judge.find_with_fix(&rules::REQUEST_LINE_SPACE, span, text, Fix::new(span, fixed));
    }
}

fn method(judge: &mut Judge<'_, '_>, line: &RequestLine<'_>) {
    if !line.method.as_bytes().iter().all(|byte| crate::syntax::is_token(*byte)) {
        let span = place(judge, line.method);
        judge.find(
            &rules::METHOD,
            span,
            format!("\"{}\" is no method: it is not a token", line.method),
        );
    }
}

fn request_uri(judge: &mut Judge<'_, '_>, line: &RequestLine<'_>) {
    let span = place(judge, line.uri);
    match line.parsed_uri() {
        Err(error) => {
            let at = Span::new((span.start + error.offset).min(span.end), span.end);
            judge.find(
                &rules::REQUEST_URI,
                at,
                format!("the Request-URI \"{}\": expected {}", line.uri, error.expected),
            );
        }
        Ok(uri) => match uri.as_sip() {
            Some(sip) => {
                if let Some(headers) = sip.headers {
                    let span = place(judge, headers);
                    judge.find(&rules::REQUEST_URI_HEADERS, span, format!("the Request-URI carries headers (?{headers}); they must not be honoured"));
                }
            }
            None if uri.scheme().is("tel") => {}
            None => judge.find(
                &rules::REQUEST_URI_SCHEME,
                span,
                format!("the scheme \"{}\" is known to few receivers", uri.scheme()),
            ),
        },
    }
}

fn version(judge: &mut Judge<'_, '_>, version: Text<'_>) {
    if !version.is("SIP/2.0") {
        let span = place(judge, version);
        judge.find(&rules::VERSION, span, format!("the version is {version}, not SIP/2.0"));
    }
}

fn status(judge: &mut Judge<'_, '_>, line: &StatusLine<'_>) {
    if line.status().is_none() {
        let span = place(judge, line.code);
        judge.find(
            &rules::STATUS_CODE,
            span,
            format!("{} is no status code: there are 100 to 699", line.code),
        );
    }
    version(judge, line.version);
}
