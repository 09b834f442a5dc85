//! Owns what a page shows of the policy: the file as it stands, what a draft of it holds and would change, and why a
//! phone is treated as it is. Changes nothing.

use crate::dry_run::{DryRun, Judged, LastAsked};
use crate::marks::Adoption;
use crate::phone::Phone;
use crate::view::PhoneRow;
use fingerpost_core::Span;
use fingerpost_rules::{
    ConditionResult, Considered, Edit, FormAction, FormVariation, Mode, Policy, PolicyErrors,
    RuleForm, key_at,
};
use serde::Serialize;
use std::sync::Arc;

/// The policy file as it stands on the disk.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[non_exhaustive]
pub struct PolicyView {
    /// The file that is followed, as it was named.
    pub file: Option<String>,
    /// Where none is followed: the file in the data folder that a first change makes.
    pub begins: Option<String>,
    /// What the file holds; empty where there is none.
    pub text: String,
    /// Why it cannot be read, in words.
    pub unreadable: Option<String>,
    /// The system says that it may not be written.
    pub is_read_only: bool,
    /// The URL for phones that no rule names, which comes after the rules.
    pub url: Option<String>,
}

/// What is asked of a policy that is not in force, or not yet.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[allow(clippy::exhaustive_structs, reason = "who asks writes it down field by field")]
pub struct DraftQuestion {
    /// The text of a policy file; `None`: what is in force.
    pub text: Option<String>,
    /// What is done to it first.
    pub edits: Vec<Edit>,
    /// The phone for which the rules are explained.
    pub phone: Option<String>,
}

/// What a policy holds, what it would change, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[non_exhaustive]
pub struct PolicyDraft {
    /// The file's text, with the edits in it.
    pub text: String,
    /// In order; none where there are mistakes.
    pub rules: Vec<DraftedRule>,
    /// Every mistake; none: it can be followed.
    pub mistakes: Vec<PlacedRemark>,
    /// What is allowed and can hardly be meant.
    pub warnings: Vec<PlacedRemark>,
    /// What would change; `None` where there are mistakes.
    pub dry_run: Option<DryRun>,
    /// Of the phone that was asked about; `None` where there is none, or there are mistakes.
    pub why: Option<Why>,
}

/// A rule as a form shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[non_exhaustive]
pub struct DraftedRule {
    /// `None`: it goes by its number.
    pub name: Option<String>,
    /// All must hold; none: every phone.
    pub conditions: Vec<DraftedCondition>,
    /// What it does.
    pub action: DraftedAction,
}

/// A condition of a rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[non_exhaustive]
pub struct DraftedCondition {
    /// As in the file.
    pub key: String,
    /// The alternatives.
    pub wanted: Vec<String>,
}

/// What a rule does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "does", rename_all = "snake_case")]
#[non_exhaustive]
pub enum DraftedAction {
    /// Sends a URL.
    Answer {
        /// The template.
        url: String,
        /// `rfc`, `manual` or `auto`; `None`: what is known to work for the phone's vendor.
        dialect: Option<String>,
        /// What is not as usual about the answer.
        variation: DraftedVariation,
    },
    /// Refuses aloud.
    Deny {
        /// 400 to 699.
        #[cfg_attr(test, ts(type = "number"))]
        status: i64,
        /// Reason phrase.
        reason: Option<String>,
    },
    /// Says nothing.
    Ignore,
    /// Says nothing and only looks.
    Observe,
}

/// Small variations of an answer that single products want.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[non_exhaustive]
pub struct DraftedVariation {
    /// The status of the response: 200 or 202.
    #[cfg_attr(test, ts(type = "number"))]
    pub status: i64,
    /// Whether there is a response before the NOTIFY.
    pub response: bool,
    /// Whether the NOTIFY has a Subscription-State.
    pub subscription_state: bool,
    /// Seconds within which the phone shall take the URL; 0: at once.
    #[cfg_attr(test, ts(type = "number | null"))]
    pub effective_by: Option<i64>,
    /// Whether the URL is to end in `/`; `None`: what is known of the vendor.
    pub slash: Option<bool>,
}

/// Something to say of a place in the file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[non_exhaustive]
pub struct PlacedRemark {
    /// From 1.
    pub line: usize,
    /// From 1, in characters.
    pub column: usize,
    /// Byte offsets in the file.
    pub span: (usize, usize),
    /// In words.
    pub message: String,
    /// The rule that it stands in, from 0.
    pub rule: Option<usize>,
    /// The key within the rule, such as `match.vendor`.
    pub key: Option<String>,
}

