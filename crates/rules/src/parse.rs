//! Owns the policy file's outermost keys. What a rule holds is `parse_rule`'s, how one is chosen is `decide`'s work.

use crate::error::{PolicyErrors, Problem};
use crate::keys::Table;
use crate::parse_rule::read_rule;
use crate::policy::{Mode, Policy, Rule};
use crate::reader::{Entry, Reader, entries, integer};
use crate::warning;
use fingerpost_core::Span;
use toml::de::DeTable;

impl Policy {
    /// Reads a policy file.
    ///
    /// # Errors
    /// Every mistake with its line and column. Where the text is no TOML, only that is told.
    pub fn parse(text: &str) -> Result<Self, PolicyErrors> {
        let (document, syntax) = DeTable::parse_recoverable(text);
        let mut reader = Reader::new(text);
        let mut policy = Self::default();
        for error in &syntax {
            let span = error.span().map_or(Span::at(0), Span::from);
            reader.fail(span, Problem::Syntax(error.message().into()));
        }
        if syntax.is_empty() {
            policy = read_policy(&mut reader, document.get_ref());
        }
        policy.warnings = reader.finish()?;
        Ok(policy)
    }
}

fn read_policy<'t>(reader: &mut Reader<'t>, table: &DeTable<'t>) -> Policy {
    let mut policy = Policy::default();
    if !table.contains_key("version") {
        reader.fail(Span::at(0), Problem::MissingVersion);
    }
    for entry in &entries(table) {
        match entry.key {
            "version" => check_version(reader, entry),
            "mode" => policy.mode = read_mode(reader, entry).unwrap_or_default(),
            "interfaces" => policy.interfaces = read_interfaces(reader, entry),
            "allow_sources" => {
                let ranges = reader.list(entry);
                policy.allow_sources = reader.parse_each(&ranges, str::parse);
            }
            "rule" => policy.rules = read_rules(reader, entry),
            _ => reader.fail_unknown_key(entry, Table::Top),
        }
    }
    policy
}

fn check_version<'t>(reader: &mut Reader<'t>, entry: &Entry<'_, 't>) {
    match integer(entry.value) {
        Some(Ok(1)) => {}
        Some(Ok(other)) => {
            reader.fail(entry.value.span().into(), Problem::UnknownVersion(other.to_string()));
        }
        Some(Err(other)) => reader.fail(entry.value.span().into(), Problem::UnknownVersion(other)),
        None => reader.fail_type(entry.key, entry.value, "the integer 1"),
    }
}

fn read_mode<'t>(reader: &mut Reader<'t>, entry: &Entry<'_, 't>) -> Option<Mode> {
    let word = reader.text(entry)?;
    match word.text {
        "answer" => Some(Mode::Answer),
        "observe" => Some(Mode::Observe),
        _ => reader.fail_word("mode", word, &["answer", "observe"]),
    }
}

fn read_interfaces<'t>(reader: &mut Reader<'t>, entry: &Entry<'_, 't>) -> Vec<String> {
    if entry.value.get_ref().as_array().is_some_and(|items| items.is_empty()) {
        reader.fail(entry.value.span().into(), Problem::NoInterface);
    }
    reader.list(entry).iter().map(|item| item.text.into()).collect()
}

