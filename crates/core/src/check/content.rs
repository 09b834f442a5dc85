//! Owns the findings on what a body is made of: the parts of a multipart body and the lines of a session description,
//! in the message or in one of its parts. How they are read is `message`'s and `sdp`'s.

use super::grammar::{self, shown};
use super::{Fix, judge::Judge, rules};
use crate::explain::is_sdp_letter;
use crate::message::{Multipart, Part};
use crate::scan::DEEPEST;
use crate::sdp::{Sdp, SdpField, SdpLine};
use crate::span::Span;
use crate::syntax::is_token;
use crate::text::Text;
use crate::typed::MediaType;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

pub(super) fn check(judge: &mut Judge<'_, '_>) {
    let message = judge.message;
    let body = message.body_span();
    let Ok(Some(kind)) = message.content_type() else { return };
    if body.is_empty() || !message.is_complete() {
        return;
    }
    if let Some(session) = message.sdp() {
        description(judge, session);
    } else if kind.kind.is("multipart") {
        let depth = message.limits().nesting.min(DEEPEST);
        multipart(judge, message.multipart(), &kind, body, depth);
    }
}

fn part(judge: &mut Judge<'_, '_>, part: &Part<'_>, depth: usize) {
    part.headers().for_each(|header| grammar::value(judge, &header));
    let Ok(Some(kind)) = part.content_type() else { return };
    if let Some(session) = part.sdp() {
        description(judge, session);
    } else if kind.kind.is("multipart") && depth > 0 {
        multipart(judge, part.multipart(), &kind, part.body_span(), depth);
    }
}

fn multipart(
    judge: &mut Judge<'_, '_>,
    parts: Option<Multipart<'_>>,
    kind: &MediaType<'_>,
    body: Span,
    depth: usize,
) {
    let Some(parts) = parts else { return no_boundary(judge, kind, body) };
    if parts.delimiter(body.start).is_none() {
        return other_boundary(judge, parts.boundary(), body);
    }
    if parts.epilogue().is_none() {
        open(judge, parts.boundary(), body);
    }
    parts.parts().flatten().for_each(|inner| part(judge, &inner, depth - 1));
}

fn no_boundary(judge: &mut Judge<'_, '_>, kind: &MediaType<'_>, body: Span) {
    let span = Span::new(judge.span(kind.kind).start, judge.span(kind.subtype).end);
    let text = format!(
        "the body is {}/{}, but no boundary says what parts its parts",
        kind.kind, kind.subtype
    );
    let fix = written(judge, body).and_then(|name| {
        Fix::within(judge.message, Span::at(span.end), &format!(";boundary={name}"))
    });
    judge.find_with_fix(&rules::MULTIPART_NO_BOUNDARY, span, text, fix);
}

fn other_boundary(judge: &mut Judge<'_, '_>, boundary: Text<'_>, body: Span) {
    let span = judge.span(boundary);
    let text = format!("no line of the body is --{boundary}, by which its parts would be parted");
    let fix = written(judge, body).and_then(|name| Fix::within(judge.message, span, &name));
    judge.find_with_fix(&rules::MULTIPART_OTHER_BOUNDARY, span, text, fix);
}

fn open(judge: &mut Judge<'_, '_>, boundary: Text<'_>, body: Span) {
    let end = Span::at(body.end);
    let is_line = judge.message.as_bytes()[..body.end].ends_with(b"\n");
    let line_end = if is_line { "" } else { "\r\n" };
    let text = format!("the body ends without --{boundary}--: its last part may be cut off");
    let fix = Fix::within(judge.message, end, &format!("{line_end}--{boundary}--\r\n"));
    judge.find_with_fix(&rules::MULTIPART_OPEN, end, text, fix);
}

/// The boundary that the body itself seems to use: its first line of dashes and a token.
fn written(judge: &Judge<'_, '_>, body: Span) -> Option<String> {
    let mut lines = body.slice(judge.message.as_bytes())?.split(|byte| *byte == b'\n');
    let name = lines.find_map(|line| line.strip_prefix(b"--"))?.trim_ascii_end();
    let is_name = !name.is_empty() && name.iter().all(|byte| is_token(*byte));
    is_name.then(|| Text::new(name).to_str().into_owned())
}

/// Of a description with more broken lines than that nobody asks.
const MOST_LINES: usize = 16;

fn description(judge: &mut Judge<'_, '_>, session: Sdp<'_>) {
    version(judge, session);
    let broken = session.lines().filter_map(|line| Some((line, line.field().err()?.offset)));
    for (line, offset) in broken.take(MOST_LINES) {
        malformed(judge, &line, offset);
    }
    let is_strange = |line: &SdpLine<'_>| !line.kind.is_empty() && !is_sdp_letter(line.kind);
    for line in session.lines().filter(is_strange).take(MOST_LINES) {
        let text = format!(
            "no line of a session description begins with {}=: readers may pass over all of it",
            line.kind
        );
        judge.find(&rules::SDP_TYPE, judge.span(line.text), text);
    }
}

fn version(judge: &mut Judge<'_, '_>, session: Sdp<'_>) {
    let Some(first) = session.lines().next() else { return };
    let span = judge.span(first.value);
    match first.field() {
        Ok(SdpField::Version(0)) | Err(_) => {}
        Ok(SdpField::Version(other)) => {
            let text = format!("the session description is of version {other}; there is only 0");
            judge.find_with_fix(
                &rules::SDP_VERSION,
                span,
                text,
                Fix::within(judge.message, span, "0"),
            );
        }
        Ok(_) => {
            let start = Span::at(judge.span(first.text).start);
            let text = format!("the session description begins with {}=, not with v=0", first.kind);
            judge.find_with_fix(
                &rules::SDP_VERSION,
                start,
                text,
                Fix::within(judge.message, start, "v=0\r\n"),
            );
        }
    }
}

fn malformed(judge: &mut Judge<'_, '_>, line: &SdpLine<'_>, offset: usize) {
    let (whole, value) = (judge.span(line.text), judge.span(line.value));
    let (span, text) = match line.field() {
        Err(error) if !line.kind.is_empty() => {
            let text = format!("\"{}\": expected {}", shown(&line.text.to_str()), error.expected);
            (Span::new(value.start + offset, value.end), text)
        }
        _ => {
            let text = format!(
                "\"{}\" is no line of a session description: that is a letter, = and a value",
                shown(&line.text.to_str())
            );
            (whole, text)
        }
    };
    let fix = one_blank(line.text).and_then(|mended| Fix::within(judge.message, whole, &mended));
    judge.find_with_fix(&rules::SDP_LINE, span, text, fix);
}

/// The line without blanks round `=` and with one blank between two fields, where that is all it lacks.
fn one_blank(line: Text<'_>) -> Option<String> {
    let text = core::str::from_utf8(line.as_bytes()).ok()?;
    let (letter, value) = text.split_once('=')?;
    let fields: Vec<&str> = value.split(' ').filter(|field| !field.is_empty()).collect();
    let mended = format!("{}={}", letter.trim(), fields.join(" "));
    let is_read = Sdp::new(mended.as_bytes()).lines().all(|line| line.field().is_ok());
    is_read.then_some(mended)
}
