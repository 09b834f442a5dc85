//! Owns what the lines before a message say of it: when, from whom, to whom, over what. The words are those of many
//! logs; where a line says nothing, nothing is known.

use super::address::{self, Address};
use super::{Reading, time};
use crate::line::Page;
use crate::{Found, Origin, Transport};

/// So many lines before a message are looked at.
const LOOKED_AT: usize = 4;
/// Longer lines announce nothing.
const LONGEST: usize = 400;

/// Whether a line names two ends.
pub(super) fn has_two_addresses(line: &[u8]) -> bool {
    line.len() <= LONGEST && address::all(line).len() >= 2
}

/// What one line says.
pub(super) fn origin(line: &[u8]) -> Origin {
    let line = &line[..line.len().min(LONGEST)];
    let addresses = address::all(line);
    let (from, to) = ends(line, &addresses);
    Origin {
        time: time::first(line),
        from: from.map(|end| end.socket),
        to: to.map(|end| end.socket),
        transport: from.or(to).and_then(|end| transport(line, end)),
        ..Origin::default()
    }
}

/// Which address sends, and which receives.
fn ends<'a>(line: &[u8], addresses: &'a [Address]) -> (Option<&'a Address>, Option<&'a Address>) {
    for pair in addresses.windows(2) {
        if is_arrow(&line[pair[0].end..pair[1].start]) {
            return (Some(&pair[0]), Some(&pair[1]));
        }
    }
    let (mut from, mut to, mut start) = (None, None, 0);
    for address in addresses {
        match direction(&line[start..address.start]) {
            Some(true) => from = from.or(Some(address)),
            Some(false) => to = to.or(Some(address)),
            None => {}
        }
        start = address.end;
    }
    (from, to)
}

fn is_arrow(between: &[u8]) -> bool {
    let text = between.trim_ascii();
    let is_sign = text.iter().all(|byte| matches!(byte, b'-' | b'>' | b'='));
    text.last() == Some(&b'>') && is_sign
}

/// Whether the last word of direction says `from`; else it says `to`.
fn direction(before: &[u8]) -> Option<bool> {
    let words = before.split(|byte| !byte.is_ascii_alphabetic()).rev();
    words.take(6).find_map(|word| match word.to_ascii_lowercase().as_slice() {
        b"from" | b"src" | b"source" | b"recv" | b"received" => Some(true),
        b"to" | b"dst" | b"destination" | b"send" | b"sent" | b"sending" => Some(false),
        _ => None,
    })
}

/// The word before an address, as in `UDP:192.0.2.7:5060` and `udp/[192.0.2.7]`; else the first letter of ngrep.
fn transport(line: &[u8], address: &Address) -> Option<Transport> {
    let before = line[..address.start].trim_ascii_end();
    let before = before.strip_suffix(b":").or(before.strip_suffix(b"/")).unwrap_or(before);
    let word = before.rsplit(|byte| !byte.is_ascii_alphabetic()).next().unwrap_or_default();
    let of_ngrep = || match line {
        [b'U', b' ', ..] => Some(Transport::Udp),
        [b'T', b' ', ..] => Some(Transport::Tcp),
        _ => None,
    };
    Transport::named(word).or_else(of_ngrep)
}

/// What the line of a message up to its start, and the lines before it down to `floor`, say of it.
pub(crate) fn of(source: &[u8], found: &Found, floor: usize) -> (Origin, Option<Reading>) {
    let start = found.source.start.min(source.len());
    let page = Page::new(source);
    let line_start = memchr::memrchr(b'\n', &source[..start]).map_or(0, |feed| feed + 1);
    let mut origin = origin(&source[line_start.max(floor.min(start))..start]);
    let mut reading = None;
    let mut at = line_start;
    for _ in 0..LOOKED_AT {
        if at <= floor || at == 0 {
            break;
        }
        at = memchr::memrchr(b'\n', &source[..at - 1]).map_or(0, |feed| feed + 1);
        let Some(line) = page.line_at(at).map(|line| page.text(line.text)) else { break };
        if line.len() > LONGEST {
            continue;
        }
        origin = filled(origin, self::origin(line));
        reading = reading.or_else(|| Reading::of_announcement(line));
        if origin.from.is_some() || origin.to.is_some() {
            break;
        }
    }
    let is_known = origin.from.is_some() || origin.to.is_some();
    (origin, reading.filter(|_| is_known))
}

/// `origin`, and of what it leaves open what `other` says.
pub(crate) fn filled(origin: Origin, other: Origin) -> Origin {
    let is_open = origin.from.is_none() && origin.to.is_none();
    Origin {
        time: origin.time.or(other.time),
        from: if is_open { other.from } else { origin.from },
        to: if is_open { other.to } else { origin.to },
        transport: origin.transport.or(other.transport),
        interface: origin.interface.or(other.interface),
        frame: origin.frame.or(other.frame),
    }
}
