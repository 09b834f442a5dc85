//! Owns how words are written down ([`Note`], data) and filled with a value ([`Said`]). Knows no header.

use crate::check::RfcRef;
use crate::span::Span;
use crate::text::Text;
use alloc::string::String;

/// Characters of a value that are shown at most.
const SHOWN: usize = 64;

/// Words about a kind of value. Their holes: `{}` the value, `{h}` its header, `{x}` what the caller adds.
#[derive(Debug, Clone, Copy)]
pub(super) struct Note {
    pub(super) title: &'static str,
    pub(super) words: &'static str,
    pub(super) reference: Option<RfcRef>,
}

/// Words about this value.
#[derive(Debug)]
pub(super) struct Said {
    pub(super) title: String,
    pub(super) words: String,
    pub(super) reference: Option<RfcRef>,
    pub(super) span: Span,
}

/// A note that an RFC stands behind.
pub(super) const fn note(
    title: &'static str,
    words: &'static str,
    rfc: u16,
    section: &'static str,
) -> Note {
    Note { title, words, reference: Some(RfcRef { rfc, section }) }
}

/// A note on what is done, by phones and servers, but written in no RFC.
pub(super) const fn practice(title: &'static str, words: &'static str) -> Note {
    Note { title, words, reference: None }
}

/// The row of `table` for `key`, in any case.
pub(super) fn row<T>(table: &'static [(&'static str, T)], key: Text<'_>) -> Option<&'static T> {
    table.iter().find(|(name, _)| key.is(name)).map(|(_, row)| row)
}

impl Said {
    /// The same with one more sentence.
    pub(super) fn and(mut self, words: &str) -> Self {
        if !words.is_empty() {
            self.words.push(' ');
            self.words.push_str(words);
        }
        self
    }

    /// The same with the words and the reference of another note behind it.
    pub(super) fn and_note(self, note: Option<Note>) -> Self {
        let Some(note) = note else { return self };
        let reference = note.reference.or(self.reference);
        Self { reference, ..self.and(note.words) }
    }

    /// The same, about another span.
    pub(super) fn about(self, span: Span) -> Self {
        Self { span, ..self }
    }
}

/// `words` with their holes filled; any other brace stays, for placeholders of phones are written in braces.
pub(super) fn fill(words: &str, holes: &[(&str, &str)]) -> String {
    let mut filled = String::with_capacity(words.len());
    let mut rest = words;
    while let Some(at) = rest.find('{') {
        let (before, hole) = rest.split_at(at);
        let found = holes.iter().find(|(name, _)| hole.starts_with(name));
        let (name, value) = found.copied().unwrap_or(("{", "{"));
        filled.push_str(before);
        filled.push_str(value);
        rest = &hole[name.len()..];
    }
    filled.push_str(rest);
    filled
}

/// A value as it is shown in a sentence: a long one only by its beginning.
pub(super) fn clip(text: &str) -> String {
    let mut shown: String = text.chars().filter(|c| !c.is_control()).take(SHOWN).collect();
    if text.chars().nth(SHOWN).is_some() {
        shown.push('…');
    }
    shown
}
