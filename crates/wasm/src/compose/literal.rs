//! Owns the bytes of a message in the spellings of programs: a hex dump, a string of C, a string of JSON.

use std::fmt::Write;

/// Offset, sixteen bytes, and their letters: what `hexdump -C` shows and `text2pcap` reads.
pub fn hex_dump(text: &str) -> String {
    let rows = text.as_bytes().chunks(16).enumerate();
    rows.fold(String::new(), |mut dump, (row, bytes)| {
        let hex = bytes.iter().fold(String::new(), |mut hex, byte| {
            // Writing to a String does not fail.
            let _ = write!(hex, "{byte:02x} ");
            hex
        });
        let is_shown = |byte: &u8| byte.is_ascii_graphic() || *byte == b' ';
        let letters: String =
            bytes.iter().map(|byte| if is_shown(byte) { char::from(*byte) } else { '.' }).collect();
        let _ = writeln!(dump, "{:06x}  {hex:48} {letters}", row * 16);
        dump
    })
}

/// A string literal of C, one line of the message a line. Octal escapes end by themselves, hexadecimal ones do not.
pub fn c_string(text: &str) -> String {
    let lines = text.split_inclusive('\n').map(|line| format!("\"{}\"", c_line(line)));
    let lines: Vec<String> = lines.collect();
    if lines.is_empty() { "\"\"".into() } else { lines.join("\n") }
}

fn c_line(line: &str) -> String {
    line.bytes().fold(String::new(), |mut escaped, byte| {
        match byte {
            b'\r' => escaped.push_str("\\r"),
            b'\n' => escaped.push_str("\\n"),
            b'"' | b'\\' => escaped.extend(['\\', char::from(byte)]),
            // `??` begins a trigraph.
            b'?' => escaped.push_str("\\?"),
            b' '..=b'~' => escaped.push(char::from(byte)),
            // Writing to a String does not fail.
            _ => drop(write!(escaped, "\\{byte:03o}")),
        }
        escaped
    })
}

/// A string of JSON.
///
/// # Errors
/// Never for a text; the writer of JSON may refuse other things.
pub fn json_string(text: &str) -> Result<String, serde_json::Error> {
    serde_json::to_string(text)
}
