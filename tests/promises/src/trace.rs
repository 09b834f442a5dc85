//! What the reader of traces promises for every source: it ends, its maps lead to the source, pieces make no
//! difference, and what it found can be redacted and written out.

use fingerpost_trace::redact::{Key, redact};
use fingerpost_trace::{Found, Kind, Limits, PieceKind, Reader, Trace, export, open};

/// Small enough that a fuzzer reaches them.
const LIMITS: Limits = limits();

const fn limits() -> Limits {
    Limits::DEFAULT.with_text(1 << 20).with_unpacked(1 << 20).with_messages(1000)
}

/// Reads any bytes as a source.
pub fn any_trace(source: &[u8]) {
    let trace = open(source, LIMITS);
    let text = if is_packed(source) { trace.unpacked.as_deref() } else { Some(source) };
    for message in &trace.messages {
        assert_tiled(message, text.filter(|_| trace.kind != Kind::Capture || !is_packed(source)));
    }
    assert_same_in_pieces(source, &trace);
    let (redacted, _) = redact(&trace.messages, Key::new([1; 16]));
    assert_eq!(redacted.len(), trace.messages.len());
    let _ = (export::text(&redacted), export::markdown(&redacted), export::csv(&redacted));
    let (file, unwritten) = export::pcapng(&trace.messages);
    assert!(open(&file, LIMITS).messages.len() + unwritten.len() <= trace.messages.len());
}

/// Makes a capture file of any bytes and reads it: the first byte says of which link, and before each packet stands how
/// long it is. So a fuzzer gets behind the headers of the file.
pub fn any_capture(bytes: &[u8]) {
    const LINKS: [u32; 8] = [1, 101, 113, 276, 0, 108, 9, 147];
    let Some((first, mut rest)) = bytes.split_first() else { return };
    let link = LINKS[usize::from(*first) % LINKS.len()];
    let words = [0xa1b2_c3d4, 0x0004_0002, 0, 0, 65_535, link];
    let mut file: Vec<u8> = words.into_iter().flat_map(u32::to_le_bytes).collect();
    while let [high, low, behind @ ..] = rest {
        let length = usize::from(u16::from_be_bytes([*high, *low])).min(behind.len());
        let size = u32::try_from(length).unwrap_or_default();
        file.extend([1_700_000_000, 0, size, size].into_iter().flat_map(u32::to_le_bytes));
        file.extend(&behind[..length]);
        rest = &behind[length..];
    }
    any_trace(&file);
}

fn is_packed(source: &[u8]) -> bool {
    source.starts_with(&[0x1f, 0x8b, 8])
}

/// The pieces of the map are all of the message, and what was copied is the same on both sides.
fn assert_tiled(message: &Found, source: Option<&[u8]>) {
    let mut end = 0;
    for piece in message.map.pieces() {
        assert_eq!(piece.message.start, end);
        let is_exact = matches!(piece.kind, PieceKind::Copied | PieceKind::Fragment);
        if let Some(source) = source.filter(|_| is_exact) {
            assert_eq!(piece.message.slice(&message.bytes), piece.source.slice(source));
        }
        end = piece.message.end;
    }
    assert_eq!(end, message.bytes.len());
}

fn assert_same_in_pieces(source: &[u8], whole: &Trace) {
    let mut reader = Reader::new(LIMITS);
    let mut messages = Vec::new();
    for piece in source.chunks(97) {
        reader.handle_bytes(piece);
        messages.extend(std::iter::from_fn(|| reader.poll_message()));
    }
    reader.finish();
    messages.extend(std::iter::from_fn(|| reader.poll_message()));
    assert_eq!(messages, whole.messages);
}
