//! Owns how findings are collected and weighed, and the values of the message that several rules look at, each read
//! once. Knows no rule.

use super::{Finding, Fix, Rule, Severity};
use crate::message::{Message, StartLine};
use crate::span::Span;
use crate::syntax::ValueError;
use crate::text::Text;
use crate::typed::{Kept, Uri};
use alloc::string::String;
use alloc::vec::Vec;

/// Whose eyes a message is judged with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[allow(clippy::exhaustive_enums, reason = "RFC 4475 knows strict and liberal readers")]
pub enum Policy {
    /// A strict RFC 3261 parser.
    #[default]
    Strict,
    /// A reader that takes what can be understood.
    Robust,
}

/// How a message came here, and whose eyes it is judged with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Context {
    /// Whose eyes.
    pub policy: Policy,
    /// The length of the body as it stood in a text whose line ends are unknown: a Content-Length that fits this
    /// or the body as it is here is fine.
    pub body_length_in_source: Option<usize>,
}

impl Context {
    /// The same with another policy.
    #[must_use]
    pub const fn with_policy(mut self, policy: Policy) -> Self {
        self.policy = policy;
        self
    }

    /// The same, for a body that had `bytes` bytes where it was found.
    #[must_use]
    pub const fn with_body_length_in_source(mut self, bytes: usize) -> Self {
        self.body_length_in_source = Some(bytes);
        self
    }
}

pub(super) struct Judge<'m, 'a> {
    pub(super) message: &'m Message<'a>,
    pub(super) context: &'m Context,
    /// The Request-URI of a request.
    pub(super) request_uri: Option<Result<Uri<'a>, ValueError>>,
    /// What was read of the headers so far.
    pub(super) kept: Kept<'a>,
    findings: Vec<Finding>,
}

impl<'m, 'a> Judge<'m, 'a> {
    pub(super) fn new(message: &'m Message<'a>, context: &'m Context) -> Self {
        Self {
            message,
            context,
            request_uri: match message.start_line() {
                StartLine::Request(line) => Some(line.parsed_uri()),
                StartLine::Status(_) => None,
            },
            kept: Kept::default(),
            findings: Vec::new(),
        }
    }

    pub(super) fn find(&mut self, rule: &'static Rule, span: Span, message: impl Into<String>) {
        self.push(Finding::new(rule, span, message));
    }

    pub(super) fn find_with_fix(
        &mut self,
        rule: &'static Rule,
        span: Span,
        message: impl Into<String>,
        fix: impl Into<Option<Fix>>,
    ) {
        self.push(Finding { fix: fix.into(), ..Finding::new(rule, span, message) });
    }

    fn push(&mut self, finding: Finding) {
        let severity = weigh(finding.rule, self.context.policy);
        self.findings.push(Finding { severity, ..finding });
    }

    /// In the order in which they stand in the message.
    pub(super) fn findings(&mut self) -> Vec<Finding> {
        let mut findings = core::mem::take(&mut self.findings);
        findings.sort_by_key(|finding| (finding.span, finding.rule.id));
        findings
    }

    /// Where `text` stands.
    pub(super) fn span(&self, text: Text<'_>) -> Span {
        self.message.span_of(text).unwrap_or_default()
    }

    /// Where the first line stands: the place of what is missing from a message.
    pub(super) fn first_line(&self) -> Span {
        match self.message.start_line() {
            StartLine::Request(line) => self.span(line.line),
            StartLine::Status(line) => self.span(line.line),
        }
    }

    /// Where the message begins.
    pub(super) fn start(&self) -> Span {
        Span::at(self.message.head_span().start)
    }

    /// The method of a request; `None` of a response.
    pub(super) fn request(&self) -> Option<Text<'a>> {
        match self.message.start_line() {
            StartLine::Request(line) => Some(line.method),
            StartLine::Status(_) => None,
        }
    }

    pub(super) fn requests(&self, method: &str) -> bool {
        self.request().is_some_and(|found| found == method)
    }
}

fn weigh(rule: &Rule, policy: Policy) -> Severity {
    match policy {
        Policy::Strict => rule.severity,
        Policy::Robust => rule.robust,
    }
}
