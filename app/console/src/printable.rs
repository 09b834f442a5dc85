//! Owns showing foreign text: what a phone says must not pretend to be words of ours, nor turn the direction of writing.

/// `text` with control characters and characters that change the direction of writing as escapes. Line breaks stay where
/// `keeps_lines`, without their CR.
pub(crate) fn printable(text: &str, keeps_lines: bool) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        let ends_line = c == '\r' && characters.peek() == Some(&'\n');
        match c {
            '\r' if keeps_lines && ends_line => {}
            '\n' if keeps_lines => shown.push('\n'),
            c if is_steering(c) => shown.extend(c.escape_default()),
            c => shown.push(c),
        }
    }
    shown
}

fn is_steering(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_keeps_its_lines_and_a_value_has_none() {
        assert_eq!(printable("a\r\nb\rc\u{202e}", true), "a\nb\\rc\\u{202e}");
        assert_eq!(printable("a\r\nb", false), "a\\r\\nb");
    }
}
