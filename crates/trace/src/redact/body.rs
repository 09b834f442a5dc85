//! Owns what is secret in a body: fields of a session description by their place, everything else as text.

use super::Kind;
use super::walk::Place;
use fingerpost_core::Span;

/// Attributes of a session description whose value is a key (RFC 8839 §5.4, RFC 8122 §5).
const KEYS: [&[u8]; 3] = [b"ice-pwd", b"ice-ufrag", b"fingerprint"];
/// What stands before a key in a `crypto` attribute (RFC 4568 §6.1).
const INLINE: &[u8] = b"inline:";

/// A field of a line of a session description; the letter of the line stands before it.
pub(super) fn session_field(bytes: &[u8], span: Span) -> Option<Place> {
    let line = memchr::memrchr(b'\n', &bytes[..span.start]).map_or(0, |feed| feed + 1);
    let field = span.slice(bytes).unwrap_or_default();
    let is_first = line + 2 == span.start;
    match bytes.get(line) {
        _ if field == b"-" || field.trim_ascii().is_empty() => None,
        Some(b'o') if is_first => Some(Place::Secret(span, Kind::User)),
        Some(b's' | b'i' | b'e' | b'p') => Some(Place::Secret(span, Kind::Name)),
        Some(b'k') => Some(Place::Secret(span, Kind::Credential)),
        _ => Some(Place::Text(span)),
    }
}

/// The value of an attribute, or of a parameter in the headers of a part.
pub(super) fn attribute(bytes: &[u8], span: Span, name: &[u8]) -> Vec<Place> {
    let value = span.slice(bytes).unwrap_or_default();
    if KEYS.iter().any(|key| name.eq_ignore_ascii_case(key)) {
        return vec![Place::Secret(span, Kind::Credential)];
    }
    let Some(inline) = memchr::memmem::find(value, INLINE) else {
        return vec![Place::Text(span)];
    };
    let start = span.start + inline + INLINE.len();
    let key = bytes[start..span.end].iter().take_while(|byte| !matches!(byte, b'|' | b' ')).count();
    vec![
        Place::Text(Span::new(span.start, start)),
        Place::Secret(Span::new(start, start + key), Kind::Credential),
        Place::Text(Span::new(start + key, span.end)),
    ]
}
