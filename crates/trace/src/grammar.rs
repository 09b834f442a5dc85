//! Owns the questions put to core's grammar: is this a token, does this value follow its header's grammar? Knows no
//! answer of its own.

use fingerpost_core::Message;
use fingerpost_core::scan::TokenKind;
use fingerpost_core::typed::Event;

/// Longer values are not wrapped text but something else, and not worth reading again and again.
const LONGEST_VALUE: usize = 4096;

/// What core says of a header's value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// It follows the grammar of its header.
    Follows,
    /// It does not.
    Broken,
    /// The header has no grammar in core: anything goes.
    Opaque,
}

/// Reads the header line `line`, without its line end, as core would read it in a message.
pub(crate) fn judge(line: &[u8]) -> Verdict {
    if line.len() > LONGEST_VALUE {
        return Verdict::Opaque;
    }
    let bytes = [b"OPTIONS sip:x SIP/2.0\r\n", line, b"\r\n\r\n"].concat();
    let Ok(message) = Message::parse(&bytes) else {
        return Verdict::Broken;
    };
    let tape = message.tape();
    let has = |kind| tape.leaves().any(|token| token.kind == kind);
    let is_empty = message.headers().next().is_none_or(|header| header.value().is_empty());
    match () {
        () if has(TokenKind::Malformed) => Verdict::Broken,
        // The grammar of a missing value leaves no token to be malformed.
        () if is_empty && judge(&[line, b" ,;"].concat()) == Verdict::Broken => Verdict::Broken,
        () if has(TokenKind::HeaderValue) || is_empty => Verdict::Opaque,
        () => Verdict::Follows,
    }
}

/// Whether `text` is one token: the grammar of an event package is just that.
pub(crate) fn is_token(text: &[u8]) -> bool {
    Event::parse(text).is_ok_and(|event| event.package.as_bytes() == text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn core_says_whether_a_value_follows_its_grammar() {
        assert_eq!(judge(b"Via: SIP/2.0/UDP"), Verdict::Broken);
        assert_eq!(judge(b"v: SIP/2.0/UDP h;branch=z9hG4bK1"), Verdict::Follows);
        assert_eq!(judge(b"From:"), Verdict::Broken);
        assert_eq!(judge(b"Event:"), Verdict::Broken);
        assert_eq!(judge(b"Subject:"), Verdict::Opaque);
        assert_eq!(judge(b"Subject: lunch; perhaps"), Verdict::Opaque);
    }

    #[test]
    fn a_token_has_no_separators() {
        assert!(is_token(b"X-Header.1"));
        assert!(!is_token(b"a b") && !is_token(b"a/b") && !is_token(b"") && !is_token(b" a"));
    }
}
