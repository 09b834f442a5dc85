//! Owns finding out which rule and which key of a policy file a place belongs to: a form shows a mistake at its field.

use crate::reader::{Entry, entries};
use toml::de::DeTable;

/// Where in the rules something stands.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(clippy::exhaustive_structs, reason = "a place has no more to it")]
pub struct RuleKey {
    /// The rule's number, from 0.
    pub rule: usize,
    /// The key within it, such as `match.vendor`; empty where it is about the rule as a whole.
    pub key: String,
}

/// The rule and the key whose text holds byte `offset` of the policy file `text`; `None` outside of the rules.
#[must_use]
pub fn key_at(text: &str, offset: usize) -> Option<RuleKey> {
    let (document, _) = DeTable::parse_recoverable(text);
    let rules = document.get_ref().get("rule")?.get_ref().as_array()?;
    let mut found = None;
    for (rule, value) in rules.iter().enumerate() {
        let Some(table) = value.get_ref().as_table() else { continue };
        if let Some(key) = within(table, offset) {
            return Some(RuleKey { rule, key });
        }
        if value.span().contains(&offset) || value.span().start == offset {
            found = Some(RuleKey { rule, key: String::new() });
        }
    }
    found
}

fn within(table: &DeTable<'_>, offset: usize) -> Option<String> {
    entries(table).iter().find_map(|entry| inside(entry, offset))
}

fn inside(entry: &Entry<'_, '_>, offset: usize) -> Option<String> {
    let deeper = entry.value.get_ref().as_table().and_then(|table| within(table, offset));
    if let Some(deeper) = deeper {
        return Some(format!("{}.{deeper}", entry.key));
    }
    let (key, value) = (entry.key_span, entry.value.span());
    let holds = (key.start..key.end).contains(&offset) || value.contains(&offset);
    holds.then(|| entry.key.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Policy;

    #[test]
    fn every_mistake_of_a_rule_has_its_key() {
        let table = [
            ("match = { mac = 'zz' }\nignore = true", "match.mac"),
            ("match.version = ['1', '>>2']\nignore = true", "match.version"),
            ("answer = { url = '%{mac' }", "answer.url"),
            ("[rule.answer]\nurl = '%{mac'", "answer.url"),
            ("answer = { dialect = 'x', url = 'x' }", "answer.dialect"),
            ("deny = { status = 200 }", "deny.status"),
            ("answer = {}", "answer"),
            ("name = ''\nignore = true", "name"),
            ("", ""),
        ];
        for (rule, key) in table {
            let text = format!("version = 1\n[[rule]]\nobserve = true\n[[rule]]\n{rule}\n");
            let errors = Policy::parse(&text).unwrap_err();
            let place = key_at(&text, errors.as_slice()[0].span.start);
            assert_eq!(place, Some(RuleKey { rule: 1, key: key.into() }), "{rule}: {errors}");
        }
        assert_eq!(key_at("version = 2", 10), None);
        assert_eq!(key_at("version = ", 3), None);
    }
}
