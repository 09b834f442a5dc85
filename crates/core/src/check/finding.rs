//! Owns what a finding is.

use super::{Fix, Rule};
use crate::span::Span;
use alloc::string::String;
use core::fmt;

/// A judgement on a message that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Finding {
    /// The rule that is broken.
    pub rule: &'static Rule,
    /// What it weighs under the policy in force.
    pub severity: Severity,
    /// Where, in the message.
    pub span: Span,
    /// What is wrong with this value, in plain words.
    pub message: String,
    /// A change that would put it right.
    pub fix: Option<Fix>,
}

impl Finding {
    /// A finding with the strict weight of `rule`.
    #[must_use]
    pub fn new(rule: &'static Rule, span: Span, message: impl Into<String>) -> Self {
        Self { rule, severity: rule.severity, span, message: message.into(), fix: None }
    }

    /// The same finding with a change that would put it right.
    #[must_use]
    pub fn with_fix(mut self, fix: Fix) -> Self {
        self.fix = Some(fix);
        self
    }
}

/// How much a finding weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(clippy::exhaustive_enums, reason = "three judgements, everywhere in the product")]
pub enum Severity {
    /// Good to know.
    Note,
    /// Many readers take it, some answer it with a refusal.
    Warning,
    /// A strict reader must refuse it.
    Error,
}

impl Severity {
    /// The word for it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
