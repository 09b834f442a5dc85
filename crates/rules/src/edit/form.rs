//! Owns a rule as a form fills it in, and writing it over a rule that is there: what the form does not say (comments, and
//! whatever it leaves out) stays as it is. Judges nothing: the policy's reader does.

use super::variation::FormVariation;
use crate::keys::{ACTIONS, Table as Keys};
use crate::policy::{Action, Rule};
use fingerpost_core::pnp::Dialect;
use serde::{Deserialize, Serialize};
use toml_edit::{Array, InlineTable, Item, Table, TableLike, Value, value};

/// What people say of a rule in a form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(clippy::exhaustive_structs, reason = "who fills it in writes it down field by field")]
pub struct RuleForm {
    /// `None`: the rule goes by its number.
    #[serde(default)]
    pub name: Option<String>,
    /// All must hold; none: every phone.
    #[serde(default)]
    pub conditions: Vec<FormCondition>,
    /// What to do.
    pub action: FormAction,
}

/// One condition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(clippy::exhaustive_structs, reason = "who fills it in writes it down field by field")]
pub struct FormCondition {
    /// As in the file: `vendor`, `model`, …
    pub key: String,
    /// The alternatives.
    pub wanted: Vec<String>,
}

/// What a rule does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "does", rename_all = "snake_case", deny_unknown_fields)]
#[non_exhaustive]
pub enum FormAction {
    /// Sends a URL.
    Answer {
        /// The template.
        url: String,
        /// `rfc`, `manual` or `auto`; `None`: what is known to work for the phone's vendor.
        #[serde(default)]
        dialect: Option<String>,
        /// `None`: they stay as they are.
        #[serde(default)]
        variation: Option<FormVariation>,
    },
    /// Refuses aloud.
    Deny {
        /// 400 to 699.
        status: i64,
        /// `None`: the status' own words.
        #[serde(default)]
        reason: Option<String>,
    },
    /// Says nothing.
    Ignore,
    /// Says nothing and only looks.
    Observe,
}

impl RuleForm {
    /// The form that a rule would have been filled in with; `index` counts from 0.
    #[must_use]
    pub fn of(rule: &Rule, index: usize) -> Self {
        let conditions = rule.conditions().iter().map(|condition| FormCondition {
            key: condition.key().into(),
            wanted: condition.wanted().to_vec(),
        });
        Self {
            name: (rule.name() != Rule::number(index)).then(|| rule.name().into()),
            conditions: conditions.collect(),
            action: FormAction::of(rule.action()),
        }
    }

    pub(super) fn fill(&self, rule: &mut Table) {
        put(rule, "name", self.name.as_deref().map(Value::from));
        self.fill_conditions(rule);
        for other in ACTIONS.iter().filter(|key| **key != self.action.key()) {
            rule.remove(other);
        }
        self.action.fill(rule);
    }

    fn fill_conditions(&self, rule: &mut Table) {
        if self.conditions.is_empty() {
            rule.remove("match");
            return;
        }
        let found = within(rule, "match");
        for key in Keys::Match.keys() {
            if !self.conditions.iter().any(|condition| condition.key == *key) {
                found.remove(key);
            }
        }
        for condition in &self.conditions {
            put(found, &condition.key, Some(alternatives(&condition.wanted)));
        }
    }
}

impl FormAction {
    fn of(action: &Action) -> Self {
        match action {
            Action::Answer { url, dialect, variation } => Self::Answer {
                url: url.as_str().into(),
                dialect: dialect.map(Dialect::name).map(String::from),
                variation: Some(FormVariation::of(*variation)),
            },
            Action::Deny { status, reason } => {
                Self::Deny { status: (*status).into(), reason: Some(reason.clone()) }
            }
            Action::Ignore => Self::Ignore,
            Action::Observe => Self::Observe,
        }
    }

    const fn key(&self) -> &'static str {
        match self {
            Self::Answer { .. } => "answer",
            Self::Deny { .. } => "deny",
            Self::Ignore => "ignore",
            Self::Observe => "observe",
        }
    }

    fn fill(&self, rule: &mut Table) {
        match self {
            Self::Answer { url, dialect, variation } => {
                let answer = within(rule, "answer");
                put(answer, "url", Some(url.as_str().into()));
                put(answer, "dialect", dialect.as_deref().map(Value::from));
                if let Some(variation) = variation {
                    variation.fill(answer);
                }
            }
            Self::Deny { status, reason } => {
                let deny = within(rule, "deny");
                put(deny, "status", Some((*status).into()));
                put(deny, "reason", reason.as_deref().map(Value::from));
            }
            Self::Ignore | Self::Observe => put(rule, self.key(), Some(true.into())),
        }
    }
}

/// The table under `key`; an inline one is made where there is none.
fn within<'r>(rule: &'r mut Table, key: &str) -> &'r mut dyn TableLike {
    let item = rule.entry(key).or_insert_with(|| value(InlineTable::new()));
    if !item.is_table_like() {
        *item = value(InlineTable::new());
    }
    match item {
        Item::Table(table) => table,
        Item::Value(Value::InlineTable(table)) => table,
        // It is one of the two by now.
        _ => unreachable!("a table was put here"),
    }
}

/// Another value where there is another one: what stays the same stays as it is laid out.
pub(super) fn put(table: &mut dyn TableLike, key: &str, wanted: Option<Value>) {
    let Some(mut wanted) = wanted else {
        table.remove(key);
        return;
    };
    let old = table.get(key).and_then(Item::as_value);
    if old.is_some_and(|old| plain(old) == plain(&wanted)) {
        return;
    }
    if let Some(old) = old {
        *wanted.decor_mut() = old.decor().clone();
    }
    table.insert(key, Item::Value(wanted));
}

/// A value as it would be written by program.
pub(super) fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => format!("{:?}", text.value()),
        Value::Array(items) => items.iter().map(plain).collect::<Vec<_>>().join("\n"),
        Value::Integer(number) => number.value().to_string(),
        Value::Boolean(truth) => truth.value().to_string(),
        other => other.to_string(),
    }
}

fn alternatives(wanted: &[String]) -> Value {
    match wanted {
        [one] => one.into(),
        several => several.iter().collect::<Array>().into(),
    }
}
