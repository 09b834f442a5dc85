//! Owns what can be wrong with a policy file: the wording of every mistake, and its place. Reads nothing itself.

use crate::cidr::CidrError;
use crate::keys::{ACTIONS, Table};
use crate::mac_prefix::MacPrefixError;
use crate::place::Places;
use crate::version::VersionError;
use fingerpost_core::Span;
use fingerpost_core::template::TemplateError;
use serde::Serialize;
use std::fmt;

/// One mistake in a policy file. Shown as `LINE:COLUMN: message`; the caller puts the file's name before it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, thiserror::Error)]
#[error("{line}:{column}: {message}")]
#[non_exhaustive]
pub struct PolicyError {
    /// From 1.
    pub line: usize,
    /// From 1, in characters.
    pub column: usize,
    /// Byte offsets into the file.
    pub span: Span,
    /// What is wrong, and what to write instead where that is known. One line.
    pub message: String,
}

/// Something in a policy file that is allowed but can hardly be meant. Shown like a [`PolicyError`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct PolicyWarning {
    /// From 1.
    pub line: usize,
    /// From 1, in characters.
    pub column: usize,
    /// Byte offsets into the file.
    pub span: Span,
    /// What will happen. One line.
    pub message: String,
}

/// Every mistake found in a policy file, in the file's order; at least one. Shown one a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct PolicyErrors(Vec<PolicyError>);

impl PolicyErrors {
    /// `None` where nothing is wrong.
    pub(crate) fn new(mistakes: &[(Span, Problem)], places: &Places<'_>) -> Option<Self> {
        let mut errors: Vec<_> =
            mistakes.iter().map(|(span, what)| what.at(*span, places)).collect();
        errors.sort_by_key(|error| error.span);
        (!errors.is_empty()).then_some(Self(errors))
    }

    /// The mistakes, in the file's order.
    pub fn as_slice(&self) -> &[PolicyError] {
        &self.0
    }
}

impl std::error::Error for PolicyErrors {}

impl fmt::Display for PolicyErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().enumerate().try_for_each(|(index, error)| {
            let newline = if index == 0 { "" } else { "\n" };
            write!(f, "{newline}{error}")
        })
    }
}

impl IntoIterator for PolicyErrors {
    type Item = PolicyError;
    type IntoIter = std::vec::IntoIter<PolicyError>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl fmt::Display for PolicyWarning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.line, self.column, self.message)
    }
}

impl PolicyWarning {
    pub(crate) fn new(span: Span, message: &str, places: &Places<'_>) -> Self {
        let (line, column) = places.of(span.start);
        Self { line, column, span, message: one_line(message) }
    }
}

/// What is wrong, without its place.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Problem {
    /// In the words of the TOML parser.
    #[error("{0}")]
    Syntax(String),
    #[error("unknown key `{key}`; {hint}")]
    UnknownKey { key: String, hint: String },
    #[error("{} needs `{key}`", table.name())]
    MissingKey { table: Table, key: &'static str },
    #[error("`version = 1` is missing")]
    MissingVersion,
    #[error("version {0} of the policy file is not known; this program reads version 1")]
    UnknownVersion(String),
    #[error("`{key}` must be {wanted}, not {found}")]
    Type { key: String, wanted: &'static str, found: &'static str },
    #[error("unknown {key} {word:?}; {hint}")]
    UnknownWord { key: &'static str, word: String, hint: String },
    #[error("`{key}` holds {found}; each of its items must be a string")]
    Item { key: String, found: &'static str },
    #[error("`{0}` holds an empty string")]
    EmptyText(String),
    #[error("`{0}` is an empty list, which no phone matches")]
    EmptyList(String),
    #[error("`interfaces` is empty; leave it out for all suitable interfaces")]
    NoInterface,
    #[error("`{0}` holds a control character")]
    Control(String),
    #[error("`{0} = false` says nothing; write true or leave it out")]
    FalseAction(String),
    #[error("{rule} does not say what to do; add one of {}", ACTIONS.join(", "))]
    NoAction { rule: String },
    #[error("{rule} has `{first}` and `{second}`; a rule does one thing")]
    SecondAction { rule: String, first: String, second: String },
    #[error("status {0} is no refusal; use 400 to 699")]
    Status(String),
    #[error("a phone is accepted with 200 or 202, not {0}")]
    Acceptance(String),
    #[error("{0} is no number of seconds; use 0 to 4294967295")]
    Seconds(String),
    #[error(transparent)]
    Template(#[from] TemplateError),
    #[error(transparent)]
    Version(#[from] VersionError),
    #[error(transparent)]
    Mac(#[from] MacPrefixError),
    #[error(transparent)]
    Cidr(#[from] CidrError),
}

impl Problem {
    fn at(&self, span: Span, places: &Places<'_>) -> PolicyError {
        let (line, column) = places.of(span.start);
        PolicyError { line, column, span, message: one_line(&self.to_string()) }
    }
}

/// What the file holds may stand in a message; a message stays on its line all the same.
fn one_line(message: &str) -> String {
    let shown =
        |c: char| if c.is_control() { c.escape_default().collect() } else { String::from(c) };
    message.chars().map(shown).collect()
}
