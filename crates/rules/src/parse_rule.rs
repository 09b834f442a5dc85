//! Owns what a `[[rule]]` of the policy file holds: which key means what. How a rule is chosen is `decide`'s work.

use crate::condition::{Condition, Test};
use crate::error::Problem;
use crate::glob::Glob;
use crate::keys::{ACTIONS, Table};
use crate::policy::{Action, Rule, Variation, label};
use crate::reader::{Entry, Reader, Text, entries, integer};
use crate::version::VersionTest;
use crate::{status, warning};
use fingerpost_core::pnp::Dialect;
use fingerpost_core::template::UrlTemplate;
use std::str::FromStr;
use toml::de::{DeTable, DeValue};

pub(crate) fn read_rule<'t>(
    reader: &mut Reader<'t>,
    index: usize,
    rule: &Entry<'_, 't>,
) -> Option<Rule> {
    let (mut name, mut conditions, mut actions) = (None, Vec::new(), Vec::new());
    for entry in entries(reader.table(rule)?) {
        match entry.key {
            "name" => name = reader.text(&entry),
            "match" => conditions = read_match(reader, &entry),
            action if ACTIONS.contains(&action) => actions.push(entry),
            _ => reader.fail_unknown_key(&entry, Table::Rule),
        }
    }
    let name = name.map_or_else(|| Rule::number(index), |name| name.text.into());
    let action = only_action(reader, &label(&name, index), rule, &actions)?;
    Some(Rule { name, conditions, action: read_action(reader, &action)? })
}

fn only_action<'v, 't>(
    reader: &mut Reader<'t>,
    label: &str,
    rule: &Entry<'v, 't>,
    actions: &[Entry<'v, 't>],
) -> Option<Entry<'v, 't>> {
    let Some((first, others)) = actions.split_first() else {
        reader.fail(rule.value.span().into(), Problem::NoAction { rule: label.into() });
        return None;
    };
    for other in others {
        let (first, second) = (first.key.into(), other.key.into());
        reader.fail(other.key_span, Problem::SecondAction { rule: label.into(), first, second });
    }
    Some(*first)
}

fn read_action<'t>(reader: &mut Reader<'t>, entry: &Entry<'_, 't>) -> Option<Action> {
    match entry.key {
        "answer" => read_answer(reader, entry),
        "deny" => read_deny(reader, entry),
        "ignore" => read_true(reader, entry).then_some(Action::Ignore),
        _ => read_true(reader, entry).then_some(Action::Observe),
    }
}

fn read_true<'t>(reader: &mut Reader<'t>, entry: &Entry<'_, 't>) -> bool {
    match entry.value.get_ref() {
        DeValue::Boolean(true) => return true,
        DeValue::Boolean(false) => {
            reader.fail(entry.value.span().into(), Problem::FalseAction(entry.key.into()));
        }
        _ => reader.fail_type(entry.key, entry.value, "true"),
    }
    false
}

fn read_answer<'t>(reader: &mut Reader<'t>, answer: &Entry<'_, 't>) -> Option<Action> {
    let (mut url, mut dialect, mut variation) = (None, None, Variation::default());
    let table = reader.table(answer)?;
    for entry in &entries(table) {
        match entry.key {
            "url" => url = read_url(reader, entry),
            "dialect" => dialect = read_dialect(reader, entry),
            key if Table::Answer.keys().contains(&key) => {
                read_variation(reader, entry, &mut variation);
            }
            _ => reader.fail_unknown_key(entry, Table::Answer),
        }
    }
    require(reader, answer, table, Table::Answer, "url");
    Some(Action::Answer { url: url?, dialect, variation })
}

fn read_variation<'t>(reader: &mut Reader<'t>, entry: &Entry<'_, 't>, variation: &mut Variation) {
    let switches = &mut variation.switches;
    match entry.key {
        "status" => switches.accepts_with_202 = read_acceptance(reader, entry),
        "response" => switches.omits_response = read_bool(reader, entry) == Some(false),
        "subscription_state" => switches.omits_state = read_bool(reader, entry) == Some(false),
        "effective_by" => switches.effective_by = read_seconds(reader, entry),
        _ => variation.slash = read_bool(reader, entry),
    }
}

fn read_bool<'t>(reader: &mut Reader<'t>, entry: &Entry<'_, 't>) -> Option<bool> {
    let DeValue::Boolean(value) = entry.value.get_ref() else {
        reader.fail_type(entry.key, entry.value, "true or false");
        return None;
    };
    Some(*value)
}

