//! Owns the name of a policy, as the page says it. What it means is core's.

use serde::Serialize;
#[cfg(test)]
use ts_rs::TS;

/// Whose eyes a message is judged with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(test, derive(TS), ts(export_to = "types.ts"))]
#[allow(clippy::exhaustive_enums, reason = "the page's contract")]
pub enum Policy {
    /// A strict RFC 3261 parser's.
    #[default]
    Strict,
    /// Those of a reader that takes what it can understand.
    Robust,
}

impl Policy {
    /// The policy of that name; every other word means the strict one.
    pub fn named(name: &str) -> Self {
        if name == "robust" { Self::Robust } else { Self::Strict }
    }
}

impl From<Policy> for fingerpost_core::check::Policy {
    fn from(policy: Policy) -> Self {
        match policy {
            Policy::Strict => Self::Strict,
            Policy::Robust => Self::Robust,
        }
    }
}
