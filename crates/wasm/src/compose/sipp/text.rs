//! Owns how text is written in a scenario.

/// Text within `CDATA` of which `SIPp` shall understand nothing.
///
/// `[` begins a keyword, `\x` a byte, blanks at the beginning of a line and empty lines at its end are thrown away, and
/// a line feed becomes CR LF.
pub(super) fn literal(text: &str) -> String {
    let mut written = String::with_capacity(text.len());
    let mut begins_line = false;
    let mut rest = text.chars().peekable();
    while let Some(character) = rest.next() {
        match character {
            '\r' if rest.peek() == Some(&'\n') => {}
            '\n' => written.push('\n'),
            ' ' | '\t' if begins_line => written.push_str(&byte(character)),
            // `]]>` would end the CDATA.
            '[' | ']' | '\\' | '\r' | '\0' => written.push_str(&byte(character)),
            _ => written.push(character),
        }
        begins_line = character == '\n';
    }
    written
}

fn byte(character: char) -> String {
    format!("\\x{:02X}", u32::from(character))
}

/// Text within an attribute.
pub(super) fn attribute(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}
