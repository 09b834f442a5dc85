//! Owns the templates to begin with, and filling one: the holes are core's, the words and first values are here.

use super::renew::hex;
use fingerpost_core::build::{MessageTemplate, MessageTemplateError};
use fingerpost_core::{SeededEntropy, Span};
use serde::Serialize;
#[cfg(test)]
use ts_rs::TS;

/// A message with `{{holes}}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(TS), ts(export_to = "types.ts"))]
#[allow(clippy::exhaustive_structs, reason = "the page's contract")]
pub struct Model {
    /// What it is for.
    pub title: &'static str,
    /// When it is of use.
    pub note: &'static str,
    /// The template, with LF line ends.
    pub text: &'static str,
}

/// A hole of a template and what it is filled with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(TS), ts(export_to = "types.ts"))]
#[allow(clippy::exhaustive_structs, reason = "the page's contract")]
pub struct Hole {
    /// Its name.
    pub name: String,
    /// What fills it at first.
    pub value: String,
}

/// A template cannot be filled.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(TS), ts(export_to = "types.ts"))]
#[allow(clippy::exhaustive_structs, reason = "the page's contract")]
pub struct ModelError {
    /// What is wrong, in words.
    pub message: String,
    /// The line of the template, from 1; `null` where it is none in particular.
    pub line: Option<usize>,
    /// The hole that is filled badly.
    pub hole: Option<String>,
}

/// The templates to choose from.
pub fn models() -> Vec<Model> {
    vec![
        Model {
            title: "Is somebody there? (OPTIONS)",
            note: "Any SIP element answers it, also with a refusal.",
            text: include_str!("models/options.txt"),
        },
        Model {
            title: "Read your configuration again (NOTIFY check-sync)",
            note: "Outside of any dialog; phones take it from their registrar, and many restart.",
            text: include_str!("models/check-sync.txt"),
        },
        Model {
            title: "Here is your URL, unasked (NOTIFY ua-profile)",
            note: "Fanvil phones fetch on it; others answer 481.",
            text: include_str!("models/unasked.txt"),
        },
        Model {
            title: "Register (REGISTER)",
            note: "Without credentials: the first one of two.",
            text: include_str!("models/register.txt"),
        },
        Model {
            title: "A refusal (403)",
            note: "The answer to a SUBSCRIBE that a policy denies.",
            text: include_str!("models/refusal.txt"),
        },
    ]
}

/// The holes of `text`, with a first value for the usual names.
///
/// # Errors
/// [`ModelError`]: a hole that is none.
pub fn holes(text: &str, seed: u64) -> Result<Vec<Hole>, ModelError> {
    let template = parse(text)?;
    let mut entropy = SeededEntropy::new(seed);
    let mut value = |name: &str| match name {
        "branch" => hex(&mut entropy, 8),
        "tag" | "to-tag" => hex(&mut entropy, 4),
        "call" => format!("{}@192.0.2.1", hex(&mut entropy, 8)),
        "cseq" => "1".into(),
        "phone" => "192.0.2.37:5060".into(),
        "server" => "192.0.2.1:5060".into(),
        "user" => "200".into(),
        "domain" => "example.com".into(),
        "url" => "http://192.0.2.1/".into(),
        _ => String::new(),
    };
    let holes = template.holes();
    Ok(holes.into_iter().map(|name| Hole { name: name.into(), value: value(name) }).collect())
}

/// The message that `text` becomes.
///
/// # Errors
/// [`ModelError`]: what cannot stand in a message, and where.
pub fn fill(text: &str, values: &[(String, String)]) -> Result<String, ModelError> {
    let values: Vec<(&str, &str)> =
        values.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let bytes = parse(text)?.fill(&values).map_err(|error| in_words(text, &error))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

fn parse(text: &str) -> Result<MessageTemplate, ModelError> {
    MessageTemplate::parse(text).map_err(|error| in_words(text, &error))
}

fn in_words(text: &str, error: &MessageTemplateError) -> ModelError {
    let place = place(error);
    let before = place.and_then(|span| text.get(..span.start));
    let hole = place.and_then(|span| text.get(span.start..span.end));
    let name = hole.and_then(|hole| hole.strip_prefix("{{")?.strip_suffix("}}"));
    ModelError {
        message: error.to_string(),
        line: before.map(|before| before.matches('\n').count() + 1),
        hole: name.map(String::from),
    }
}

fn place(error: &MessageTemplateError) -> Option<Span> {
    match error {
        MessageTemplateError::NotAHole { span }
        | MessageTemplateError::NoValue { span, .. }
        | MessageTemplateError::ForbiddenByte { span, .. }
        | MessageTemplateError::NotAStartLine { span }
        | MessageTemplateError::NotAHeader { span }
        | MessageTemplateError::NotAValue { span, .. } => Some(*span),
        _ => None,
    }
}
