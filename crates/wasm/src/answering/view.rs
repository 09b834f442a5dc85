//! Owns the shape of what a page is told about an answer. The TypeScript types are made from these.

use serde::Serialize;
#[cfg(test)]
use ts_rs::TS;

/// What Fingerpost would answer; or what is wrong with the question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(TS), ts(export_to = "types.ts"))]
pub struct Answering {
    /// None where there are problems.
    pub answered: Option<Answered>,
    /// Each belongs to a field of the question.
    pub problems: Vec<Problem>,
}

/// What is wrong with a question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(TS), ts(export_to = "types.ts"))]
pub struct Problem {
    /// `message`, `url`, `policy`, `source`, `server`.
    pub field: &'static str,
    /// What is wrong, and what would do.
    pub message: String,
    /// In a policy: from 1.
    pub line: Option<usize>,
    /// In a policy: from 1, in characters.
    pub column: Option<usize>,
    /// In a policy: from where to where, in UTF-16.
    pub range: Option<[usize; 2]>,
}

impl Problem {
    pub(super) fn in_field(field: &'static str, message: &str) -> Self {
        Self { field, message: message.to_owned(), line: None, column: None, range: None }
    }
}

/// What Fingerpost does with a message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(TS), ts(export_to = "types.ts"))]
pub struct Answered {
    /// What is known of the phone, in words.
    pub phone: Vec<String>,
    /// `answer`, `deny`, `ignore`, `observe`; none where the policy is not asked.
    #[cfg_attr(test, ts(type = "\"answer\" | \"deny\" | \"ignore\" | \"observe\" | null"))]
    pub decision: Option<&'static str>,
    /// The decision in one line.
    pub verdict: String,
    /// The rule that matched.
    pub rule: Option<String>,
    /// The URL that the phone gets.
    pub url: Option<String>,
    /// The shape with which the answer begins: `rfc` or `manual`.
    pub dialect: Option<String>,
    /// Every rule that was asked, one a line, with what held or did not.
    pub considered: Vec<String>,
    /// Why nothing is said, or nothing but a refusal.
    pub silence: Option<String>,
    /// Whether the phone's hardware address, which a LAN tells and a trace does not, may change the decision.
    pub wants_mac: bool,
    /// What is allowed in the policy but can hardly be meant.
    pub warnings: Vec<String>,
    /// What goes out, in order, to a phone that never answers.
    pub sent: Vec<Sent>,
    /// What nobody told and was made up.
    pub made_up: Vec<String>,
}

/// A message that goes out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(TS), ts(export_to = "types.ts"))]
pub struct Sent {
    /// `200 OK`, `NOTIFY`; `NOTIFY (RFC form)` where it goes out in two shapes.
    pub title: String,
    /// All of it, with CRLF.
    pub text: String,
    /// `192.0.2.1:5060`.
    pub from: String,
    /// `192.0.2.37:5060`.
    pub to: String,
    /// When, in milliseconds after the phone asked; several times where the same bytes go out again.
    pub at: Vec<u32>,
}
