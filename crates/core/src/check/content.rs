//! Owns the findings on what a body is made of: the parts of a multipart body and the lines of a session description,
//! in the message or in one of its parts. How they are read is `message`'s and `sdp`'s.

use super::grammar::{self, shown};
use super::{Fix, Rule, judge::Judge, rules};
use crate::explain::is_sdp_letter;
use crate::message::{Multipart, Part};
use crate::scan::DEEPEST;
use crate::sdp::{Sdp, SdpField, SdpLine};
use crate::span::Span;
use crate::syntax::{ValueError, is_token};
use crate::text::Text;
use crate::typed::MediaType;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

pub(super) fn check(judge: &mut Judge<'_, '_>) {
    let message = judge.message;
    let Some(kind) = judge.kept.content_type else { return };
    if message.body_span().is_empty() || !message.is_complete() {
        return;
    }
    let depth = message.limits().nesting.min(DEEPEST);
    let mut content = Content { judge, left: MOST };
    match message.sdp() {
        Some(session) => content.description(session),
        None => content.multipart(message.multipart(), &kind, message.body_span(), depth),
    }
}

/// Of one body, no more findings than that: each may carry a fix that says again what stands before it.
const MOST: usize = 32;

struct Content<'j, 'm, 'a> {
    judge: &'j mut Judge<'m, 'a>,
    left: usize,
}

impl Content<'_, '_, '_> {
    /// A finding, and what the bytes at a place should become.
    fn find(&mut self, rule: &'static Rule, span: Span, text: String, fix: Option<(Span, String)>) {
        if self.left > 0 {
            self.left -= 1;
            let fix = fix.and_then(|(at, text)| Fix::within(self.judge.message, at, &text));
            self.judge.find_with_fix(rule, span, text, fix);
        }
    }

    fn multipart(
        &mut self,
        parts: Option<Multipart<'_>>,
        kind: &MediaType<'_>,
        body: Span,
        depth: usize,
    ) {
        if !kind.kind.is("multipart") || depth == 0 {
            return;
        }
        let Some(parts) = parts else { return self.no_boundary(kind, body) };
        if parts.delimiter(body.start).is_none() {
            return self.other_boundary(parts.boundary(), body);
        }
        if parts.epilogue().is_none() {
            self.open(parts.boundary(), body);
        }
        parts.parts().flatten().for_each(|part| self.part(&part, depth - 1));
    }

    fn part(&mut self, part: &Part<'_>, depth: usize) {
        for header in part.headers() {
            if self.left > 0 && grammar::value(self.judge, &header) {
                self.left -= 1;
            }
        }
        let Ok(Some(kind)) = part.content_type() else { return };
        match part.sdp() {
            Some(session) => self.description(session),
            None => self.multipart(part.multipart(), &kind, part.body_span(), depth),
        }
    }

    fn no_boundary(&mut self, kind: &MediaType<'_>, body: Span) {
        let (start, end) = (self.judge.span(kind.kind).start, self.judge.span(kind.subtype).end);
        let text = format!(
            "the body is {}/{}, but no boundary says what parts its parts",
            kind.kind, kind.subtype
        );
        let fix = self.written(body).map(|name| (Span::at(end), format!(";boundary={name}")));
        self.find(&rules::MULTIPART_NO_BOUNDARY, Span::new(start, end), text, fix);
    }

    fn other_boundary(&mut self, boundary: Text<'_>, body: Span) {
        let span = self.judge.span(boundary);
        let text =
            format!("no line of the body is --{boundary}, by which its parts would be parted");
        let fix = self.written(body).map(|name| (span, name));
        self.find(&rules::MULTIPART_OTHER_BOUNDARY, span, text, fix);
    }

    fn open(&mut self, boundary: Text<'_>, body: Span) {
        let end = Span::at(body.end);
        let is_line = self.judge.message.as_bytes()[..body.end].ends_with(b"\n");
        let line_end = if is_line { "" } else { "\r\n" };
        let text = format!("the body ends without --{boundary}--: its last part may be cut off");
        let fix = format!("{line_end}--{boundary}--\r\n");
        self.find(&rules::MULTIPART_OPEN, end, text, Some((end, fix)));
    }

    /// The boundary that the body itself seems to use: its first line of dashes and a token.
    fn written(&self, body: Span) -> Option<String> {
        let mut lines = body.slice(self.judge.message.as_bytes())?.split(|byte| *byte == b'\n');
        let name = lines.find_map(|line| line.strip_prefix(b"--"))?.trim_ascii_end();
        let is_name = !name.is_empty() && name.iter().all(|byte| is_token(*byte));
        is_name.then(|| Text::new(name).to_str().into_owned())
    }

    fn description(&mut self, session: Sdp<'_>) {
        for (index, line) in session.lines().enumerate() {
            match line.field() {
                Err(error) => self.malformed(&line, &error),
                Ok(field) if index == 0 => self.version(&line, &field),
                Ok(_) => {}
            }
            if !line.kind.is_empty() && !is_sdp_letter(line.kind) {
                self.strange(&line);
            }
        }
    }

    fn strange(&mut self, line: &SdpLine<'_>) {
        let text = format!(
            "no line of a session description begins with {}=: readers may pass over all of it",
            line.kind
        );
        self.find(&rules::SDP_TYPE, self.judge.span(line.text), text, None);
    }

    /// What the first line should be.
    fn version(&mut self, first: &SdpLine<'_>, field: &SdpField<'_>) {
        let (span, start) = (self.judge.span(first.value), self.judge.span(first.text).start);
        let (span, text, fix) = match field {
            SdpField::Version(0) => return,
            SdpField::Version(other) => {
                let text = format!("the session description is of version {other}, not of 0");
                (span, text, "0")
            }
            _ => {
                let text = format!("the session description begins with {}=, not v=0", first.kind);
                (Span::at(start), text, "v=0\r\n")
            }
        };
        self.find(&rules::SDP_VERSION, span, text, Some((span, fix.into())));
    }

    fn malformed(&mut self, line: &SdpLine<'_>, error: &ValueError) {
        let (whole, value) = (self.judge.span(line.text), self.judge.span(line.value));
        let shown = shown(&line.text.to_str());
        let (span, text) = if line.kind.is_empty() {
            let what = "is no line of a session description: that is a letter, = and a value";
            (whole, format!("\"{shown}\" {what}"))
        } else {
            let start = (value.start + error.offset).min(value.end);
            let text = format!("\"{shown}\": expected {}", error.expected);
            (Span::new(start, value.end), text)
        };
        let fix = one_blank(line.text).map(|mended| (whole, mended));
        self.find(&rules::SDP_LINE, span, text, fix);
    }
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
