//! Owns how a command that was not carried out is told to a page: words, and the place of the mistake in what was sent.

use crate::command::CommandError;
use fingerpost_rules::PolicyError;
use serde::Serialize;

/// A [`CommandError`] as pages read it. Of several mistakes the place is the first one's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[cfg_attr(test, ts(optional_fields))]
#[non_exhaustive]
pub struct Refusal {
    /// What is wrong, in words.
    pub error: String,
    /// Byte offsets of the mistake in what was sent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub span: Option<(usize, usize)>,
    /// Its line, from 1, where lines were sent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<usize>,
    /// Its column, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<usize>,
    /// Every mistake of a policy file.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(test, ts(as = "Option<Vec<Mistake>>"))]
    pub mistakes: Vec<Mistake>,
}

/// One mistake in a policy file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[non_exhaustive]
pub struct Mistake {
    /// From 1.
    pub line: usize,
    /// From 1, in characters.
    pub column: usize,
    /// Byte offsets in the file.
    pub span: (usize, usize),
    /// What is wrong, in words.
    pub message: String,
}

impl From<&CommandError> for Refusal {
    fn from(error: &CommandError) -> Self {
        let told = Self::said(error.to_string());
        match error {
            CommandError::Url { span, .. } => Self { span: Some(*span), ..told },
            CommandError::Policy(errors) => told.with_mistakes(errors.as_slice()),
            _ => told,
        }
    }
}

impl Refusal {
    /// Words alone.
    #[must_use]
    pub const fn said(error: String) -> Self {
        Self { error, span: None, line: None, column: None, mistakes: Vec::new() }
    }

    fn with_mistakes(self, errors: &[PolicyError]) -> Self {
        let first = errors.first();
        Self {
            span: first.map(|error| error.span.into()),
            line: first.map(|error| error.line),
            column: first.map(|error| error.column),
            mistakes: errors.iter().map(Mistake::of).collect(),
            ..self
        }
    }
}

impl Mistake {
    fn of(error: &PolicyError) -> Self {
        Self {
            line: error.line,
            column: error.column,
            span: error.span.into(),
            message: error.message.clone(),
        }
    }
}