fn read_rules<'t>(reader: &mut Reader<'t>, entry: &Entry<'_, 't>) -> Vec<Rule> {
    let Some(items) = entry.value.get_ref().as_array() else {
        reader.fail_type(entry.key, entry.value, "a list of tables, each under [[rule]]");
        return Vec::new();
    };
    let mut rules = Vec::with_capacity(items.len());
    for (index, value) in items.iter().enumerate() {
        let rule = read_rule(reader, index, &Entry { value, ..*entry });
        rules.extend(rule.map(|rule| (Span::from(value.span()), rule)));
    }
    warning::unreachable(reader, &rules);
    warning::same_name(reader, &rules);
    rules.into_iter().map(|(_, rule)| rule).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::condition::Condition;
    use crate::policy::Action;
    use crate::schema::assert_agrees;
    use proptest::prelude::*;

    /// The design's example, with values of our own.
    const EXAMPLE: &str = r#"
version = 1
mode = "answer"                      # or "observe"
interfaces = ["enp3s0", "vlan20"]
allow_sources = ["10.20.0.0/15", "192.0.2.7"]

[[rule]]
name = "AudioCodes 440"
match = { vendor = "audiocodes", model = "44*", version = ">=2.2", mac = ["00908f", "0030ab112233"], interface = "enp3s0", source = "10.20.0.0/16", tag = "lobby" }
answer = { url = "tftp://%{server}/440HD.img;%{mac}.cfg", dialect = "manual" }

[[rule]]
name = "not ours"
match = { vendor = "polycom" }
ignore = true

[[rule]]
match.vendor = ["snom", "yealink"]
deny = { status = 403 }

[[rule]]
name = "lab"
observe = true
"#;

    fn errors(text: &str) -> Vec<String> {
        assert_agrees(text);
        let errors = Policy::parse(text).expect_err(text);
        errors.as_slice().iter().map(ToString::to_string).collect()
    }

    fn assert_all(table: &[(&str, &str)]) {
        for (text, error) in table {
            assert_eq!(errors(text), [*error], "{text}");
        }
    }

    #[test]
    fn reads_the_example_of_the_design() {
        assert_agrees(EXAMPLE);
        let policy = Policy::parse(EXAMPLE).unwrap();
        assert_eq!(policy.mode(), Mode::Answer);
        assert_eq!(policy.interfaces(), ["enp3s0", "vlan20"]);
        let sources: Vec<_> = policy.allow_sources().iter().map(ToString::to_string).collect();
        assert_eq!(sources, ["10.20.0.0/15", "192.0.2.7/32"]);
        let names: Vec<_> = policy.rules().iter().map(Rule::name).collect();
        assert_eq!(names, ["AudioCodes 440", "not ours", "rule 3", "lab"]);
        let keys: Vec<_> = policy.rules()[0].conditions().iter().map(Condition::key).collect();
        assert_eq!(keys, ["vendor", "model", "version", "mac", "interface", "source", "tag"]);
        assert_eq!(policy.rules()[0].conditions()[3].wanted(), ["00908f", "0030ab112233"]);
        let forbidden = Action::Deny { status: 403, reason: "Forbidden".into() };
        assert_eq!(policy.rules()[2].action(), &forbidden);
        assert_eq!(policy.warnings(), []);
    }

    #[test]
    fn a_policy_needs_nothing_but_its_version() {
        assert_agrees("version = 1");
        let policy = Policy::parse("version = 1").unwrap();
        assert_eq!(policy, Policy::default());
    }

    #[test]
    fn tables_may_be_written_under_their_own_headers() {
        let text = "version = 1\n[[rule]]\n[rule.match]\nvendor = 'snom'\n[rule.deny]\nstatus = 404\nreason = 'Nobody'\n";
        assert_agrees(text);
        let policy = Policy::parse(text).unwrap();
        let nobody = Action::Deny { status: 404, reason: "Nobody".into() };
        assert_eq!(policy.rules()[0].action(), &nobody);
        assert_eq!(policy.rules()[0].conditions()[0].wanted(), ["snom"]);
    }

    #[test]
    fn each_mistake_on_top_is_told_with_its_place() {
        let table = [
            (
                "version = 1\nmode = answer",
                "2:8: string values must be quoted, expected literal string",
            ),
            ("version = 1\nversion = 1", "2:1: duplicate key"),
            ("", "1:1: `version = 1` is missing"),
            (
                "version = 2",
                "1:11: version 2 of the policy file is not known; this program reads version 1",
            ),
            (
                "version = 99999999999999999999",
                "1:11: version 99999999999999999999 of the policy file is not known; this program reads version 1",
            ),
            ("version = \"1\"", "1:11: `version` must be the integer 1, not a string"),
            (
                "version = 1\ninterfces = []",
                "2:1: unknown key `interfces`; did you mean `interfaces`?",
            ),
            (
                "version = 1\ncolour = 1",
                "2:1: unknown key `colour`; the policy has version, mode, interfaces, allow_sources, rule",
            ),
            (
                "version = 1\n\"a\\nb\" = 1",
                "2:1: unknown key `a\\nb`; the policy has version, mode, interfaces, allow_sources, rule",
            ),
            (
                "version = 1\nurl = \"x\"",
                "2:1: unknown key `url`; `answer.url` stands in a [[rule]]",
            ),
            ("version = 1\nmatch = {}", "2:1: unknown key `match`; `match` stands in a [[rule]]"),
        ];
        assert_all(&table);
    }

    #[test]
    fn each_wrong_value_on_top_is_told_with_its_place() {
        let table = [
            (
                "version = 1\nmode = \"observ\"",
                "2:8: unknown mode \"observ\"; did you mean \"observe\"?",
            ),
            ("version = 1\nmode = \"on\"", "2:8: unknown mode \"on\"; known are answer, observe"),
            ("version = 1\nmode = true", "2:8: `mode` must be a string, not a boolean"),
            (
                "version = 1\ninterfaces = []",
                "2:14: `interfaces` is empty; leave it out for all suitable interfaces",
            ),
            (
                "version = 1\ninterfaces = 'eth0'",
                "2:14: `interfaces` must be a list of strings, not a string",
            ),
            (
                "version = 1\ninterfaces = ['eth0', 7]",
                "2:23: `interfaces` holds an integer; each of its items must be a string",
            ),
            ("version = 1\ninterfaces = ['']", "2:15: `interfaces` holds an empty string"),
            (
                "version = 1\n# ü\nallow_sources = ['ü', '10.0.0.0/4']",
                "3:18: \"ü\" is not an address or a range such as \"10.1.0.0/16\"",
            ),
            (
                "version = 1\nallow_sources = ['10.0.0.0/40']",
                "2:18: the prefix length of \"10.0.0.0/40\" must be a number from 0 to 32",
            ),
            (
                "version = 1\n[rule]\nignore = true",
                "2:1: `rule` must be a list of tables, each under [[rule]], not a table",
            ),
            ("version = 1\nrule = [1]", "2:9: `rule` must be a table, not an integer"),
        ];
        assert_all(&table);
    }

    #[test]
    fn all_mistakes_are_told_at_once_in_the_order_of_the_file() {
        let text = "mode = 'x'\n[[rule]]\nmatch = { mac = 'zz', sources = 'y' }\n[[rule]]\nnam = 1\ndeny = { status = 200 }";
        let places: Vec<_> = errors(text)
            .iter()
            .map(|e| e.splitn(3, ':').take(2).collect::<Vec<_>>().join(":"))
            .collect();
        assert_eq!(places, ["1:1", "1:8", "2:1", "3:17", "3:23", "5:1", "6:19"]);
        assert_eq!(Policy::parse(text).unwrap_err().to_string().lines().count(), 7);
    }

    #[test]
    fn an_error_has_its_place_as_a_span_and_its_shape_as_json() {
        let errors = Policy::parse("version = 1\n# ü\nmode = 'ünd'").unwrap_err();
        let error = &errors.as_slice()[0];
        assert_eq!((error.line, error.column, error.span), (3, 8, Span::new(24, 30)));
        let json = serde_json::to_string(&errors).unwrap();
        assert_eq!(
            json,
            r#"[{"line":3,"column":8,"span":[24,30],"message":"unknown mode \"ünd\"; known are answer, observe"}]"#
        );
    }

    #[test]
    fn a_rule_after_one_for_every_phone_and_a_name_used_twice_are_warned_of() {
        let text = "version = 1\n[[rule]]\nname = 'all'\nobserve = true\n[[rule]]\nname = 'all'\nmatch.tag = 'x'\nignore = true\n[[rule]]\nmatch.vendor = 'AUDC'\nignore = true";
        let policy = Policy::parse(text).unwrap();
        let warnings: Vec<_> = policy.warnings().iter().map(ToString::to_string).collect();
        assert_eq!(
            warnings,
            [
                "5:1: rule \"all\" and 1 after it are never reached: rule \"all\" matches every phone",
                "5:1: rules 1 and 2 are both called \"all\"",
                "10:16: no phone matches \"AUDC\": its vendor is called \"audiocodes\" here",
            ]
        );
        let last =
            "version = 1\n[[rule]]\nmatch.tag = 'x'\nignore = true\n[[rule]]\nobserve = true";
        assert_eq!(Policy::parse(last).unwrap().warnings(), []);
    }

    #[test]
    fn thousands_of_rules_are_read() {
        use std::fmt::Write;
        let mut text = String::from("version = 1\n");
        for n in 0..5000 {
            write!(text, "[[rule]]\nmatch.mac = '{n:012x}'\nanswer.url = 'http://s/{n}'\n")
                .unwrap();
        }
        assert_eq!(Policy::parse(&text).unwrap().rules().len(), 5000);
    }

    proptest! {
        #[test]
        fn no_text_brings_the_parser_down(text in ".{0,200}") {
            let _ = Policy::parse(&text);
        }

        #[test]
        fn no_change_of_the_example_brings_the_parser_down(
            at in 0..EXAMPLE.len(), cut in 0..20_usize, insert in "[\"'\\[\\]{}=.,%0-9a-zü\\\\\n]{0,6}",
        ) {
            let end = (at + cut).min(EXAMPLE.len());
            let text = format!("{}{insert}{}", &EXAMPLE[..at], &EXAMPLE[end..]);
            if let Err(errors) = Policy::parse(&text) {
                prop_assert!(!errors.as_slice().is_empty());
                for error in errors {
                    prop_assert!(error.span.start <= error.span.end && error.span.end <= text.len());
                    prop_assert!(error.line <= text.lines().count() + 1);
                }
            }
        }
    }
}
