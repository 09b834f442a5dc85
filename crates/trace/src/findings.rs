//! Owns what there is to say about a message that was found: core's judgement, and the notes on its repairs.

use crate::{Found, Repair, rules};
use fingerpost_core::check::{Context, Finding, Policy, check, inspect};
use fingerpost_core::message::{HeaderName, ParseError};
use fingerpost_core::scan::Tape;
use fingerpost_core::{Message, Span};

/// How much of a joined line a note shows on either side.
const SHOWN: usize = 40;

impl Found {
    /// What there is to say about the message, in the order in which it stands there. The notes on how it was put
    /// together are `trace.*`.
    #[must_use]
    pub fn findings(&self, policy: Policy) -> Vec<Finding> {
        match Message::parse(&self.bytes) {
            Ok(message) => self.noted(&message, check(&message, &self.context(policy))),
            Err(error) => self.with_notes(vec![unreadable(error)]),
        }
    }

    /// Its tokens, as far as it can be read, and its findings.
    pub(crate) fn inspect(&self, policy: Policy) -> (Tape, Vec<Finding>) {
        match Message::parse(&self.bytes) {
            Ok(message) => {
                let (tape, findings) = inspect(&message, &self.context(policy));
                (tape, self.noted(&message, findings))
            }
            Err(error) => {
                let tape = self.message().as_ref().map(Message::tape).unwrap_or_default();
                (tape, self.with_notes(vec![unreadable(error)]))
            }
        }
    }

    fn context(&self, policy: Policy) -> Context {
        let context = Context::default().with_policy(policy);
        match self.body_length_in_source {
            Some(length) => context.with_body_length_in_source(length),
            None => context,
        }
    }

    /// Core's findings on the message, and what is known of its end and its repairs.
    fn noted(&self, message: &Message<'_>, mut findings: Vec<Finding>) -> Vec<Finding> {
        findings.extend(self.is_cut_off.then(|| cut_off(message)));
        self.with_notes(findings)
    }

    fn with_notes(&self, mut findings: Vec<Finding>) -> Vec<Finding> {
        findings.extend(self.repairs.iter().map(|repair| self.note(*repair)));
        findings.sort_by_key(|finding| (finding.span, finding.rule.id));
        findings
    }

    fn note(&self, repair: Repair) -> Finding {
        match repair {
            Repair::LineEnds { count, first } => {
                Finding::new(&rules::LINE_ENDS, first, line_ends(count))
            }
            Repair::JoinedLine { left, right, with_space } => {
                let span = Span::new(left.start, right.end);
                Finding::new(&rules::JOINED_LINE, span, self.joined(left, right, with_space))
            }
            Repair::NoEmptyLine { at } => {
                let text = "no empty line stands behind the headers in the source: it was put in";
                Finding::new(&rules::NO_EMPTY_LINE, at, text)
            }
            Repair::Margin { source } => {
                let text = format!(
                    "{} bytes that stand before the lines in the source were left out",
                    source.len()
                );
                Finding::new(&rules::MARGIN, Span::at(0), text)
            }
        }
    }

    fn joined(&self, left: Span, right: Span, with_space: bool) -> String {
        let (left, right) = (self.text(left), self.text(right));
        let glue = if with_space { "with" } else { "without" };
        format!(
            "two lines were joined {glue} a blank: \"{}\" and \"{}\"",
            last_of(&left),
            first_of(&right)
        )
    }

    fn text(&self, span: Span) -> String {
        String::from_utf8_lossy(span.slice(&self.bytes).unwrap_or_default()).into_owned()
    }
}

fn unreadable(error: ParseError) -> Finding {
    let span = match error {
        ParseError::TooManyHeaders { span, .. } | ParseError::HeaderTooLong { span, .. } => span,
        _ => Span::at(0),
    };
    Finding::new(&rules::UNREADABLE, span, error.to_string())
}

fn cut_off(message: &Message<'_>) -> Finding {
    let needed =
        [HeaderName::Via, HeaderName::To, HeaderName::From, HeaderName::CallId, HeaderName::CSeq];
    let missing = needed.into_iter().filter(|name| message.header(*name).is_none());
    let missing: Vec<&str> = missing.filter_map(HeaderName::long).collect();
    let end = Span::at(message.as_bytes().len());
    let text = match &missing[..] {
        [] => "the message is cut off here: the source ends, or goes on with something else".into(),
        names => format!("the message is cut off here: {} did not come", names.join(", ")),
    };
    Finding::new(&rules::CUT_OFF, end, text)
}

fn line_ends(count: usize) -> String {
    match count {
        1 => "one line end was given CRLF".into(),
        count => format!("{count} line ends were given CRLF"),
    }
}

fn last_of(text: &str) -> String {
    match text.char_indices().rev().nth(SHOWN) {
        Some((cut, _)) => format!("…{}", text[cut..].trim_start()),
        None => text.into(),
    }
}

fn first_of(text: &str) -> String {
    match text.char_indices().nth(SHOWN) {
        Some((cut, _)) => format!("{}…", text[..cut].trim_end()),
        None => text.into(),
    }
}
