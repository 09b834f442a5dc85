//! Owns the names a policy file may use, and the hint for one it may not. Knows no values.

use crate::nearest::nearest;

/// A table of the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Table {
    Top,
    Rule,
    Match,
    Answer,
    Deny,
}

/// The keys of a rule that say what to do: each rule has exactly one.
pub(crate) const ACTIONS: [&str; 4] = ["answer", "ignore", "deny", "observe"];

impl Table {
    pub(crate) const fn keys(self) -> &'static [&'static str] {
        match self {
            Self::Top => &["version", "mode", "interfaces", "allow_sources", "rule"],
            Self::Rule => &["name", "match", "answer", "ignore", "deny", "observe"],
            Self::Match => &["vendor", "model", "version", "mac", "interface", "source", "tag"],
            Self::Answer => &[
                "url",
                "dialect",
                "status",
                "response",
                "subscription_state",
                "effective_by",
                "slash",
            ],
            Self::Deny => &["status", "reason"],
        }
    }

    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Top => "the policy",
            Self::Rule => "a rule",
            Self::Match => "`match`",
            Self::Answer => "`answer`",
            Self::Deny => "`deny`",
        }
    }

    fn has(self, key: &str) -> bool {
        self.keys().contains(&key)
    }

    /// What to write instead of `key`, which this table does not have.
    pub(crate) fn hint(self, key: &str) -> String {
        let near = || Some(format!("did you mean `{}`?", nearest(key, self.keys())?));
        let hint = match self {
            Self::Top if Self::Rule.has(key) => Some(format!("`{key}` stands in a [[rule]]")),
            Self::Top => near().or_else(|| Some(format!("`{}` stands in a [[rule]]", inner(key)?))),
            Self::Rule => inner(key)
                .map(|path| format!("did you mean `{path}`?"))
                .or_else(|| before_rules(key))
                .or_else(near),
            _ if Self::Rule.has(key) => Some(format!("`{key}` stands in the [[rule]] itself")),
            _ => near(),
        };
        hint.unwrap_or_else(|| format!("{} has {}", self.name(), self.keys().join(", ")))
    }
}

/// The way from a rule to a key of one of its tables.
fn inner(key: &str) -> Option<String> {
    let tables = [(Table::Match, "match"), (Table::Answer, "answer"), (Table::Deny, "deny")];
    let (_, name) = tables.into_iter().find(|(table, _)| table.has(key))?;
    Some(format!("{name}.{key}"))
}

fn before_rules(key: &str) -> Option<String> {
    Table::Top.has(key).then(|| format!("`{key}` stands before the first [[rule]]"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hints_at_the_nearest_key_or_at_the_right_table() {
        let table = [
            (Table::Top, "interfces", "did you mean `interfaces`?"),
            (Table::Top, "match", "`match` stands in a [[rule]]"),
            (Table::Top, "url", "`answer.url` stands in a [[rule]]"),
            (Table::Top, "interface", "did you mean `interfaces`?"),
            (Table::Rule, "nmae", "did you mean `name`?"),
            (Table::Rule, "vendor", "did you mean `match.vendor`?"),
            (Table::Rule, "url", "did you mean `answer.url`?"),
            (Table::Rule, "mode", "`mode` stands before the first [[rule]]"),
            (Table::Match, "name", "`name` stands in the [[rule]] itself"),
            (Table::Answer, "state", "did you mean `status`?"),
            (
                Table::Answer,
                "colour",
                "`answer` has url, dialect, status, response, subscription_state, effective_by, slash",
            ),
        ];
        for (place, key, hint) in table {
            assert_eq!(place.hint(key), hint);
        }
    }
}
