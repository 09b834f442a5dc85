//! Owns how the head of a pasted message is read: which lines belong to it, which are one line, and where it ends.

use crate::Repair;
use crate::assembly::Assembly;
use crate::body::Place;
use crate::grammar::{Verdict, judge};
use crate::join::{Joins, Open, continuation};
use crate::line::{Line, Page};
use crate::seen::Seen;
use crate::shape::Shape;
use crate::start::{self, Start};
use fingerpost_core::{HeaderName, Span};

/// No header is wrapped onto more lines; more is something else.
const MOST_JOINS: usize = 16;
/// So many lines are looked at together.
const LONGEST_RUN: usize = 4;
/// A value of an unknown header with so many words is a sentence with a colon in it.
const SENTENCE: usize = 4;

/// What stands where the head ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum End {
    /// An empty line.
    EmptyLine(Line),
    /// Text that is no part of the head: a body, or something else.
    Text,
    /// The next message.
    Message,
    /// Nothing.
    Source,
}

/// The head of a message while it is read.
#[derive(Debug)]
pub(crate) struct Head<'s> {
    pub(crate) page: Page<'s>,
    /// What was put together so far; the end of the last line is not in it yet.
    pub(crate) out: Assembly<'s>,
    /// Where the next line begins.
    pub(crate) at: usize,
    /// The end of the last line.
    pub(crate) line_end: Span,
    pub(crate) seen: Seen,
    /// Whether a line was put to a header that is broken without it.
    pub(crate) has_certain_join: bool,
    pub(crate) joins: usize,
    /// Where the header line that is being read begins in the message, and its last part.
    line_start: usize,
    part_start: usize,
    joins_here: usize,
}

impl<'s> Head<'s> {
    /// Reads the head that begins with `start`.
    pub(crate) fn read(start: &Start<'s>) -> (Self, End) {
        let mut head = Self {
            page: start.page,
            out: Assembly::new(start.page.source),
            at: start.line.line_end.end,
            line_end: start.line.line_end,
            seen: Seen::default(),
            has_certain_join: false,
            joins: 0,
            line_start: 0,
            part_start: 0,
            joins_here: 0,
        };
        head.out.copy(start.line.text);
        if let Some((line, with_space)) = start.rest {
            head.join(line, with_space);
        }
        head.wrapped_reason();
        let end = head.lines();
        head.close();
        (head, end)
    }

    fn lines(&mut self) -> End {
        loop {
            let Some(line) = self.page.line_at(self.at) else {
                return End::Source;
            };
            if start::at(self.page.source, line.text.start).is_some() {
                return End::Message;
            }
            if let Some(end) = self.take(line) {
                return end;
            }
        }
    }

    /// Takes one line, or several that belong together; says so where the head ends before it.
    fn take(&mut self, line: Line) -> Option<End> {
        let text = self.page.text(line.text);
        match Shape::of(text) {
            Shape::Blank => return Some(End::EmptyLine(line)),
            Shape::Fold if !self.is_indented_text(text) => self.add(line),
            shape
                if shape.is_header() && !self.is_piece(shape) && !self.is_sentence(shape, text) =>
            {
                self.begin(line);
            }
            Shape::Known(_) | Shape::Fold | Shape::Header => return Some(End::Text),
            _ if self.is_body_next() => return Some(End::Text),
            _ => return self.go_on(),
        }
        None
    }

    /// Joins the next lines to the header line before them, where they continue it.
    fn go_on(&mut self) -> Option<End> {
        let Some(joins) = self.continuation() else {
            return Some(End::Text);
        };
        self.has_certain_join |= joins.is_certain;
        for with_space in joins.with_space {
            let line = self.page.line_at(self.at)?;
            self.join(line, with_space);
        }
        None
    }

    fn continuation(&self) -> Option<Joins> {
        if self.joins_here >= MOST_JOINS || self.line_start == 0 {
            return None;
        }
        let is_broken = judge(self.line()) == Verdict::Broken;
        let lines: Vec<Line> = self.page.lines(self.at).take(LONGEST_RUN + 1).collect();
        let belongs = |line: &&Line| match Shape::of(self.page.text(line.text)) {
            Shape::Plain | Shape::Address => start::at(self.page.source, line.text.start).is_none(),
            Shape::Tight => is_broken,
            _ => false,
        };
        let run: Vec<&[u8]> = lines
            .iter()
            .take(LONGEST_RUN)
            .take_while(belongs)
            .map(|line| self.page.text(line.text))
            .collect();
        let next = lines.get(run.len()).map(|line| Shape::of(self.page.text(line.text)));
        let header_follows = matches!(next, Some(Shape::Known(_)));
        let last = &self.out.bytes()[self.part_start..];
        continuation(Open { line: self.line(), last }, &run, header_follows)
    }

