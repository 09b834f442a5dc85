//! Owns Wireshark's packet details as text: the start line and the headers stand in a tree, each behind its
//! indentation, with what was read out of them below. Of the body only a session description stands there as it was.

use super::Reading;
use super::chapter::Chapter;
use super::time;
use crate::assembly::Assembly;
use crate::line::{Line, Page};
use crate::{Origin, Time, Transport};
use fingerpost_core::Span;
use std::net::{IpAddr, SocketAddr};

/// So much of the tree before SIP is looked at for times and addresses.
const LOOKED_AT: usize = 8192;

pub(super) fn is_header(text: &[u8]) -> bool {
    text.starts_with(b"Session Initiation Protocol")
}

pub(super) fn read(page: Page<'_>, first: Line) -> Chapter {
    let mut tree = Tree { page, out: Assembly::new(page.source), part: Part::Before };
    let mut end = first.line_end.end;
    for line in page.lines(end) {
        let text = page.text(line.text);
        let depth = text.len() - text.trim_ascii_start().len();
        if depth == 0 {
            break;
        }
        end = line.line_end.end;
        tree.take(line, depth);
    }
    tree.end_head(Span::at(end));
    let start = first.text.start;
    let above = &page.source[start.saturating_sub(LOOKED_AT)..start];
    Chapter::new(tree.out, end, Reading::WiresharkDetails).with_origin(origin(above))
}

/// Which part of the tree is being read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Before,
    /// Behind the start line.
    Start,
    Headers,
    Body,
}

struct Tree<'s> {
    page: Page<'s>,
    out: Assembly<'s>,
    part: Part,
}

impl Tree<'_> {
    fn take(&mut self, line: Line, depth: usize) {
        let content = &self.page.text(line.text)[depth..];
        let start = [&b"Request-Line: "[..], b"Status-Line: "];
        let start = start.into_iter().find(|name| content.starts_with(name));
        match (depth, self.part) {
            (4, Part::Before) => {
                if let Some(name) = start {
                    self.part = Part::Start;
                    self.add(line, depth + name.len());
                }
            }
            (4, Part::Start) if content.starts_with(b"Message Header") => self.part = Part::Headers,
            (4, Part::Headers) if content.starts_with(b"Message Body") => {
                self.end_head(Span::at(line.text.start));
                self.part = Part::Body;
            }
            (8, Part::Headers) if !content.starts_with(b"[") => self.add(line, depth),
            (12, Part::Body) => self.description(line, depth),
            _ => {}
        }
    }

    /// A line of a session description: `Session Name (s): -`.
    fn description(&mut self, line: Line, depth: usize) {
        let content = &self.page.text(line.text)[depth..];
        let Some(mark) = memchr::memmem::find(content, b"): ") else { return };
        if mark >= 2 && content[mark - 2] == b'(' && content[mark - 1].is_ascii_lowercase() {
            let start = line.text.start + depth;
            self.out.copy(Span::new(start + mark - 1, start + mark));
            self.out.decode(b"=", Span::new(start + mark, start + mark + 3));
            self.add(line, depth + mark + 3);
        }
    }

    fn end_head(&mut self, place: Span) {
        if matches!(self.part, Part::Start | Part::Headers) {
            self.out.decode(b"\r\n", place);
        }
    }

    fn add(&mut self, line: Line, inset: usize) {
        self.out.copy(Span::new(line.text.start + inset, line.text.end));
        self.out.decode(b"\r\n", line.line_end);
    }
}

/// What the layers above say, as far as they belong to the same packet.
fn origin(above: &[u8]) -> Origin {
    let frame = memchr::memmem::rfind(above, b"\nFrame ").unwrap_or(0);
    let lines: Vec<&[u8]> = above[frame..].split(|byte| *byte == b'\n').collect();
    let behind = |name: &str| {
        let found = lines.iter().rev().find_map(|line| {
            let at = memchr::memmem::find(line, name.as_bytes())?;
            std::str::from_utf8(&line[at + name.len()..]).ok()
        });
        found.map(|text| text.split([',', ' ', '\r']).next().unwrap_or_default())
    };
    let transport = match () {
        () if behind("User Datagram Protocol, Src Port: ").is_some() => Some(Transport::Udp),
        () if behind("Transmission Control Protocol, Src Port: ").is_some() => Some(Transport::Tcp),
        () => None,
    };
    let socket = |ip: &str, port: &str| {
        let ip: IpAddr = behind(ip)?.parse().ok()?;
        Some(SocketAddr::new(ip, behind(port)?.parse().ok()?))
    };
    Origin {
        time: behind("Epoch Time: ").and_then(epoch),
        from: socket("Source Address: ", "Source Port: "),
        to: socket("Destination Address: ", "Destination Port: "),
        transport,
        frame: behind("Frame Number: ").and_then(|number| number.parse().ok()),
        ..Origin::default()
    }
}

fn epoch(text: &str) -> Option<Time> {
    time::first(text.as_bytes())
}
