//! Owns the shape of what a page is told about a pasted text. The TypeScript types are made from these.

use serde::Serialize;
#[cfg(test)]
use ts_rs::TS;

/// What a pasted text holds.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
#[cfg_attr(test, derive(TS), ts(export_to = "types.ts"))]
#[allow(clippy::exhaustive_structs, reason = "the page's contract")]
pub struct Inspection {
    /// In the order in which they stand there.
    pub messages: Vec<Message>,
}

/// A message that was found in the text.
///
/// All offsets are UTF-16 offsets into the pasted text: `from` inclusive, `to` exclusive.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(TS), ts(export_to = "types.ts"))]
pub struct Message {
    /// Which kind of message.
    pub kind: Kind,
    /// `SUBSCRIBE`, `200 OK`.
    pub title: String,
    /// A short second word: the host of the Request-URI, or the method of the `CSeq`.
    pub about: String,
    /// Of a response, from its `CSeq`.
    pub method: Option<String>,
    /// Of a response with a valid one.
    pub status: Option<u16>,
    /// Where it begins.
    pub from: usize,
    /// Where it ends.
    pub to: usize,
    /// As it was put together, with CRLF line ends; bytes that are not UTF-8 become U+FFFD.
    pub text: String,
    /// In reading order, groups before their parts; what was put in and stands nowhere is left out.
    pub tokens: Vec<Token>,
    /// Start line, header lines, body.
    pub tree: Vec<TreeNode>,
    /// Only of a phone that asks for its URL.
    pub phone: Option<Phone>,
    /// On the message, on how it was found, and on it in the light of the others, by place.
    pub findings: Vec<Finding>,
    /// What a receiver would do with it, under the policy in force.
    pub verdict: Verdict,
    /// What was joined, put in or left out, in words.
    pub repairs: Vec<String>,
    /// How many wrapped lines were joined in it.
    pub joined: usize,
    /// Whether it breaks off before its headers end.
    pub is_cut_off: bool,
}

/// What a message is, before anybody looks into it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(TS), ts(export_to = "types.ts"))]
#[allow(clippy::exhaustive_structs, reason = "the page's contract")]
pub struct Head {
    /// Which kind of message.
    pub kind: Kind,
    /// `SUBSCRIBE`, `200 OK`.
    pub title: String,
    /// A short second word: the host of the Request-URI, or the method of the `CSeq`.
    pub about: String,
    /// Of a response, from its `CSeq`.
    pub method: Option<String>,
    /// Of a response with a valid one.
    pub status: Option<u16>,
    /// Where it begins.
    pub from: usize,
    /// Where it ends.
    pub to: usize,
    /// How many wrapped lines were joined in it.
    pub joined: usize,
    /// Whether it breaks off before its headers end.
    pub is_cut_off: bool,
}

/// What kind of message it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(test, derive(TS), ts(export_to = "types.ts"))]
#[allow(clippy::exhaustive_enums, reason = "the page's contract")]
pub enum Kind {
    /// With a method and a Request-URI.
    Request,
    /// With a status.
    Response,
    /// Its start line cannot be read.
    Unreadable,
}

/// A piece of the text, or a group of pieces.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(TS), ts(export_to = "types.ts"))]
pub struct Token {
    /// What it is: a stable word, for style sheets.
    pub kind: &'static str,
    /// Where it begins.
    pub from: usize,
    /// Where it ends.
    pub to: usize,
    /// How many groups it stands in.
    pub depth: u8,
    /// Whether it holds other tokens.
    pub is_group: bool,
}

/// A row of the tree.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(TS), ts(export_to = "types.ts", rename = "Node"))]
pub struct TreeNode {
    /// Stable within the message: `3.1` is the second child of the fourth row.
    pub path: String,
    /// What it is called: `Event`, `model`, `host`, `body`.
    pub label: String,
    /// What stands there, on one line but for a body.
    pub value: String,
    /// What it is: a stable word, for style sheets.
    pub kind: &'static str,
    /// Where it begins.
    pub from: usize,
    /// Where it ends.
    pub to: usize,
    /// What it is made of; nothing where that would only say the same again.
    pub children: Vec<TreeNode>,
}

