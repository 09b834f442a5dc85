//! Owns finding a start line that does not begin where its line begins.

use fingerpost_core::Message;

/// What can stand directly behind bytes that were no text, as in `E..Ã¨INVITE sip:…`: there the name of the method must
/// be known to tell where it begins.
const METHODS: [&str; 14] = [
    "INVITE",
    "ACK",
    "BYE",
    "CANCEL",
    "REGISTER",
    "OPTIONS",
    "SUBSCRIBE",
    "NOTIFY",
    "PUBLISH",
    "INFO",
    "PRACK",
    "UPDATE",
    "MESSAGE",
    "REFER",
];

/// How line ends are written inside a line.
const LINE_ENDS: [&[u8]; 8] = [
    br"\r\n",
    br"\n",
    br"\x0d\x0a",
    br"\x0D\x0A",
    br"\u000d\u000a",
    br"\u000D\u000A",
    br"\015\012",
    b"#015#012",
];

/// A start line in a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Inside {
    /// Where it begins, and where it ends.
    pub(super) start: usize,
    pub(super) end: usize,
    /// Whether an escaped line end stands behind it.
    pub(super) is_escaped: bool,
}

/// The start line in `text`, where there is one.
pub(super) fn find(text: &[u8]) -> Option<Inside> {
    memchr::memmem::find(text, b"SIP/")?;
    let ends = LINE_ENDS.iter().filter_map(|line_end| memchr::memmem::find(text, line_end));
    let escaped = ends.min().and_then(|end| locate(&text[..end]).map(|start| (start, end)));
    if let Some((start, end)) = escaped {
        return Some(Inside { start, end, is_escaped: true });
    }
    let end = text.trim_ascii_end().len();
    let start = locate(&text[..end])?;
    Some(Inside { start, end: text.len(), is_escaped: false })
}

/// Where a start line begins that ends where `text` ends.
fn locate(text: &[u8]) -> Option<usize> {
    let start = request(text).or_else(|| response(text))?;
    Message::parse(&text[start..]).is_ok().then_some(start)
}

fn request(text: &[u8]) -> Option<usize> {
    let rest = text.strip_suffix(b"SIP/2.0")?.strip_suffix(b" ")?;
    let uri = memchr::memrchr(b' ', rest)?;
    let before = &rest[..uri];
    let word = before.iter().rev().take_while(|byte| byte.is_ascii_uppercase()).count();
    let start = before.len() - word;
    let known = METHODS.iter().filter(|method| before.ends_with(method.as_bytes()));
    let known = known.map(|method| before.len() - method.len()).min();
    let is_free =
        start == 0 || matches!(before[start - 1], b' ' | b'\t' | b'"' | b'\'' | b'<' | b'>' | b'|');
    if word > 0 && is_free { Some(start) } else { known }
}

fn response(text: &[u8]) -> Option<usize> {
    let is_code = |at: &usize| {
        let code = text.get(at + 8..at + 11);
        let is_number = code.is_some_and(|code| code.iter().all(u8::is_ascii_digit));
        is_number && matches!(text.get(at + 11), None | Some(b' '))
    };
    memchr::memmem::find_iter(text, b"SIP/2.0 ").find(is_code)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Option<&str> {
        find(text.as_bytes()).map(|inside| &text[inside.start..inside.end])
    }

    #[test]
    fn a_start_line_is_found_behind_prefixes_and_bytes_that_were_no_text() {
        assert_eq!(found("10:00 sua[1]: OPTIONS sip:a SIP/2.0"), Some("OPTIONS sip:a SIP/2.0"));
        assert_eq!(found("E...@.AINVITE sip:a SIP/2.0"), Some("INVITE sip:a SIP/2.0"));
        assert_eq!(found("INFO: SIP/2.0 200 OK"), Some("SIP/2.0 200 OK"));
        assert_eq!(found(r#""m":"BYE sip:a SIP/2.0\r\nTo: b""#), Some("BYE sip:a SIP/2.0"));
        assert_eq!(found("<BYE sip:a SIP/2.0#015#012To: b"), Some("BYE sip:a SIP/2.0"));
    }

    #[test]
    fn what_only_speaks_of_sip_is_no_start_line() {
        assert_eq!(found("Via: SIP/2.0/UDP a"), None);
        assert_eq!(found("the phone speaks SIP/2.0"), None);
    }
}
