//! Owns text with escapes: the line ends of a message written as `\r\n`, `\x0d\x0a`, `\u000d\u000a`, `\015\012` or
//! `#015#012`, in one string or in several as C puts them one behind the other.

use super::Reading;
use super::chapter::Chapter;
use super::inside::Inside;
use crate::assembly::Assembly;
use crate::line::{Line, Page};
use fingerpost_core::Span;

pub(super) fn read(page: Page<'_>, line: Line, inside: Inside) -> Option<Chapter> {
    if !inside.is_escaped {
        return None;
    }
    let text = page.text(line.text);
    let quote = text[..inside.start].last().copied().filter(|byte| matches!(byte, b'"' | b'\''));
    let has_hashes = text[inside.end] == b'#';
    let mut reader = Reader {
        source: page.source,
        out: Assembly::new(page.source),
        at: line.text.start + inside.start,
        quote,
        has_hashes,
    };
    while reader.step() {}
    // The rest of the line may hold another message.
    Some(Chapter::new(reader.out, reader.at, Reading::Escaped))
}

struct Reader<'s> {
    source: &'s [u8],
    out: Assembly<'s>,
    at: usize,
    /// What ends the string; else the line does.
    quote: Option<u8>,
    has_hashes: bool,
}

impl Reader<'_> {
    /// Reads one character or escape; whether the string goes on.
    fn step(&mut self) -> bool {
        let rest = &self.source[self.at..];
        match rest.first() {
            Some(byte) if Some(*byte) == self.quote => return self.next_string(),
            None | Some(b'\n') => return false,
            Some(b'\\') if !self.has_hashes => match escape(rest) {
                Some((byte, length)) => self.decode(byte, length),
                None => self.copy(1),
            },
            Some(b'#') if self.has_hashes => match octal(&rest[1..]) {
                Some(byte) => self.decode(&[byte], 4),
                None => self.copy(1),
            },
            Some(_) => {
                let plain = rest.iter().take_while(|byte| !self.is_special(**byte)).count();
                self.copy(plain.max(1));
            }
        }
        true
    }

    fn is_special(&self, byte: u8) -> bool {
        byte == b'\n' || byte == b'\\' || byte == b'#' || Some(byte) == self.quote
    }

    fn copy(&mut self, length: usize) {
        self.out.copy(Span::new(self.at, self.at + length));
        self.at += length;
    }

    fn decode(&mut self, bytes: &[u8], length: usize) {
        self.out.decode(bytes, Span::new(self.at, self.at + length));
        self.at += length;
    }

    /// Behind the quote: strings that stand one behind the other are one (C).
    fn next_string(&mut self) -> bool {
        let behind = &self.source[self.at + 1..];
        let blanks = behind.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
        let goes_on = behind.get(blanks).copied() == self.quote && self.quote == Some(b'"');
        self.at += if goes_on { blanks + 2 } else { 1 };
        goes_on
    }
}

/// The bytes that an escape stands for, and how long it is.
fn escape(text: &[u8]) -> Option<(&'static [u8], usize)> {
    const BYTES: [u8; 256] = all_bytes();
    let one = |byte: u8| &BYTES[usize::from(byte)..=usize::from(byte)];
    Some(match text.get(1)? {
        b'r' => (b"\r", 2),
        b'n' => (b"\n", 2),
        b't' => (b"\t", 2),
        byte @ (b'\\' | b'"' | b'\'' | b'/') => (one(*byte), 2),
        b'x' | b'X' => (one(number(text.get(2..4)?, 16)?), 4),
        b'u' if text.get(2..4)? == b"00" => (one(number(text.get(4..6)?, 16)?), 6),
        _ => (one(octal(&text[1..])?), 4),
    })
}

const fn all_bytes() -> [u8; 256] {
    let mut bytes = [0; 256];
    let mut byte = 0_u8;
    loop {
        bytes[byte as usize] = byte;
        if byte == u8::MAX {
            return bytes;
        }
        byte += 1;
    }
}

fn octal(text: &[u8]) -> Option<u8> {
    number(text.get(..3)?, 8)
}

fn number(digits: &[u8], radix: u32) -> Option<u8> {
    let digits = std::str::from_utf8(digits).ok()?;
    u8::from_str_radix(digits, radix).ok()
}