/// Whether it is 202, not 200.
fn read_acceptance<'t>(reader: &mut Reader<'t>, entry: &Entry<'_, 't>) -> bool {
    match integer(entry.value) {
        Some(Ok(200)) => return false,
        Some(Ok(202)) => return true,
        Some(number) => {
            let shown = number.map_or_else(|text| text, |number| number.to_string());
            reader.fail(entry.value.span().into(), Problem::Acceptance(shown));
        }
        None => reader.fail_type(entry.key, entry.value, "the integer 200 or 202"),
    }
    false
}

fn read_seconds<'t>(reader: &mut Reader<'t>, entry: &Entry<'_, 't>) -> Option<u32> {
    let Some(number) = integer(entry.value) else {
        reader.fail_type(entry.key, entry.value, "an integer");
        return None;
    };
    let shown = number.as_ref().map_or_else(String::clone, i64::to_string);
    let seconds = number.ok().and_then(|number| u32::try_from(number).ok());
    if seconds.is_none() {
        reader.fail(entry.value.span().into(), Problem::Seconds(shown));
    }
    seconds
}

fn require(
    reader: &mut Reader<'_>,
    at: &Entry<'_, '_>,
    table: &DeTable<'_>,
    kind: Table,
    key: &'static str,
) {
    if !table.contains_key(key) {
        reader.fail(at.value.span().into(), Problem::MissingKey { table: kind, key });
    }
}

fn read_url<'t>(reader: &mut Reader<'t>, entry: &Entry<'_, 't>) -> Option<UrlTemplate> {
    let text = reader.raw_text(entry)?;
    match UrlTemplate::parse(text.text) {
        Ok(url) => Some(url),
        Err(error) => {
            reader.fail(reader.inside(text, error.span()), error);
            None
        }
    }
}

fn read_dialect<'t>(reader: &mut Reader<'t>, entry: &Entry<'_, 't>) -> Option<Dialect> {
    let word = reader.text(entry)?;
    let known = [Dialect::Rfc, Dialect::Manual, Dialect::Auto].map(Dialect::name);
    word.text.parse().ok().or_else(|| reader.fail_word("dialect", word, &known))
}

fn read_deny<'t>(reader: &mut Reader<'t>, deny: &Entry<'_, 't>) -> Option<Action> {
    let (mut status, mut reason) = (None, None);
    let table = reader.table(deny)?;
    for entry in &entries(table) {
        match entry.key {
            "status" => status = read_status(reader, entry),
            "reason" => reason = reader.text(entry),
            _ => reader.fail_unknown_key(entry, Table::Deny),
        }
    }
    require(reader, deny, table, Table::Deny, "status");
    let status = status?;
    let reason = reason.map_or(status::phrase(status), |reason| reason.text).into();
    Some(Action::Deny { status, reason })
}

fn read_status<'t>(reader: &mut Reader<'t>, entry: &Entry<'_, 't>) -> Option<u16> {
    let Some(number) = integer(entry.value) else {
        reader.fail_type(entry.key, entry.value, "an integer");
        return None;
    };
    let shown = number.as_ref().map_or_else(String::clone, i64::to_string);
    let status = number.ok().and_then(|number| u16::try_from(number).ok());
    let refusal = status.filter(|status| (400..700).contains(status));
    if refusal.is_none() {
        reader.fail(entry.value.span().into(), Problem::Status(shown));
    }
    refusal
}

fn read_match<'t>(reader: &mut Reader<'t>, conditions: &Entry<'_, 't>) -> Vec<Condition> {
    let table = reader.table(conditions).map(entries).unwrap_or_default();
    table.iter().filter_map(|entry| read_condition(reader, entry)).collect()
}

fn read_condition<'t>(reader: &mut Reader<'t>, entry: &Entry<'_, 't>) -> Option<Condition> {
    if !Table::Match.keys().contains(&entry.key) {
        reader.fail_unknown_key(entry, Table::Match);
        return None;
    }
    let texts = reader.texts(entry);
    let test = read_test(reader, entry.key, &texts);
    Some(Condition { wanted: texts.iter().map(|text| text.text.into()).collect(), test })
}

