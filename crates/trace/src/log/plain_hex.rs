//! Owns hexadecimal numbers alone on their lines, as they are copied out of programs: `4f5054…`, `4f 50 54 …`,
//! `4f:50:54:…`.

use super::Reading;
use super::chapter::Chapter;
use super::hex::{self, byte};
use crate::line::{Line, Page};

/// So many bytes are read together.
const LONGEST: usize = 1 << 20;
/// Shorter lines are words.
const SHORTEST: usize = 16;

pub(super) fn read(page: Page<'_>, first: Line) -> Option<Chapter> {
    let mut bytes = Vec::new();
    let mut end = first.text.start;
    for line in page.lines(first.text.start) {
        if bytes.len() > LONGEST {
            break;
        }
        let text = page.text(line.text);
        let Some(row) = row(text).filter(|row| row.len() >= SHORTEST || !bytes.is_empty()) else {
            break;
        };
        bytes.extend(row.into_iter().map(|(byte, at)| (byte, line.text.start + at)));
        end = line.line_end.end;
    }
    let has_some = !bytes.is_empty();
    has_some.then(|| hex::chapter(page, &bytes, end, Reading::PlainHex))
}

fn row(text: &[u8]) -> Option<Vec<(u8, usize)>> {
    let (mut at, mut bytes) = (0, Vec::new());
    while at < text.len() {
        if matches!(text[at], b' ' | b'\t' | b':' | b',') {
            at += 1;
            continue;
        }
        bytes.push((byte(text, at)?, at));
        at += 2;
    }
    (!bytes.is_empty()).then_some(bytes)
}
