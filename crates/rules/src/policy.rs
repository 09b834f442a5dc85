//! Owns what a policy consists of. Knows neither TOML nor how a rule is chosen.

use crate::cidr::Cidr;
use crate::condition::Condition;
use crate::error::PolicyWarning;
use fingerpost_core::pnp::{Dialect, Switches};
use fingerpost_core::template::UrlTemplate;
use serde::{Deserialize, Serialize};

/// Name of the rule that [`Policy::with_catch_all`] adds.
pub const CATCH_ALL: &str = "--url";

/// Whether phones are answered at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Mode {
    /// As the rules say.
    #[default]
    Answer,
    /// Never; the rules only tell what would be answered.
    Observe,
}

/// Rules for phones. [`Policy::default`] has none and answers nobody.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Policy {
    pub(crate) mode: Mode,
    pub(crate) interfaces: Vec<String>,
    pub(crate) allow_sources: Vec<Cidr>,
    pub(crate) rules: Vec<Rule>,
    pub(crate) warnings: Vec<PolicyWarning>,
}

/// What to do with which phones.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    pub(crate) name: String,
    pub(crate) conditions: Vec<Condition>,
    pub(crate) action: Action,
}

/// What a rule does.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Action {
    /// Sends the URL.
    Answer {
        /// With holes for what is known of the phone.
        url: UrlTemplate,
        /// `None`: what is known to work for the phone's vendor.
        dialect: Option<Dialect>,
        /// Small variations.
        variation: Variation,
    },
    /// Says nothing.
    Ignore,
    /// Refuses aloud.
    Deny {
        /// 400 to 699.
        status: u16,
        /// Reason phrase.
        reason: String,
    },
    /// Says nothing and only looks.
    Observe,
}

/// Small variations of an answer that single products want.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Variation {
    /// Of the response and the NOTIFY.
    pub switches: Switches,
    /// Whether the URL is to end in `/`: where the last part of its path has no dot, one is added. `None`: what is known
    /// of the phone's vendor and model.
    pub slash: Option<bool>,
}

impl Policy {
    /// A policy that answers every phone with `url`.
    #[must_use]
    pub fn catch_all(url: UrlTemplate) -> Self {
        Self::default().with_catch_all(url)
    }

    /// The same policy with a last rule, named [`CATCH_ALL`], that answers every phone left with `url`.
    #[must_use]
    pub fn with_catch_all(mut self, url: UrlTemplate) -> Self {
        let action = Action::Answer { url, dialect: None, variation: Variation::default() };
        self.rules.push(Rule { name: CATCH_ALL.into(), conditions: Vec::new(), action });
        self
    }

    /// The same policy in another mode.
    #[must_use]
    pub fn with_mode(mut self, mode: Mode) -> Self {
        self.mode = mode;
        self
    }

    /// Whether phones are answered at all.
    pub fn mode(&self) -> Mode {
        self.mode
    }

    /// The cards to listen on, by name or address; empty: all suitable ones.
    pub fn interfaces(&self) -> &[String] {
        &self.interfaces
    }

    /// Sources to answer besides those on the receiving card's own subnets.
    pub fn allow_sources(&self) -> &[Cidr] {
        &self.allow_sources
    }

    /// In order: the first that matches decides.
    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }

    /// What is allowed but can hardly be meant, in the file's order.
    pub fn warnings(&self) -> &[PolicyWarning] {
        &self.warnings
    }
}

impl Rule {
    /// As the file says; `rule N`, counted from 1, where it says nothing.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// All must hold, in the file's order; none: the rule matches every phone.
    pub fn conditions(&self) -> &[Condition] {
        &self.conditions
    }

    /// What to do with a phone that matches.
    pub fn action(&self) -> &Action {
        &self.action
    }

    /// The name of a rule that has none.
    pub(crate) fn number(index: usize) -> String {
        format!("rule {}", index + 1)
    }
}

/// How people read of a rule: `rule "lobby"`, or `rule 2` where it has no name.
pub(crate) fn label(name: &str, index: usize) -> String {
    let number = Rule::number(index);
    if name == number { number } else { format!("rule {name:?}") }
}
