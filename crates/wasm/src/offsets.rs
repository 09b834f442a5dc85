//! Owns the two ways of counting in one text: Rust's bytes of UTF-8 and JavaScript's units of UTF-16.
//!
//! A lone surrogate, which a JavaScript string may hold, has become U+FFFD on its way here: one unit before and after.

/// Leads from bytes to UTF-16 units and back. Only what is not ASCII is written down, so plain text costs nothing.
#[derive(Debug, Clone, Default)]
pub struct Offsets {
    wide: Vec<Wide>,
    bytes: usize,
    units: usize,
}

/// A character of more than one byte.
#[derive(Debug, Clone, Copy)]
struct Wide {
    byte: u32,
    unit: u32,
    bytes: u8,
    units: u8,
}

impl Offsets {
    /// Reads `text` once.
    pub fn new(text: &str) -> Self {
        let wide = text.char_indices().filter(|(_, character)| !character.is_ascii());
        Self::counting(
            text,
            wide.map(|(byte, character)| (byte, character.len_utf8(), character.len_utf16())),
        )
    }

    /// Reads `text` as a text field shows it: there a CR LF is one line break.
    pub fn in_field(text: &str) -> Self {
        let wide = text.char_indices().filter_map(|(byte, character)| match character {
            '\r' if text[byte..].starts_with("\r\n") => Some((byte, 2, 1)),
            character if character.is_ascii() => None,
            character => Some((byte, character.len_utf8(), character.len_utf16())),
        });
        Self::counting(text, wide)
    }

    /// `wide`: where each character is that takes not one byte and one unit, its bytes and its units.
    fn counting(text: &str, wide: impl Iterator<Item = (usize, usize, usize)>) -> Self {
        let mut offsets = Self { wide: Vec::new(), bytes: text.len(), units: 0 };
        let mut ahead = 0;
        for (byte, bytes, units) in wide {
            offsets.wide.push(Wide::new(byte, byte - ahead, bytes, units));
            ahead += bytes - units;
        }
        offsets.units = text.len() - ahead;
        offsets
    }

    /// The unit at `byte`; within a character, the one where it begins.
    pub fn to_utf16(&self, byte: usize) -> usize {
        self.unit(byte, |_| 0)
    }

    /// The unit at `byte`, where a span ends; within a character, the one behind it.
    pub fn end_to_utf16(&self, byte: usize) -> usize {
        self.unit(byte, |wide| usize::from(wide.units))
    }

    /// The byte at `unit`; between the two halves of a character, the one where it begins.
    pub fn to_byte(&self, unit: usize) -> usize {
        let unit = unit.min(self.units);
        let Some(wide) = before(&self.wide, |wide| wide.unit_start() <= unit) else {
            return unit;
        };
        match unit - wide.unit_start() {
            inside if inside < usize::from(wide.units) => wide.byte_start(),
            inside => {
                wide.byte_start() + usize::from(wide.bytes) + inside - usize::from(wide.units)
            }
        }
    }

    fn unit(&self, byte: usize, cut: fn(&Wide) -> usize) -> usize {
        let byte = byte.min(self.bytes);
        let Some(wide) = before(&self.wide, |wide| wide.byte_start() <= byte) else {
            return byte;
        };
        match byte - wide.byte_start() {
            0 => wide.unit_start(),
            inside if inside < usize::from(wide.bytes) => wide.unit_start() + cut(wide),
            inside => {
                wide.unit_start() + usize::from(wide.units) + inside - usize::from(wide.bytes)
            }
        }
    }
}

impl Wide {
    #[allow(clippy::cast_possible_truncation, reason = "wasm's memory has 32-bit addresses")]
    const fn new(byte: usize, unit: usize, bytes: usize, units: usize) -> Self {
        Self { byte: byte as u32, unit: unit as u32, bytes: bytes as u8, units: units as u8 }
    }

    const fn byte_start(&self) -> usize {
        self.byte as usize
    }

    const fn unit_start(&self) -> usize {
        self.unit as usize
    }
}

/// The last of the characters that begin early enough.
fn before(wide: &[Wide], begins: impl Fn(&Wide) -> bool) -> Option<&Wide> {
    wide.partition_point(begins).checked_sub(1).and_then(|index| wide.get(index))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const LETTERS: &[char] = &['a', '\n', ' ', 'é', 'ß', '€', '漢', '\u{FFFD}', '🦊', '𝄞'];

    /// ASCII, two, three and four bytes, and what a lone surrogate becomes.
    fn any_text() -> impl Strategy<Value = String> {
        let mixed = proptest::collection::vec(proptest::sample::select(LETTERS), 0..40);
        prop_oneof![mixed.prop_map(|letters| letters.into_iter().collect()), any::<String>()]
    }

    proptest! {
        #[test]
        fn every_character_is_found_both_ways(text in any_text()) {
            let offsets = Offsets::new(&text);
            let mut unit = 0;
            for (byte, character) in text.char_indices() {
                prop_assert_eq!(offsets.to_utf16(byte), unit);
                prop_assert_eq!(offsets.end_to_utf16(byte), unit);
                prop_assert_eq!(offsets.to_byte(unit), byte);
                for inside in 1..character.len_utf8() {
                    prop_assert_eq!(offsets.to_utf16(byte + inside), unit);
                    prop_assert_eq!(offsets.end_to_utf16(byte + inside), unit + character.len_utf16());
                }
                for inside in 1..character.len_utf16() {
                    prop_assert_eq!(offsets.to_byte(unit + inside), byte);
                }
                unit += character.len_utf16();
            }
            prop_assert_eq!(offsets.to_utf16(text.len()), unit);
            prop_assert_eq!(offsets.to_byte(unit), text.len());
        }

        #[test]
        fn in_a_field_a_line_end_is_one_character(lines in proptest::collection::vec("[a-zé🦊\n]{0,6}", 0..6)) {
            let text = lines.join("\r\n");
            let shown: String = text.replace("\r\n", "\n");
            let (wire, field) = (Offsets::in_field(&text), Offsets::new(&shown));
            let mut at = 0;
            for (byte, character) in shown.char_indices() {
                at += usize::from(text[at..].starts_with("\r\n"));
                prop_assert_eq!(wire.end_to_utf16(at + character.len_utf8()), field.to_utf16(byte + character.len_utf8()));
                at += character.len_utf8();
            }
            prop_assert_eq!(wire.to_utf16(text.len()), field.to_utf16(shown.len()));
        }

        #[test]
        fn an_offset_beyond_the_end_is_the_end(text in any_text(), beyond in any::<usize>()) {
            let offsets = Offsets::new(&text);
            let units = text.encode_utf16().count();
            prop_assert!(offsets.to_utf16(beyond) <= units);
            prop_assert!(text.is_char_boundary(offsets.to_byte(beyond)));
        }
    }
}