/// Why a phone is treated as it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[non_exhaustive]
pub struct Why {
    /// Who.
    pub phone: Arc<Phone>,
    /// What the rules say.
    pub judged: Judged,
    /// Phones are only observed, whatever the rules say.
    pub only_observed: bool,
    /// People want this phone ignored, whatever the rules say.
    pub is_ignored: bool,
    /// The rules that were asked; the last one matched, if any did.
    pub rules: Vec<AskedRule>,
    /// The rules behind it, which were not asked.
    pub not_asked: usize,
}

/// A rule that was asked whether it matches.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[non_exhaustive]
pub struct AskedRule {
    /// Its name.
    pub rule: String,
    /// Its number, from 0.
    pub index: usize,
    /// Whether all conditions hold.
    pub matched: bool,
    /// In the file's order; none: it matches every phone.
    pub conditions: Vec<TriedCondition>,
}

/// A condition that was tried on a phone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[non_exhaustive]
pub struct TriedCondition {
    /// As in the file.
    pub key: String,
    /// Whether it holds.
    pub holds: bool,
    /// What the phone has, and what was wanted, in words.
    pub words: String,
}

impl PolicyDraft {
    /// One that cannot be followed.
    pub(crate) fn with_mistakes(text: String, errors: PolicyErrors) -> Self {
        let mistakes = errors.into_iter();
        let mistakes = mistakes
            .map(|error| {
                PlacedRemark::at(&text, error.line, error.column, error.span, error.message)
            })
            .collect();
        Self { mistakes, ..Self::empty(text) }
    }

    /// One that can.
    pub(crate) fn of(text: String, policy: &Policy) -> Self {
        let rules = policy.rules().iter().enumerate();
        let rules = rules.map(|(index, rule)| RuleForm::of(rule, index).into()).collect();
        let warnings = policy.warnings().iter().cloned();
        let warnings = warnings
            .map(|warning| {
                PlacedRemark::at(&text, warning.line, warning.column, warning.span, warning.message)
            })
            .collect();
        Self { rules, warnings, ..Self::empty(text) }
    }

    fn empty(text: String) -> Self {
        let (rules, mistakes, warnings) = (Vec::new(), Vec::new(), Vec::new());
        Self { text, rules, mistakes, warnings, dry_run: None, why: None }
    }
}

impl PlacedRemark {
    fn at(text: &str, line: usize, column: usize, span: Span, message: String) -> Self {
        let place = key_at(text, span.start);
        let rule = place.as_ref().map(|place| place.rule);
        let key = place.map(|place| place.key).filter(|key| !key.is_empty());
        Self { line, column, span: span.into(), message, rule, key }
    }
}

impl From<RuleForm> for DraftedRule {
    fn from(form: RuleForm) -> Self {
        let condition = |condition: fingerpost_rules::FormCondition| DraftedCondition {
            key: condition.key,
            wanted: condition.wanted,
        };
        Self {
            name: form.name,
            conditions: form.conditions.into_iter().map(condition).collect(),
            action: match form.action {
                FormAction::Answer { url, dialect, variation } => {
                    let variation = variation.unwrap_or_default().into();
                    DraftedAction::Answer { url, dialect, variation }
                }
                FormAction::Deny { status, reason } => DraftedAction::Deny { status, reason },
                FormAction::Ignore => DraftedAction::Ignore,
                _ => DraftedAction::Observe,
            },
        }
    }
}

impl From<FormVariation> for DraftedVariation {
    fn from(form: FormVariation) -> Self {
        let FormVariation { status, response, subscription_state, effective_by, slash } = form;
        Self { status, response, subscription_state, effective_by, slash }
    }
}

impl Why {
    /// Why `policy` does with a phone what it does.
    pub(crate) fn of(row: &PhoneRow, asked: &LastAsked, policy: &Policy) -> Self {
        let mut outcome = asked.judge(policy, &row.tags);
        let considered = std::mem::take(&mut outcome.considered);
        Self {
            phone: row.phone.clone(),
            judged: Judged::of(outcome),
            only_observed: policy.mode() == Mode::Observe,
            is_ignored: row.adoption == Adoption::Ignored,
            not_asked: policy.rules().len().saturating_sub(considered.len()),
            rules: considered.into_iter().map(AskedRule::of).collect(),
        }
    }
}

impl AskedRule {
    fn of(rule: Considered) -> Self {
        let tried = |condition: &ConditionResult| TriedCondition {
            key: condition.key.to_owned(),
            holds: condition.holds,
            words: condition.to_string(),
        };
        Self {
            conditions: rule.conditions.iter().map(tried).collect(),
            rule: rule.rule,
            index: rule.index,
            matched: rule.matched,
        }
    }
}