/// Who asks: each value as far as it is known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(TS), ts(export_to = "types.ts"))]
pub struct Phone {
    /// Stable for the phone: its MAC, else a hash of what is known.
    pub id: String,
    /// 12 lower-case hex digits.
    pub mac: Option<String>,
    /// The canonical lower-case name.
    pub vendor: Option<String>,
    /// As the message says it.
    pub model: Option<String>,
    /// As the message says it.
    pub version: Option<String>,
    /// Where each value was found.
    pub evidence: Vec<Evidence>,
}

/// Where one value was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(TS), ts(export_to = "types.ts"))]
pub struct Evidence {
    /// `mac`, `vendor`, `model` or `version`.
    pub field: String,
    /// The value as it was taken over.
    pub value: String,
    /// In words: `Request-URI user`, `User-Agent`, `OUI 00908f`.
    pub from_where: String,
    /// Where it begins; `null` where it does not stand in the message.
    pub from: Option<usize>,
    /// Where it ends.
    pub to: Option<usize>,
}

/// A judgement on a message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(TS), ts(export_to = "types.ts"))]
pub struct Finding {
    /// The stable id of the rule that is broken.
    pub rule: &'static str,
    /// How much it weighs.
    pub severity: Severity,
    /// What is wrong, in words.
    pub message: String,
    /// Where it begins.
    pub from: usize,
    /// Where it ends; the same as `from` where something is missing.
    pub to: usize,
    /// Where it is written down: `RFC 3261 §20.14`.
    pub reference: Option<String>,
    /// A change that would put it right.
    pub fix: Option<Fix>,
    /// What the rule is about: `framing`, `grammar`, `message`, `transaction`, `event-package`, `vendor`, `source`.
    pub layer: &'static str,
    /// With which a receiver would refuse such a request.
    pub status: Option<u16>,
}

/// What a receiver would do with a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(TS), ts(export_to = "types.ts"))]
pub struct Verdict {
    /// What becomes of it.
    pub action: Action,
    /// With which it is answered.
    pub status: Option<u16>,
    /// The status in words.
    pub reason: Option<&'static str>,
}

/// What becomes of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(test, derive(TS), ts(export_to = "types.ts"))]
#[allow(clippy::exhaustive_enums, reason = "the page's contract")]
pub enum Action {
    /// It is taken.
    Accept,
    /// It is refused with an answer.
    Answer,
    /// It is passed over in silence.
    Drop,
}

impl From<fingerpost_core::check::Verdict> for Verdict {
    fn from(verdict: fingerpost_core::check::Verdict) -> Self {
        use fingerpost_core::check::Verdict as V;
        let (action, status, reason) = match verdict {
            V::Accept => (Action::Accept, None, None),
            V::Answer { status, reason } => (Action::Answer, Some(status), Some(reason)),
            _ => (Action::Drop, None, None),
        };
        Self { action, status, reason }
    }
}

/// What stands between `from` and `to` becomes `text`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(TS), ts(export_to = "types.ts"))]
pub struct Fix {
    /// Where it begins.
    pub from: usize,
    /// Where it ends; the same as `from` where something is put in.
    pub to: usize,
    /// What stands there afterwards.
    pub text: String,
}

/// How much a finding weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(test, derive(TS), ts(export_to = "types.ts"))]
#[allow(clippy::exhaustive_enums, reason = "the page's contract")]
pub enum Severity {
    /// A strict reader must refuse it.
    Error,
    /// Many readers take it, some answer it with a refusal.
    Warning,
    /// Good to know.
    Note,
}

impl From<fingerpost_core::check::Severity> for Severity {
    fn from(severity: fingerpost_core::check::Severity) -> Self {
        match severity {
            fingerpost_core::check::Severity::Error => Self::Error,
            fingerpost_core::check::Severity::Warning => Self::Warning,
            fingerpost_core::check::Severity::Note => Self::Note,
        }
    }
}
