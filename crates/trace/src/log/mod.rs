//! Owns what stands around messages in logs and dumps: prefixes on every line, escapes, dots for line ends, rows of
//! hex, a dissector's tree. Each kind turns its lines into a chapter: the bytes of messages with a map back to the
//! source. What a message is, the search says; prefixes are found by their shape, never by SIP.

mod address;
pub(crate) mod announce;
mod chapter;
mod dissection;
mod escapes;
mod hex;
mod inside;
mod ngrep;
mod plain_hex;
mod prefix;
mod reading;
mod time;

pub(crate) use chapter::Chapter;
pub use reading::Reading;

use crate::line::{Line, Page};

/// Whether a start line stands in `line` behind something else than a margin: then the line is none itself.
pub(crate) fn is_behind_prefix(source: &[u8], line: Line) -> bool {
    let text = Page::new(source).text(line.text);
    let is_margin = |byte: &u8| matches!(byte, b' ' | b'\t' | b'>');
    inside::find(text).is_some_and(|inside| !text[..inside.start].iter().all(is_margin))
}

/// The chapter that begins with `line`, where one does; no message begins there as it stands.
pub(crate) fn chapter(source: &[u8], line: Line) -> Option<Chapter> {
    let page = Page::new(source);
    let text = page.text(line.text);
    match text.trim_ascii_start().first()? {
        b'U' | b'T' if ngrep::is_header(text) => return Some(ngrep::read(page, line)),
        b'S' if dissection::is_header(text) => return Some(dissection::read(page, line)),
        b'0'..=b'9' | b'a'..=b'f' | b'A'..=b'F' => {
            let read = hex::read(page, line).or_else(|| plain_hex::read(page, line));
            if read.is_some() {
                return read;
            }
        }
        _ => {}
    }
    let inside = inside::find(text)?;
    escapes::read(page, line, inside).or_else(|| prefix::read(page, line, inside))
}
