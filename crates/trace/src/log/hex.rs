//! Owns dumps in rows: an offset, sixteen bytes in hexadecimal, perhaps the same as text. Wireshark, text2pcap,
//! tcpdump -x and -X, hexdump -C and xxd all write such rows; what is in them may be a message or a packet.

use super::Reading;
use super::chapter::Chapter;
use crate::assembly::Assembly;
use crate::capture;
use crate::line::{Line, Page};
use fingerpost_core::Span;

const A_ROW: usize = 16;
/// No frame is longer.
const LONGEST: usize = 1 << 17;

/// A row, read.
struct Row {
    offset: usize,
    /// Where in the line each byte stands.
    bytes: Vec<(u8, usize)>,
}

pub(super) fn read(page: Page<'_>, first: Line) -> Option<Chapter> {
    let mut rows: Vec<(Row, Line)> = Vec::new();
    let mut expected = 0;
    for line in page.lines(first.text.start) {
        let Some(mut row) = row(page.text(line.text)) else { break };
        let Some((last, _)) = rows.last_mut() else {
            if row.offset != 0 {
                return None;
            }
            rows.push((row, line));
            continue;
        };
        // Where the next row begins tells how long the last one is, whatever its text looks like.
        let length =
            row.offset.checked_sub(last.offset).filter(|length| *length <= last.bytes.len());
        let Some(length) = length.filter(|length| *length > 0 && row.offset < LONGEST) else {
            break;
        };
        last.bytes.truncate(length);
        expected = expected.max(length);
        row.bytes.truncate(expected);
        rows.push((row, line));
    }
    let end = rows.last()?.1.line_end.end;
    if rows.len() < 2 && rows[0].0.bytes.len() < A_ROW {
        return None;
    }
    let placed = rows
        .iter()
        .flat_map(|(row, line)| row.bytes.iter().map(|(byte, at)| (*byte, line.text.start + *at)));
    Some(chapter(page, &placed.collect::<Vec<_>>(), end, Reading::HexDump))
}

/// The message that is in the bytes, alone or in a packet; where there is none, the numbers are passed over.
pub(super) fn chapter(
    page: Page<'_>,
    bytes: &[(u8, usize)],
    end: usize,
    reading: Reading,
) -> Chapter {
    let plain: Vec<u8> = bytes.iter().map(|(byte, _)| *byte).collect();
    let (place, origin) = capture::message_in(&plain).unwrap_or_default();
    let mut out = Assembly::new(page.source);
    for (byte, at) in bytes.get(place).unwrap_or_default() {
        out.decode(&[*byte], Span::new(*at, at + 2));
    }
    Chapter::new(out, end, reading).with_origin(origin)
}

fn row(text: &[u8]) -> Option<Row> {
    let mut at = text.len() - text.trim_ascii_start().len();
    if text[at..].starts_with(b"0x") {
        at += 2;
    }
    let digits = hex_digits(&text[at..]);
    if !(4..=8).contains(&digits) {
        return None;
    }
    let offset =
        usize::from_str_radix(std::str::from_utf8(&text[at..at + digits]).ok()?, 16).ok()?;
    at += digits;
    at += usize::from(text.get(at) == Some(&b':'));
    let bytes = bytes(text, at);
    (!bytes.is_empty()).then_some(Row { offset, bytes })
}

/// The bytes of a row; what stands behind them as text is told by the gap before it.
fn bytes(text: &[u8], from: usize) -> Vec<(u8, usize)> {
    let mut bytes = Vec::new();
    let (mut at, mut group) = (from, 0);
    while bytes.len() < A_ROW {
        let rest = text.get(at..).unwrap_or_default();
        let gap = rest.iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
        let digits = hex_digits(&rest[gap..]);
        let is_text =
            !bytes.is_empty() && (gap > 2 || (gap == 2 && (group > 2 || bytes.len() != 8)));
        if gap == 0 || is_text || !matches!(digits, 2 | 4 | 8) {
            break;
        }
        group = group.max(digits);
        at += gap;
        bytes.extend((at..at + digits).step_by(2).filter_map(|at| Some((byte(text, at)?, at))));
        at += digits;
    }
    bytes
}

pub(super) fn byte(text: &[u8], at: usize) -> Option<u8> {
    let digits = std::str::from_utf8(text.get(at..at + 2)?).ok()?;
    u8::from_str_radix(digits, 16).ok()
}

/// How many hexadecimal digits stand at the start of `text`, up to a blank or a sign; none where letters follow.
fn hex_digits(text: &[u8]) -> usize {
    let count = text.iter().take_while(|byte| byte.is_ascii_hexdigit()).count();
    match text.get(count) {
        None | Some(b' ' | b'\t' | b':') => count,
        Some(_) => 0,
    }
}
