//! Owns where the body of a pasted message ends. Content-Length counts the bytes on the wire, and a text may have
//! lost its CRs since: a length fits where it leads to the end of a line, counted as the text stands or with CRLF.

use crate::line::{Line, Page};
use crate::seen::{BodyKind, Seen};
use crate::shape::{Shape, is_url};
use crate::start;

/// No datagram holds more.
const LONGEST: usize = 65_535;
/// Where start lines may be inside a body, a length is followed less far: it may be wrong, and thousands of messages
/// that all claim to hold the rest of the source would be read again for each of them.
const LONGEST_COMPOSITE: usize = 16_384;

/// A body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Extent {
    /// Where it ends in the source.
    pub(crate) end: usize,
    /// Whether its line ends stay as they are.
    pub(crate) as_it_stands: bool,
}

/// Where a body can be in a source.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place<'s> {
    pub(crate) page: Page<'s>,
    pub(crate) at: usize,
    /// Whether the text has CRLF, so that its bytes are those of the wire.
    pub(crate) is_wire: bool,
}

impl Place<'_> {
    /// The body behind an empty line.
    pub(crate) fn after_empty_line(&self, seen: &Seen) -> Option<Extent> {
        match seen.length {
            Some(0) => None,
            Some(length) => self.exactly(length).or_else(|| self.stated(length, seen.kind)),
            None => self.unstated(seen.kind),
        }
    }

    /// The body that begins where headers end without an empty line: it must fit, or be a URL where one is announced.
    pub(crate) fn without_empty_line(&self, seen: &Seen) -> Option<Extent> {
        let goes_on = |line: Line| {
            let shape = Shape::of(self.page.text(line.text));
            !matches!(shape, Shape::Blank | Shape::Known(_)) && !self.starts(line)
        };
        let fitting = seen
            .length
            .filter(|length| *length > 0)
            .and_then(|length| self.fitting(length, goes_on));
        fitting.or_else(|| {
            (seen.kind == BodyKind::Url && seen.length != Some(0)).then(|| self.url()).flatten()
        })
    }

    /// As many bytes as stated, where the source ends or the next message begins right behind them.
    fn exactly(&self, length: usize) -> Option<Extent> {
        let end = self.at.checked_add(length).filter(|_| self.is_wire)?;
        let source = self.page.source;
        let is_end = end == source.len() || self.is_start_at(end);
        is_end.then_some(Extent { end, as_it_stands: true })
    }

    /// Whether a message begins at `end`, and it is not the rest of a start line that began before it.
    fn is_start_at(&self, end: usize) -> bool {
        let source = self.page.source;
        let Some(before) = source.get(self.at..end) else {
            return false;
        };
        let line = memchr::memrchr(b'\n', before).map_or(self.at, |feed| self.at + feed + 1);
        let is_rest = line > self.at && line < end && start::at(source, line).is_some();
        !is_rest && start::at(source, end).is_some()
    }

    fn stated(&self, length: usize, kind: BodyKind) -> Option<Extent> {
        let may_hold_messages = kind == BodyKind::Composite && length <= LONGEST_COMPOSITE;
        let fitting = self.fitting(length, |line| may_hold_messages || !self.starts(line));
        let nearly = || {
            if kind == BodyKind::Composite { self.up_to_next_message() } else { self.paragraph() }
        };
        fitting.or_else(|| self.binary(length)).or_else(nearly)
    }

    fn unstated(&self, kind: BodyKind) -> Option<Extent> {
        match kind {
            BodyKind::None => None,
            BodyKind::Url => self.url(),
            BodyKind::Composite => self.up_to_next_message(),
            BodyKind::Other => self.paragraph(),
        }
    }

    fn starts(&self, line: Line) -> bool {
        start::at(self.page.source, line.text.start).is_some()
    }

    /// The lines that `length` fits, of those that `goes_on` lets through; rather such as a gap follows.
    fn fitting(&self, length: usize, goes_on: impl Fn(Line) -> bool) -> Option<Extent> {
        let (mut counted, mut found) = (Counted::default(), None);
        if length > LONGEST {
            return None;
        }
        for line in self.page.lines(self.at).take_while(|line| goes_on(*line)) {
            let ends = counted.ends(line, length).or_else(|| self.glued(&counted, line, length));
            match ends {
                Some(extent) if self.is_gap(extent.end) => return Some(extent),
                Some(extent) => found = found.or(Some(extent)),
                None if counted.as_it_stands >= length => break,
                None => {}
            }
            counted.add(line);
        }
        found
    }

    /// The body ends inside a line whose rest is the next message: datagrams put one behind the other.
    fn glued(&self, counted: &Counted, line: Line, length: usize) -> Option<Extent> {
        let inside = [(counted.as_it_stands, true), (counted.with_crlf, false)].into_iter();
        let ends = inside.map(|(count, as_it_stands)| {
            let end = line.text.start + length.saturating_sub(count);
            Extent { end, as_it_stands }
        });
        let is_inside = |end: usize| line.text.start < end && end < line.text.end;
        ends.into_iter().find(|extent| {
            is_inside(extent.end) && start::at(self.page.source, extent.end).is_some()
        })
    }

    /// Whether what begins at `end` is no more text: the end of the source, an empty line or another message.
    fn is_gap(&self, end: usize) -> bool {
        let bytes = self.page.source.get(end..).unwrap_or_default();
        let line_end =
            if bytes.starts_with(b"\r\n") { 2 } else { usize::from(bytes.starts_with(b"\n")) };
        let next = end + line_end;
        self.page.line_at(next).is_none_or(|line| self.page.is_blank(line) || self.starts(line))
    }

    /// Bytes of the wire that end inside a line: to the end of that line, so that what is too much is seen.
    fn binary(&self, length: usize) -> Option<Extent> {
        let end = self
            .at
            .checked_add(length)
            .filter(|end| self.is_wire && *end <= self.page.source.len())?;
        let next = start::next(self.page.source, self.at).map(|start| start.line.text.start);
        let line = self.page.line_at(end).filter(|_| next.is_none_or(|next| end <= next))?;
        let paragraph = self.paragraph().map_or(end, |extent| extent.end);
        Some(Extent { end: line.text.end.max(paragraph), as_it_stands: true })
    }

    /// Everything to the next empty line or message; a single line without its end.
    fn paragraph(&self) -> Option<Extent> {
        let lines = self.page.lines(self.at);
        let mut lines = lines.take_while(|line| !self.page.is_blank(*line) && !self.starts(*line));
        let first = lines.next()?;
        let end = lines.last().map_or(first.text.end, |last| last.line_end.end);
        Some(Extent { end, as_it_stands: false })
    }

    fn up_to_next_message(&self) -> Option<Extent> {
        let next = start::next(self.page.source, self.at);
        let end =
            next.map_or(self.page.source.len(), |start| start.line.text.start - start.margin.len());
        (end > self.at).then_some(Extent { end, as_it_stands: false })
    }

    fn url(&self) -> Option<Extent> {
        let line = self.page.line_at(self.at)?;
        let text = self.page.text(line.text);
        let end = line.text.start + text.trim_ascii_end().len();
        is_url(text.trim_ascii()).then_some(Extent { end, as_it_stands: true })
    }
}

/// The length of the lines so far, counted both ways.
#[derive(Debug, Clone, Copy, Default)]
struct Counted {
    as_it_stands: usize,
    with_crlf: usize,
}

impl Counted {
    fn add(&mut self, line: Line) {
        self.as_it_stands += line.text.len() + line.line_end.len();
        self.with_crlf += line.text.len() + 2;
    }

    /// Whether `length` leads to the end of `line`, before or behind its line end.
    fn ends(self, line: Line, length: usize) -> Option<Extent> {
        let mut behind = self;
        behind.add(line);
        let text = line.text.len();
        let ends = [
            (self.as_it_stands + text, true, line.text.end),
            (self.with_crlf + text, false, line.text.end),
            (behind.as_it_stands, true, line.line_end.end),
            (behind.with_crlf, false, line.line_end.end),
        ];
        let possible = if line.line_end.is_empty() { &ends[..2] } else { &ends[..] };
        let (_, as_it_stands, end) = *possible.iter().find(|(count, ..)| *count == length)?;
        Some(Extent { end, as_it_stands })
    }
}