fn read_test(reader: &mut Reader<'_>, key: &str, texts: &[Text<'_>]) -> Test {
    let strings = || texts.iter().map(|text| text.text.into()).collect();
    let globs = || texts.iter().map(|text| Glob::new(text.text)).collect();
    match key {
        "vendor" => {
            warning::not_canonical(reader, texts);
            Test::Vendor(strings())
        }
        "model" => Test::Model(globs()),
        "version" => Test::Version(reader.parse_each(texts, VersionTest::parse)),
        "mac" => Test::Mac(reader.parse_each(texts, FromStr::from_str)),
        "interface" => Test::Interface(globs()),
        "source" => Test::Source(reader.parse_each(texts, FromStr::from_str)),
        _ => Test::Tag(strings()),
    }
}

#[cfg(test)]
mod tests {
    use crate::Policy;
    use crate::schema::assert_agrees;

    /// The mistakes in a rule with these lines, the first of which is the file's third.
    fn errors(lines: &str) -> Vec<String> {
        let text = format!("version = 1\n[[rule]]\n{lines}");
        assert_agrees(&text);
        let errors = Policy::parse(&text).expect_err(lines);
        errors.as_slice().iter().map(ToString::to_string).collect()
    }

    #[test]
    fn each_mistake_in_a_rule_is_told_with_its_place() {
        let table = [
            ("", "2:1: rule 1 does not say what to do; add one of answer, ignore, deny, observe"),
            (
                "name = 'a b'",
                "2:1: rule \"a b\" does not say what to do; add one of answer, ignore, deny, observe",
            ),
            (
                "ignore = true\nanswer = { url = 'x' }",
                "4:1: rule 1 has `ignore` and `answer`; a rule does one thing",
            ),
            ("ignore = false", "3:10: `ignore = false` says nothing; write true or leave it out"),
            ("observe = 'yes'", "3:11: `observe` must be true, not a string"),
            ("observe = true\nname = ''", "4:8: `name` holds an empty string"),
            ("observe = true\nname = \"a\\nb\"", "4:8: `name` holds a control character"),
            ("observe = true\nnmae = 'x'", "4:1: unknown key `nmae`; did you mean `name`?"),
            (
                "observe = true\nvendor = 'snom'",
                "4:1: unknown key `vendor`; did you mean `match.vendor`?",
            ),
            (
                "observe = true\nmode = 'answer'",
                "4:1: unknown key `mode`; `mode` stands before the first [[rule]]",
            ),
            ("observe = true\nmatch = 'snom'", "4:9: `match` must be a table, not a string"),
        ];
        for (lines, error) in table {
            assert_eq!(errors(lines), [error], "{lines}");
        }
    }

    #[test]
    fn each_mistake_in_an_action_is_told_with_its_place() {
        let table = [
            ("answer = 'tftp://x'", "3:10: `answer` must be a table, not a string"),
            ("answer = { dialect = 'rfc' }", "3:10: `answer` needs `url`"),
            ("answer = { url = 7 }", "3:18: `url` must be a string, not an integer"),
            ("answer = { url = '' }", "3:19: the URL template is empty"),
            (
                "answer = { url = 'x', dialect = 'manuel' }",
                "3:33: unknown dialect \"manuel\"; did you mean \"manual\"?",
            ),
            (
                "answer = { url = 'x', dialect = 'sip' }",
                "3:33: unknown dialect \"sip\"; known are rfc, manual, auto",
            ),
            (
                "answer = { url = 'x', dialekt = 'rfc' }",
                "3:23: unknown key `dialekt`; did you mean `dialect`?",
            ),
            (
                "answer = { url = 'x', colour = true }",
                "3:23: unknown key `colour`; `answer` has url, dialect, status, response, subscription_state, effective_by, slash",
            ),
            (
                "answer = { url = 'x', status = 204 }",
                "3:32: a phone is accepted with 200 or 202, not 204",
            ),
            (
                "answer = { url = 'x', status = '202' }",
                "3:32: `status` must be the integer 200 or 202, not a string",
            ),
            (
                "answer = { url = 'x', response = 'no' }",
                "3:34: `response` must be true or false, not a string",
            ),
            (
                "answer = { url = 'x', slash = 1 }",
                "3:31: `slash` must be true or false, not an integer",
            ),
            (
                "answer = { url = 'x', effective_by = -1 }",
                "3:38: -1 is no number of seconds; use 0 to 4294967295",
            ),
            (
                "answer = { url = 'x', effective_by = '0' }",
                "3:38: `effective_by` must be an integer, not a string",
            ),
        ];
        for (lines, error) in table {
            assert_eq!(errors(lines), [error], "{lines}");
        }
    }

