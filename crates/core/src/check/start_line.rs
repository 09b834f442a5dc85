//! Owns the findings on the first line, the Request-URI aside.

use super::{Fix, judge::Judge, request_uri, rules};
use crate::message::{RequestLine, StartLine, StatusLine};
use crate::text::Text;
use alloc::format;

/// The methods that RFCs define.
const METHODS: [&str; 14] = [
    "INVITE",
    "ACK",
    "OPTIONS",
    "BYE",
    "CANCEL",
    "REGISTER",
    "SUBSCRIBE",
    "NOTIFY",
    "PUBLISH",
    "INFO",
    "REFER",
    "UPDATE",
    "MESSAGE",
    "PRACK",
];

pub(super) fn check(judge: &mut Judge<'_, '_>) {
    match *judge.message.start_line() {
        StartLine::Request(line) => request(judge, &line),
        StartLine::Status(line) => status(judge, &line),
    }
}

fn request(judge: &mut Judge<'_, '_>, line: &RequestLine<'_>) {
    spaces(judge, line);
    method(judge, line.method);
    request_uri::check(judge, line);
    version(judge, line.version);
}

fn spaces(judge: &mut Judge<'_, '_>, line: &RequestLine<'_>) {
    let exact = line.method.len() + line.uri.len() + line.version.len() + 2;
    if line.line.len() != exact {
        let fixed = format!("{} {} {}", line.method, line.uri, line.version);
        let span = judge.span(line.line);
        let text = "the first line has more spaces than one after the method and one after the Request-URI";
        judge.find_with_fix(&rules::REQUEST_LINE_SPACE, span, text, Fix::new(span, fixed));
    }
}

fn method(judge: &mut Judge<'_, '_>, method: Text<'_>) {
    let span = judge.span(method);
    if !method.as_bytes().iter().all(|byte| crate::syntax::is_token(*byte)) {
        let text = format!("\"{method}\" is no method: it is not a token");
        judge.find(&rules::METHOD, span, text);
    } else if let Some(meant) = METHODS.iter().find(|known| method.is(known)) {
        if method != *meant {
            let text = format!("\"{method}\" is not {meant}: methods are compared with their case");
            let cseq = judge.kept.cseq.filter(|cseq| cseq.method == method);
            let fix = match cseq.map(|cseq| judge.span(cseq.method)) {
                Some(also) => Fix::both(judge.message, (span, meant), (also, meant)),
                None => Some(Fix::new(span, *meant)),
            };
            judge.find_with_fix(&rules::METHOD_CASE, span, text, fix);
        }
    } else {
        let text = format!("the method {method} is defined by no RFC that is known here");
        judge.find(&rules::METHOD_UNKNOWN, span, text);
    }
}

fn version(judge: &mut Judge<'_, '_>, version: Text<'_>) {
    if !version.is("SIP/2.0") {
        let span = judge.span(version);
        judge.find(&rules::VERSION, span, format!("the version is {version}, not SIP/2.0"));
    }
}

fn status(judge: &mut Judge<'_, '_>, line: &StatusLine<'_>) {
    if line.status().is_none() {
        let span = judge.span(line.code);
        judge.find(
            &rules::STATUS_CODE,
            span,
            format!("{} is no status code: there are 100 to 699", line.code),
        );
    }
    version(judge, line.version);
}
