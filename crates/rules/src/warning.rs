//! Owns what is allowed in a policy but can hardly be meant. Refuses nothing.

use crate::policy::{Rule, label};
use crate::reader::{Reader, Text};
use fingerpost_core::Span;
use fingerpost_core::pnp::vendor;
use std::collections::BTreeMap;

/// Rules after one that matches every phone.
pub(crate) fn unreachable(reader: &mut Reader<'_>, rules: &[(Span, Rule)]) {
    let Some(at) = rules.iter().position(|(_, rule)| rule.conditions.is_empty()) else { return };
    let Some((span, next)) = rules.get(at + 1) else { return };
    let everything = label(&rules[at].1.name, at);
    let next = label(&next.name, at + 1);
    let what = match rules.len() - at - 2 {
        0 => format!("{next} is never reached: {everything} matches every phone"),
        more => format!(
            "{next} and {more} after it are never reached: {everything} matches every phone"
        ),
    };
    reader.warn(*span, what);
}

/// Events and explanations name rules.
pub(crate) fn same_name(reader: &mut Reader<'_>, rules: &[(Span, Rule)]) {
    let mut seen = BTreeMap::new();
    for (index, (span, rule)) in rules.iter().enumerate() {
        match seen.get(rule.name.as_str()) {
            Some(first) => reader.warn(
                *span,
                format!("rules {first} and {} are both called {:?}", index + 1, rule.name),
            ),
            None => {
                seen.insert(rule.name.as_str(), index + 1);
            }
        }
    }
}

/// Vendor names that no phone is given here.
pub(crate) fn not_canonical(reader: &mut Reader<'_>, names: &[Text<'_>]) {
    for name in names {
        let canonical = vendor::canonical(name.text);
        if !canonical.eq_ignore_ascii_case(name.text) {
            let what = format!(
                "no phone matches {:?}: its vendor is called {canonical:?} here",
                name.text
            );
            reader.warn(name.span, what);
        }
    }
}
