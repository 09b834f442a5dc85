//! Owns the cheap question whether bytes begin with a message, before anything is read: whatever the port. The answer
//! is core's; here is only what rules it out quickly.

use crate::grammar::is_token;
use fingerpost_core::Message;
use fingerpost_core::message::StartLine;

/// The longest start line that is looked at.
const LONGEST_LINE: usize = 8192;

/// Whether a datagram begins with a start line; line ends may stand before it.
pub(super) fn begins(datagram: &[u8]) -> bool {
    let blanks = datagram.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
    let text = &datagram[blanks..];
    let starts_so = text.first().is_some_and(u8::is_ascii_alphanumeric);
    starts_so && line_is_start(text)
}

/// Whether a stream that begins so can be one of messages; `None` where more must be seen.
#[cfg(feature = "pcap")]
pub(super) fn may_begin(stream: &[u8]) -> Option<bool> {
    let blanks = stream.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
    let text = &stream[blanks..];
    match text.first() {
        None => None,
        Some(first) if !first.is_ascii_alphanumeric() => Some(false),
        Some(_) if text.len() > LONGEST_LINE || text.contains(&b'\n') => Some(line_is_start(text)),
        Some(_) => text.iter().any(|byte| *byte >= 0x7f || *byte == 0).then_some(false),
    }
}

/// Where the first line begins that is a start line.
pub(super) fn find(bytes: &[u8]) -> Option<usize> {
    let mut hits = memchr::memmem::find_iter(bytes, b"SIP/");
    hits.find_map(|hit| {
        let before = &bytes[hit.saturating_sub(LONGEST_LINE)..hit];
        let start = match memchr::memrchr(b'\n', before) {
            Some(feed) => hit - before.len() + feed + 1,
            None if before.len() < hit => return None,
            None => 0,
        };
        begins(&bytes[start..]).then_some(start)
    })
}

fn line_is_start(text: &[u8]) -> bool {
    let head = &text[..text.len().min(LONGEST_LINE)];
    let line = &head[..memchr::memchr(b'\n', head).unwrap_or(head.len())];
    if memchr::memmem::find(line, b"SIP/").is_none() {
        return false;
    }
    Message::parse(line).is_ok_and(|message| match message.start_line() {
        StartLine::Request(request) => is_token(request.method.as_bytes()),
        StartLine::Status(_) => true,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_begins_with_a_start_line_is_a_message() {
        assert!(begins(b"OPTIONS sip:a SIP/2.0\r\n\r\n"));
        assert!(begins(b"\r\nSIP/2.0 200 OK\r\n\r\n"));
        assert!(
            !begins(b"\r\n\r\n")
                && !begins(b"GET / HTTP/1.1\r\n\r\n")
                && !begins(b"\x80\x08SIP/2.0")
        );
        assert!(!begins(b"it speaks SIP/2.0, too\r\n"));
    }

    #[cfg(feature = "pcap")]
    #[test]
    fn a_stream_is_told_by_its_first_line() {
        assert_eq!(may_begin(b"\r\n\r\n"), None);
        assert_eq!(may_begin(b"INVI"), None);
        assert_eq!(may_begin(b"INVITE sip:a SIP/2.0\r\n"), Some(true));
        assert_eq!(may_begin(b"GET / HTTP/1.1\r\n"), Some(false));
        assert_eq!(may_begin(b"\x16\x03\x01"), Some(false));
    }

    #[test]
    fn a_start_line_is_found_behind_the_rest_of_something_else() {
        assert_eq!(find(b"v=0\r\nBYE sip:a SIP/2.0\r\n"), Some(5));
        assert_eq!(find(b"Via: SIP/2.0/TCP a\r\nSIP/2.0 200 OK\r\n"), Some(20));
        assert_eq!(find(b"Via: SIP/2.0/TCP a\r\n"), None);
    }
}
