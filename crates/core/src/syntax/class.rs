//! Owns the byte classes of the grammar as one table of bits.

const TOKEN: u8 = 1;
const HOST: u8 = 2;
const USER: u8 = 4;
const URI_PARAM: u8 = 8;
const LWS: u8 = 16;
const DIGIT: u8 = 32;
const QUOTED: u8 = 64;
const PARAM_VALUE: u8 = 128;

/// One byte of class bits for each byte value.
static CLASSES: [u8; 256] = table();

const fn table() -> [u8; 256] {
    let mut classes = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        #[allow(clippy::cast_possible_truncation, reason = "the loop stays below 256")]
        let value = byte as u8;
        classes[byte] = bits(value);
        byte += 1;
    }
    classes
}

const fn bits(byte: u8) -> u8 {
    let alphanumeric = byte.is_ascii_alphanumeric();
    let mut bits = 0;
    if alphanumeric || has(b"-.!%*_+`'~", byte) {
        bits |= TOKEN;
    }
    // `_` is in no host of RFC 3261, but in many names of real LANs.
    if alphanumeric || has(b"-._", byte) {
        bits |= HOST;
    }
    // unreserved, escaped and user-unreserved; bytes beyond ASCII are kept for the finding to name.
    if alphanumeric || has(b"-_.!~*'()%&=+$,;?/", byte) {
        bits |= USER;
    }
    if alphanumeric || has(b"-_.!~*'()%[]/:&+$", byte) {
        bits |= URI_PARAM;
    }
    if has(b" \t\r\n", byte) {
        bits |= LWS;
    }
    if byte.is_ascii_digit() {
        bits |= DIGIT;
    }
    if !has(b"\"\\", byte) {
        bits |= QUOTED;
    }
    // Phones write hosts, `[IPv6]` and worse where `token / host` should stand.
    if bits & TOKEN != 0 || has(b"[]:", byte) {
        bits |= PARAM_VALUE;
    }
    bits
}

const fn has(set: &[u8], byte: u8) -> bool {
    let mut at = 0;
    while at < set.len() {
        if set[at] == byte {
            return true;
        }
        at += 1;
    }
    false
}

/// `token` (RFC 3261 §25.1).
pub(crate) fn is_token(byte: u8) -> bool {
    CLASSES[usize::from(byte)] & TOKEN != 0
}

/// A byte of a host name or IPv4 address.
pub(crate) fn is_host(byte: u8) -> bool {
    CLASSES[usize::from(byte)] & HOST != 0
}

/// A byte of the `user` part, escapes included.
pub(crate) fn is_user(byte: u8) -> bool {
    CLASSES[usize::from(byte)] & USER != 0
}

/// `paramchar`, escapes included.
pub(crate) fn is_uri_param(byte: u8) -> bool {
    CLASSES[usize::from(byte)] & URI_PARAM != 0
}

/// Linear white space; line breaks are here only as part of a fold, because lines are split before.
pub(crate) fn is_lws(byte: u8) -> bool {
    CLASSES[usize::from(byte)] & LWS != 0
}

/// What stands in a quoted string without being its end or the start of an escape.
pub(crate) fn is_quoted(byte: u8) -> bool {
    CLASSES[usize::from(byte)] & QUOTED != 0
}

/// A byte of a parameter's value without quotation marks.
pub(crate) fn is_param_value(byte: u8) -> bool {
    CLASSES[usize::from(byte)] & PARAM_VALUE != 0
}

/// `DIGIT`.
pub(crate) fn is_digit(byte: u8) -> bool {
    CLASSES[usize::from(byte)] & DIGIT != 0
}
