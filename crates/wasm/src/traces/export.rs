//! Owns ways out of a trace: the messages that are picked, as they are or with pseudonyms, in any of the forms that
//! other programs and people take. The forms themselves are trace's, ladder's and report's.

use super::Trace;
use fingerpost_ladder::{Heard, Ladder, mermaid, svg, text};
use fingerpost_report::{Source, json, sarif};
use fingerpost_trace::{Examined, Found, Note, export, times};

/// A form in which messages are given away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(clippy::exhaustive_enums, reason = "the page's contract")]
pub enum Form {
    /// The messages byte for byte, each under a line with its time and its ends.
    Text,
    /// For a ticket.
    Markdown,
    /// A table.
    Csv,
    /// The messages with their findings, as `fingerpost inspect --format json` has them.
    Json,
    /// The findings, as `fingerpost inspect --format sarif` has them.
    Sarif,
    /// A capture file.
    Pcapng,
    /// The ladder as plain text, lanes as columns.
    Ladder,
    /// The ladder as a Mermaid `sequenceDiagram`.
    Mermaid,
    /// The ladder as one SVG file with real text.
    Svg,
}

impl Form {
    /// By its name in JavaScript; text where the name is unknown.
    #[must_use]
    pub fn named(name: &str) -> Self {
        match name {
            "markdown" => Self::Markdown,
            "csv" => Self::Csv,
            "json" => Self::Json,
            "sarif" => Self::Sarif,
            "pcapng" => Self::Pcapng,
            "ladder" => Self::Ladder,
            "mermaid" => Self::Mermaid,
            "svg" => Self::Svg,
            _ => Self::Text,
        }
    }
}

/// Messages in a form.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Exported {
    /// The file.
    pub bytes: Vec<u8>,
    /// What did not fit into the form, in words.
    pub notes: Vec<String>,
}

/// A message that was picked.
struct Picked {
    index: usize,
    source: usize,
    found: Found,
}

impl Trace {
    /// The messages in `only`, or all where it is empty, in `form`; with pseudonyms once [`Trace::redact`] made them and
    /// `is_redacted` asks for them. Words where it cannot be done.
    pub fn export(&self, form: Form, only: &[u32], is_redacted: bool) -> Result<Exported, String> {
        let picked = self.picked(only, is_redacted)?;
        let found = || picked.iter().map(|picked| picked.found.clone()).collect::<Vec<Found>>();
        let exported = |bytes: Vec<u8>| Exported { bytes, notes: Vec::new() };
        let written = |text: Result<String, serde_json::Error>| {
            text.map(String::into_bytes).map_err(|error| error.to_string())
        };
        Ok(match form {
            Form::Text => exported(export::text(&found())),
            Form::Markdown => exported(export::markdown(&found()).into_bytes()),
            Form::Csv => exported(export::csv(&found()).into_bytes()),
            Form::Pcapng => capture(&found()),
            Form::Ladder => exported(text::draw(&ladder(&found())).into_bytes()),
            Form::Mermaid => exported(mermaid::write(&ladder(&found())).into_bytes()),
            Form::Svg => exported(svg::draw(&ladder(&found())).into_bytes()),
            Form::Json => exported(written(self.report(picked, is_redacted, json::write))?),
            Form::Sarif => exported(written(self.report(picked, is_redacted, sarif::write))?),
        })
    }

    fn picked(&self, only: &[u32], is_redacted: bool) -> Result<Vec<Picked>, String> {
        let redactor = self.redactor.as_ref().filter(|_| is_redacted);
        if is_redacted && redactor.is_none() {
            return Err("nothing was redacted yet".to_owned());
        }
        let all: Vec<usize> = if only.is_empty() {
            (0..self.messages.len()).collect()
        } else {
            only.iter().filter_map(|index| usize::try_from(*index).ok()).collect()
        };
        let picked = all.into_iter().filter_map(|index| {
            let source = usize::try_from(self.messages.get(index)?.source).ok()?;
            Some(Picked { index, source, found: self.shown(index, redactor)? })
        });
        Ok(picked.collect())
    }

    /// By sources, each message judged in the light of its whole conversation, whatever of that was picked.
    fn report(
        &self,
        picked: Vec<Picked>,
        is_redacted: bool,
        write: fn(&[Source<'_>]) -> Result<String, serde_json::Error>,
    ) -> Result<String, serde_json::Error> {
        let indexes: Vec<usize> = picked.iter().map(|picked| picked.index).collect();
        let redactor = self.redactor.as_ref().filter(|_| is_redacted);
        let mut together = self.beside_others_of(&indexes, redactor).into_iter();
        let mut by_source: Vec<Vec<Examined>> = self.sources.iter().map(|_| Vec::new()).collect();
        for Picked { source, found, .. } in picked {
            let mut findings = found.findings(self.policy);
            findings.extend(together.next().unwrap_or_default());
            if let Some(messages) = by_source.get_mut(source) {
                messages.push(Examined::new(found, findings));
            }
        }
        let sources: Vec<Source<'_>> = self
            .read
            .iter()
            .zip(&self.sources)
            .zip(&by_source)
            .filter(|(_, messages)| !messages.is_empty())
            .map(|((read, source), messages)| Source {
                name: if is_redacted { "redacted" } else { &source.name },
                text: read.text.as_deref().filter(|_| !is_redacted),
                messages,
                notes: if is_redacted { &[] } else { &read.notes },
            })
            .collect();
        write(&sources)
    }
}

/// What is kept of a source that was read.
#[derive(Debug, Default)]
pub(super) struct ReadSource {
    pub(super) notes: Vec<Note>,
    /// Its text, where that is at hand.
    pub(super) text: Option<Vec<u8>>,
}

fn capture(found: &[Found]) -> Exported {
    let (bytes, unwritten) = export::pcapng(found);
    let note = |missing: &export::Unwritten| {
        format!("message {} is left out: {}", missing.index + 1, missing.error)
    };
    Exported { bytes, notes: unwritten.iter().map(note).collect() }
}

fn ladder(found: &[Found]) -> Ladder {
    let times = times(found.iter().map(|found| &found.origin));
    let heard: Vec<Heard<'_>> = found
        .iter()
        .zip(times)
        .map(|(found, time)| {
            let (source, destination) = (found.origin.from, found.origin.to);
            Heard { bytes: &found.bytes, time, source, destination }
        })
        .collect();
    Ladder::of(&heard)
}
