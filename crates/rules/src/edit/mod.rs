//! Owns changing a policy file by program: what was not meant to change stays as it is, comments and layout and all. What
//! comes out is a policy without mistakes, or nothing. Reads and writes no file.

mod form;
mod rules;
mod variation;

use crate::error::PolicyErrors;
use crate::nearest::nearest;
use crate::policy::{Mode, Policy};
pub use form::{FormAction, FormCondition, RuleForm};
use serde::{Deserialize, Serialize};
use toml_edit::{Array, DocumentMut, Item, value};
pub use variation::FormVariation;

/// One change of a policy file. A rule is named by its name, or by its number, counted from 1; `#2` is never a name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "edit", rename_all = "snake_case", deny_unknown_fields)]
#[non_exhaustive]
pub enum Edit {
    /// Answer phones, or only look.
    SetMode {
        /// Which.
        mode: Mode,
    },
    /// Listen on these cards.
    SetInterfaces {
        /// Names or addresses; none: all suitable ones.
        interfaces: Vec<String>,
    },
    /// Answer these sources besides those on the card's own subnets.
    SetAllowSources {
        /// Addresses or ranges.
        sources: Vec<String>,
    },
    /// One more rule.
    AddRule {
        /// What stands under its `[[rule]]`, as TOML.
        rule: String,
        /// Where; without it at the end.
        #[serde(default)]
        at: Place,
    },
    /// Another rule in the place of one; the comments before it stay.
    ReplaceRule {
        /// Which.
        rule: String,
        /// What stands under its `[[rule]]`, as TOML.
        by: String,
    },
    /// A rule filled in anew from a form; what the form does not say (comments) stays.
    FillRule {
        /// Which.
        rule: String,
        /// With what.
        form: RuleForm,
    },
    /// A rule less, with the comments before it.
    RemoveRule {
        /// Which.
        rule: String,
    },
    /// A rule to another place, with the comments before it: the first that matches decides.
    MoveRule {
        /// Which.
        rule: String,
        /// Where.
        to: Place,
    },
}

/// A place among the rules.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(clippy::exhaustive_enums, reason = "there are no other places")]
pub enum Place {
    /// Before all others.
    First,
    /// After all others.
    #[default]
    Last,
    /// Before the rule of this name or number.
    Before(String),
    /// After the rule of this name or number.
    After(String),
}

/// The file was not changed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum EditError {
    /// The file itself is no TOML.
    #[error("the file as it stands: {0}")]
    File(PolicyErrors),
    /// The file would have mistakes: places are those in what it would be.
    #[error("{errors}")]
    Outcome {
        /// Each mistake.
        errors: PolicyErrors,
        /// What the file would be.
        text: String,
    },
    /// No rule has this name or number.
    #[error("there is no rule {wanted:?}{hint}")]
    NoRule {
        /// What was asked for.
        wanted: String,
        /// What there is.
        hint: String,
    },
    /// The text of a rule is none.
    #[error("the rule: {0}")]
    Rule(String),
    /// The rules are written as one list, `rule = [{…}]`, in which nothing can be put by program without laying it out
    /// anew.
    #[error("the rules stand in one list (`rule = […]`): write each under its own [[rule]] first")]
    Inline,
}

/// `text` with `edits` done one after the other.
///
/// ```
/// use fingerpost_rules::{Edit, Place, edit};
/// let text = "version = 1 # ours\n\n# the lobby\n[[rule]]\nname = \"lobby\"\nignore = true\n";
/// let rule = "name = \"snom\"\nmatch = { vendor = \"snom\" }\nanswer = { url = \"http://pbx/\" }".into();
/// let changed = edit(text, &[Edit::AddRule { rule, at: Place::First }])?;
/// assert_eq!(changed, "version = 1 # ours\n\n[[rule]]\nname = \"snom\"\nmatch = { vendor = \"snom\" }\n\
///     answer = { url = \"http://pbx/\" }\n\n# the lobby\n[[rule]]\nname = \"lobby\"\nignore = true\n");
/// # Ok::<(), fingerpost_rules::EditError>(())
/// ```
///
/// # Errors
/// [`EditError`]: the first edit that cannot be done, or every mistake in what would come out.
pub fn edit(text: &str, edits: &[Edit]) -> Result<String, EditError> {
    let Ok(mut document) = text.parse::<DocumentMut>() else {
        return Err(not_toml(text));
    };
    for edit in edits {
        apply(&mut document, edit)?;
    }
    let text = document.to_string();
    match Policy::parse(&text) {
        Ok(_) => Ok(text),
        Err(errors) => Err(EditError::Outcome { errors, text }),
    }
}

/// The policy's own reader says it with places.
fn not_toml(text: &str) -> EditError {
    match Policy::parse(text) {
        Err(errors) => EditError::File(errors),
        Ok(_) => EditError::Rule("the file cannot be changed by program".into()),
    }
}

fn apply(document: &mut DocumentMut, edit: &Edit) -> Result<(), EditError> {
    match edit {
        Edit::SetMode { mode } => set(document, "mode", value(word(*mode))),
        Edit::SetInterfaces { interfaces } => set_list(document, "interfaces", interfaces),
        Edit::SetAllowSources { sources } => set_list(document, "allow_sources", sources),
        Edit::AddRule { rule, at } => return rules::add(document, rule, at),
        Edit::ReplaceRule { rule, by } => return rules::replace(document, rule, by),
        Edit::FillRule { rule, form } => return rules::fill(document, rule, form),
        Edit::RemoveRule { rule } => return rules::remove(document, rule),
        Edit::MoveRule { rule, to } => return rules::shift(document, rule, to),
    }
    Ok(())
}

const fn word(mode: Mode) -> &'static str {
    match mode {
        Mode::Answer => "answer",
        Mode::Observe => "observe",
    }
}

fn set_list(document: &mut DocumentMut, key: &str, items: &[String]) {
    if items.is_empty() {
        document.remove(key);
    } else {
        set(document, key, value(items.iter().collect::<Array>()));
    }
}

/// Another value in the place of the old one, whose comment stays.
fn set(document: &mut DocumentMut, key: &str, new: Item) {
    let old = document.get(key).and_then(Item::as_value).map(|old| old.decor().clone());
    let mut new = new;
    if let (Some(old), Some(new)) = (old, new.as_value_mut()) {
        *new.decor_mut() = old;
    }
    document.insert(key, new);
}

/// What there is, for who asked for something else.
fn hint(wanted: &str, names: &[&str]) -> String {
    match nearest(wanted, names) {
        Some(near) => format!("; did you mean {near:?}?"),
        None if names.is_empty() => "; there are none".into(),
        None => format!("; there are {} of them", names.len()),
    }
}

#[cfg(test)]
mod tests;
