//! Owns the plain search: every word must occur.

use super::Subject;
use memchr::memmem;

/// Digits of a MAC.
const MAC: usize = 12;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Words(Vec<Word>);

#[derive(Debug, Clone, PartialEq, Eq)]
struct Word {
    /// In lower case.
    text: Vec<u8>,
    /// The digits, where it is a MAC.
    mac: Option<Vec<u8>>,
}

impl Words {
    pub(super) fn of(words: &[String]) -> Self {
        Self(words.iter().map(|word| Word::of(word)).collect())
    }

    pub(super) fn match_all(&self, subject: &Subject<'_>) -> bool {
        if self.0.is_empty() {
            return true;
        }
        let hay = hay(subject);
        self.0.iter().all(|word| word.occurs(&hay))
    }
}

impl Word {
    fn of(word: &str) -> Self {
        let text = word.to_ascii_lowercase().into_bytes();
        let digits = without_marks(&text);
        let is_mac = digits.len() == MAC && digits.iter().all(u8::is_ascii_hexdigit);
        Self { mac: is_mac.then_some(digits), text }
    }

    fn occurs(&self, hay: &[u8]) -> bool {
        let has_mac = || self.mac.as_ref().is_some_and(|mac| has_mac(hay, mac));
        memmem::find(hay, &self.text).is_some() || has_mac()
    }
}

/// All that is searched, in lower case: the message and, on lines of their own, its addresses.
fn hay(subject: &Subject<'_>) -> Vec<u8> {
    let addresses = [subject.source, subject.destination].into_iter().flatten();
    let mut hay = subject.bytes.to_ascii_lowercase();
    for address in addresses {
        hay.extend_from_slice(format!("\n{address}").as_bytes());
    }
    hay
}

fn is_mark(byte: u8) -> bool {
    matches!(byte, b':' | b'-' | b'.')
}

fn without_marks(text: &[u8]) -> Vec<u8> {
    text.iter().copied().filter(|&byte| !is_mark(byte)).collect()
}

/// Whether the digits of `mac` occur as a MAC is written: alone, or in pairs or fours parted by one kind of mark.
fn has_mac(hay: &[u8], mac: &[u8]) -> bool {
    let parted = |size: usize, mark: u8| {
        let groups: Vec<&[u8]> = mac.chunks(size).collect();
        groups.join(&mark)
    };
    let forms = [mac.to_vec(), parted(2, b':'), parted(2, b'-'), parted(4, b'.')];
    forms.iter().any(|form| memmem::find(hay, form).is_some())
}