    #[test]
    fn each_mistake_in_a_refusal_is_told_with_its_place() {
        let table = [
            ("deny = { reason = 'No' }", "3:8: `deny` needs `status`"),
            ("deny = { status = 399 }", "3:19: status 399 is no refusal; use 400 to 699"),
            ("deny = { status = 700 }", "3:19: status 700 is no refusal; use 400 to 699"),
            ("deny = { status = -403 }", "3:19: status -403 is no refusal; use 400 to 699"),
            ("deny = { status = '403' }", "3:19: `status` must be an integer, not a string"),
            (
                "deny = { status = 403, reason = \"a\\r\\nb\" }",
                "3:33: `reason` holds a control character",
            ),
            (
                "deny = { status = 403, name = 'x' }",
                "3:24: unknown key `name`; `name` stands in the [[rule]] itself",
            ),
        ];
        for (lines, error) in table {
            assert_eq!(errors(lines), [error], "{lines}");
        }
    }

    #[test]
    fn a_mistake_in_a_template_is_told_at_its_own_column() {
        let hole = |place| {
            format!(
                "{place}: unknown placeholder %{{servr}} (did you mean %{{server}}?); known are %{{mac}} %{{MAC}} %{{vendor}} %{{model}} %{{version}} %{{server}} %{{interface}} %{{source}}"
            )
        };
        let table = [
            (r#"answer.url = "tftp://%{servr}/x""#, hole("3:22")),
            (r"answer.url = 'tftp://ü/%{servr}/x'", hole("3:24")),
            ("answer.url = '''tftp://%{servr}/x'''", hole("3:24")),
            // With escapes or a line break before the text, offsets do not map: the string's start.
            (r#"answer.url = "tftp:\u002F/%{servr}""#, hole("3:14")),
            ("answer.url = '''\ntftp://%{servr}/x'''", hole("3:14")),
        ];
        for (lines, error) in table {
            assert_eq!(errors(lines), [error], "{lines}");
        }
        let control = "answer.url = \"a\\nb\"";
        assert_eq!(errors(control), ["3:14: a control character (0x0a) cannot stand in a URL"]);
        assert_eq!(
            errors("answer.url = 'a%b'"),
            ["3:16: a percent sign stands alone; write %% for a percent sign"]
        );
        assert_eq!(errors("answer.url = 'a%{mac'"), ["3:16: placeholder %{ without its closing }"]);
    }

    #[test]
    fn each_mistake_in_a_condition_is_told_with_its_place() {
        let neither = "is neither a pattern such as \"2.2.*\" nor comparisons such as \">=2.2, <3\" (each with one of >= <= > < = !=)";
        let table = [
            ("vendr = 'snom'", "3:11: unknown key `vendr`; did you mean `vendor`?".into()),
            ("name = 'snom'", "3:11: unknown key `name`; `name` stands in the [[rule]] itself".into()),
            ("colour = 1", "3:11: unknown key `colour`; `match` has vendor, model, version, mac, interface, source, tag".into()),
            ("vendor = 7", "3:20: `vendor` must be a string or a list of strings, not an integer".into()),
            ("version = 2.2", "3:21: `version` must be a string or a list of strings, not a float".into()),
            ("vendor = []", "3:20: `vendor` is an empty list, which no phone matches".into()),
            ("vendor = ['a', ' ']", "3:26: `vendor` holds an empty string".into()),
            ("vendor = ['a', 1979-05-27]", "3:26: `vendor` holds a date or time; each of its items must be a string".into()),
            ("version = '2.2, <3'", format!("3:21: \"2.2, <3\" {neither}")),
            ("version = ['1.*', '>=']", format!("3:29: \">=\" {neither}")),
            ("mac = ['00908f', '00908x']", "3:28: \"00908x\" is not the beginning of a MAC address: expected 1 to 12 hex digits, plain or parted by ':', '-' or '.'".into()),
            ("source = '10.1/16'", "3:20: \"10.1/16\" is not an address or a range such as \"10.1.0.0/16\"".into()),
            ("source = '10.1.0.0/x'", "3:20: the prefix length of \"10.1.0.0/x\" must be a number from 0 to 32".into()),
        ];
        for (condition, error) in table {
            let lines = format!("match = {{ {condition} }}\nignore = true");
            assert_eq!(errors(&lines), [error], "{condition}");
        }
    }
}
