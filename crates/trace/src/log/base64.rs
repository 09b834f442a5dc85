//! Owns base64 (RFC 4648) alone on its lines, as it is copied out of programs and mails.

use super::Reading;
use super::chapter::Chapter;
use crate::assembly::Assembly;
use crate::capture;
use crate::line::{Line, Page};
use fingerpost_core::Span;

/// Shorter first lines are words.
const SHORTEST: usize = 40;
/// So many characters are read together.
const LONGEST: usize = 1 << 20;

/// Whether a line can be the first of a block.
pub(super) fn is_first(text: &[u8]) -> bool {
    text.len() >= SHORTEST && text.iter().all(|byte| digit(*byte).is_some() || *byte == b'=')
}

/// A block; one without a message is passed over.
pub(super) fn read(page: Page<'_>, first: Line) -> Chapter {
    let mut digits: Vec<(u8, usize)> = Vec::new();
    let mut end = first.text.start;
    for line in page.lines(first.text.start) {
        let text = page.text(line.text);
        let is_digit = |byte: &u8| digit(*byte).is_some() || *byte == b'=';
        if text.is_empty() || digits.len() > LONGEST || !text.iter().all(is_digit) {
            break;
        }
        let placed = text.iter().enumerate();
        digits.extend(placed.filter_map(|(at, byte)| Some((digit(*byte)?, line.text.start + at))));
        end = line.line_end.end;
        if text.ends_with(b"=") {
            break;
        }
    }
    let bytes = decoded(&digits);
    let plain: Vec<u8> = bytes.iter().map(|(byte, _)| *byte).collect();
    let (place, origin) = capture::message_in(&plain).unwrap_or_default();
    let mut out = Assembly::new(page.source);
    for (byte, span) in bytes.get(place).unwrap_or_default() {
        out.decode(&[*byte], *span);
    }
    Chapter::new(out, end, Reading::Base64).with_origin(origin)
}

/// Of each four digits three bytes, each with the two digits that it is in.
fn decoded(digits: &[(u8, usize)]) -> Vec<(u8, Span)> {
    let mut bytes = Vec::new();
    for four in digits.chunks(4) {
        for (pair, (left, right)) in four.windows(2).zip([(2, 4), (4, 2), (6, 0)]) {
            let byte = pair[0].0 << left | pair[1].0 >> right;
            bytes.push((byte, Span::new(pair[0].1, pair[1].1 + 1)));
        }
    }
    bytes
}

/// What a character stands for, in both alphabets.
const fn digit(byte: u8) -> Option<u8> {
    match byte {
        b'A'..=b'Z' => Some(byte - b'A'),
        b'a'..=b'z' => Some(byte - b'a' + 26),
        b'0'..=b'9' => Some(byte - b'0' + 52),
        b'+' | b'-' => Some(62),
        b'/' | b'_' => Some(63),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn four_digits_are_three_bytes() {
        let of = |text: &str| -> Vec<u8> {
            let digits: Vec<_> = text
                .bytes()
                .enumerate()
                .filter_map(|(at, byte)| Some((digit(byte)?, at)))
                .collect();
            decoded(&digits).into_iter().map(|(byte, _)| byte).collect()
        };
        // The examples of RFC 4648 §10.
        assert_eq!(
            (of("Zg=="), of("Zm8="), of("Zm9vYmFy")),
            (b"f".to_vec(), b"fo".to_vec(), b"foobar".to_vec())
        );
    }
}
