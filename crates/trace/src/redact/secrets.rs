//! Owns what is known to be secret in a trace, and the one pseudonym of each.

use super::pseudonym::{canonical, draft};
use super::{Key, Kind, shape};
use fingerpost_core::Span;
use std::collections::{BTreeMap, BTreeSet};

/// Shorter words are not searched for in other places: they stand everywhere.
const SHORTEST: usize = 4;
/// So many drafts are made before one is taken that is in use.
const MOST_DRAFTS: u32 = 64;

/// The secrets of a trace.
#[derive(Debug, Clone)]
pub(super) struct Secrets {
    key: Key,
    /// By kind and canonical spelling.
    known: BTreeMap<(Kind, Vec<u8>), Vec<u8>>,
    /// Spellings to search for in text, without case.
    words: BTreeMap<Vec<u8>, Kind>,
    /// The first byte of each of those, so that most places are passed over quickly.
    firsts: [bool; 256],
    /// How long the longest of them is.
    longest: usize,
    taken: BTreeSet<Vec<u8>>,
}

impl Secrets {
    pub(super) const fn new(key: Key) -> Self {
        Self {
            key,
            known: BTreeMap::new(),
            words: BTreeMap::new(),
            firsts: [false; 256],
            longest: 0,
            taken: BTreeSet::new(),
        }
    }

    pub(super) fn learn(&mut self, kind: Kind, value: &[u8]) {
        let canonical = canonical(kind, value);
        if canonical.is_empty() || self.known.contains_key(&(kind, canonical.clone())) {
            return;
        }
        let drafts = (0..MOST_DRAFTS).map(|turn| draft(self.key, kind, &canonical, turn));
        let is_free = |draft: &Vec<u8>| {
            let draft = draft.to_ascii_lowercase();
            !self.taken.contains(&draft) && !self.words.contains_key(&draft)
        };
        let first = draft(self.key, kind, &canonical, 0);
        let pseudonym = drafts.into_iter().find(is_free).unwrap_or(first);
        self.taken.insert(pseudonym.to_ascii_lowercase());
        if canonical.len() >= SHORTEST {
            let word = canonical.to_ascii_lowercase();
            self.firsts[usize::from(word[0])] = true;
            self.firsts[usize::from(word[0].to_ascii_uppercase())] = true;
            self.longest = self.longest.max(word.len());
            self.words.entry(word).or_insert(kind);
        }
        self.known.insert((kind, canonical), pseudonym);
    }

    /// What stands in place of `value`, in the spelling of `value`.
    pub(super) fn pseudonym(&self, kind: Kind, value: &[u8]) -> Vec<u8> {
        let canonical = canonical(kind, value);
        if canonical.is_empty() {
            return value.to_vec();
        }
        let known = self.known.get(&(kind, canonical.clone())).cloned();
        let pseudonym = known.unwrap_or_else(|| draft(self.key, kind, &canonical, 0));
        super::pseudonym::spelled(kind, value, &pseudonym)
    }

    /// Where secrets stand in a text: those of a shape, and the known ones that stand there as words.
    pub(super) fn inside(&self, text: &[u8]) -> Vec<(Span, Kind)> {
        let mut found = super::embedded::secrets(text);
        let mut at = 0;
        while at < text.len() {
            let is_start = at == 0 || !text[at - 1].is_ascii_alphanumeric();
            let length = if is_start { self.word_at(&text[at..]) } else { None };
            match length {
                Some((length, kind)) => {
                    let span = Span::new(at, at + length);
                    if !found.iter().any(|(other, _)| shape::overlaps(*other, span)) {
                        found.push((span, kind));
                    }
                    at += length;
                }
                None => at += 1,
            }
        }
        found.sort_by_key(|(span, _)| span.start);
        found
    }

    /// The longest known word that `text` begins with.
    fn word_at(&self, text: &[u8]) -> Option<(usize, Kind)> {
        if !self.firsts[usize::from(*text.first()?)] {
            return None;
        }
        let longest = self.longest.min(text.len());
        let head = text[..longest].to_ascii_lowercase();
        let ends = (SHORTEST..=longest)
            .rev()
            .filter(|end| text.get(*end).is_none_or(|byte| !byte.is_ascii_alphanumeric()));
        ends.into_iter().find_map(|end| Some((end, *self.words.get(&head[..end])?)))
    }
}

/// Whether a host says nothing about anybody.
pub(super) fn is_public_host(host: &[u8]) -> bool {
    let is = |name: &str| host.eq_ignore_ascii_case(name.as_bytes());
    let is_public_ip = shape::ip(host).is_some_and(|ip| !shape::is_private_matter(ip));
    is_public_ip || is("localhost") || is("anonymous.invalid")
}