    /// A tight line such as `.2.1:5060>` can be a piece of a header that is broken without it.
    fn is_piece(&self, shape: Shape) -> bool {
        shape == Shape::Tight
            && judge(self.line()) == Verdict::Broken
            && self.continuation().is_some()
    }

    /// Behind all the headers that a message must have, `Note: the phone asks again …` is no header; but it is one
    /// where other headers follow.
    fn is_sentence(&self, shape: Shape, text: &[u8]) -> bool {
        let name = memchr::memchr(b':', text).map_or(text, |colon| &text[..colon]);
        let words = text.split(u8::is_ascii_whitespace).filter(|word| !word.is_empty()).count();
        let looks_so = shape == Shape::Header && words > SENTENCE && !name.contains(&b'-');
        let mut next =
            self.page.lines(self.at).skip(1).map(|line| Shape::of(self.page.text(line.text)));
        looks_so
            && self.seen_with_line().may_be_whole()
            && !matches!(next.next(), Some(Shape::Known(_)))
    }

    /// Indented text behind Content-Length, which stands last as a rule, is no fold: no number is folded.
    fn is_indented_text(&self, text: &[u8]) -> bool {
        let line = self.line();
        let name = memchr::memchr(b':', line).map_or(line, |colon| &line[..colon]);
        let is_length = HeaderName::of(name.trim_ascii_end()) == HeaderName::ContentLength;
        is_length
            && judge(line) == Verdict::Follows
            && judge(&[line, text].concat()) == Verdict::Broken
    }

    fn is_body_next(&self) -> bool {
        let seen = self.seen_with_line();
        let place = Place { page: self.page, at: self.at, is_wire: false };
        seen.has_all()
            && judge(self.line()) != Verdict::Broken
            && place.without_empty_line(&seen).is_some()
    }

    /// The header line that is being read, as far as it was read.
    fn line(&self) -> &[u8] {
        &self.out.bytes()[self.line_start..]
    }

    fn seen_with_line(&self) -> Seen {
        let mut seen = self.seen;
        seen.note(self.line());
        seen
    }

    /// A reason phrase that was wrapped: the line behind a Status-Line that is no header, before one that is.
    fn wrapped_reason(&mut self) {
        let is_status =
            self.out.bytes().get(..4).is_some_and(|word| word.eq_ignore_ascii_case(b"SIP/"));
        let mut lines = self.page.lines(self.at);
        let (Some(line), Some(after)) = (lines.next(), lines.next()) else {
            return;
        };
        let shapes = [line, after].map(|line| Shape::of(self.page.text(line.text)));
        if is_status && matches!(shapes, [Shape::Plain, Shape::Known(_)]) {
            self.join(line, true);
        }
    }

    /// Ends the line before and begins a header line.
    fn begin(&mut self, line: Line) {
        self.close();
        self.add(line);
        self.line_start = self.part_start;
        self.joins_here = 0;
    }

    /// Ends the line before and adds one.
    fn add(&mut self, line: Line) {
        self.out.line_end(self.line_end);
        self.part_start = self.out.len();
        self.out.copy(line.text);
        self.passed(line);
    }

    /// Puts a line to the one before it.
    fn join(&mut self, line: Line, with_space: bool) {
        self.out.trim_end();
        let left = Span::new(self.part_start, self.out.len());
        let text = self.page.text(line.text);
        let start = line.text.end - text.trim_ascii_start().len();
        let gap = Span::new(self.out.source_end(), start);
        self.out.join(gap, with_space);
        self.part_start = self.out.len();
        self.out.copy(Span::new(start, start + text.trim_ascii().len()));
        let right = Span::new(self.part_start, self.out.len());
        self.out.repaired(Repair::JoinedLine { left, right, with_space });
        self.passed(line);
        self.joins += 1;
        self.joins_here += 1;
    }

    fn passed(&mut self, line: Line) {
        self.line_end = line.line_end;
        self.at = line.line_end.end;
    }

    /// Takes note of the header line that was read.
    fn close(&mut self) {
        if self.line_start > 0 {
            self.seen = self.seen_with_line();
        }
    }
}
