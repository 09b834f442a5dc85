//! Owns the whole diagnosis in words: sections with a title, for a terminal, and as one text for a ticket.

use super::diagnosis::{Diagnosis, Problem, Severity, Verdict};
use super::facts::listed;
use crate::trouble::Trouble;

/// A part of a report.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Section {
    /// What it is about.
    pub title: String,
    /// A line for each thing there is to say.
    pub lines: Vec<String>,
}

impl Section {
    fn new(title: impl Into<String>, lines: Vec<String>) -> Self {
        Self { title: title.into(), lines }
    }
}

impl Diagnosis {
    /// Everything in words, for people.
    #[must_use]
    pub fn sections(&self) -> Vec<Section> {
        self.sections_with(&[])
    }

    /// The same as one text that begins with how things stand.
    pub(super) fn text(&self, state: &str, troubles: &[Trouble]) -> String {
        let mut text = format!("{state}\n");
        for section in self.sections_with(troubles) {
            text.extend(["\n", &section.title, "\n"]);
            section.lines.iter().for_each(|line| text.extend(["  ", line, "\n"]));
        }
        text
    }

    fn sections_with(&self, troubles: &[Trouble]) -> Vec<Section> {
        let mut sections =
            vec![Section::new(format!("Phones ask {}: {}.", self.group, self.summary), Vec::new())];
        for card in &self.cards {
            let facts = card.facts.iter().map(|fact| format!("{}: {}", fact.name, fact.words));
            sections.push(Section::new(&card.interface, facts.collect()));
        }
        sections.push(Section::new("Left out:", self.left_out_in_words()));
        let title = format!("With a socket on port {}:", self.group.port());
        let holders = self.holders.iter().map(|holder| holder.words.clone());
        sections.push(Section::new(title, holders.collect()));
        sections.push(Section::new("Found:", self.found_in_words(troubles)));
        sections
            .push(Section::new("What cannot be seen from here:", vec![self.cannot_see.clone()]));
        sections.retain(|section| !section.lines.is_empty() || section.title.ends_with('.'));
        sections
    }

    fn left_out_in_words(&self) -> Vec<String> {
        let said = |card: &super::LeftOutCard| {
            format!("{} ({}): {}", card.interface, listed(&card.addresses), card.words)
        };
        self.left_out.iter().map(said).collect()
    }

    fn found_in_words(&self, troubles: &[Trouble]) -> Vec<String> {
        let troubles =
            troubles.iter().map(|one| format!("{}: {}; {}", one.severity, one.what, one.remedy));
        let problems = self.problems.iter().map(Problem::in_words);
        troubles.chain(problems).collect()
    }
}

impl Problem {
    fn in_words(&self) -> String {
        let card = self.interface.as_ref().map(|card| format!(" {card}:")).unwrap_or_default();
        format!("{}:{card} {}", self.severity, self.words)
    }
}

impl std::fmt::Display for Severity {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        })
    }
}

impl Verdict {
    pub(super) const fn in_words(self) -> &'static str {
        match self {
            Self::Fine => "fine, as far as this machine is concerned",
            Self::Refused => "this machine refuses",
            Self::Broken => "something is broken",
        }
    }
}
