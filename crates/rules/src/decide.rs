//! Owns the choice of a rule for a phone and what follows from it. Knows no TOML.

use crate::condition::Condition;
use crate::outcome::{Considered, Outcome};
use crate::policy::{Action, Mode, Policy, Rule, Variation, label};
use fingerpost_core::pnp::{Answer, Decision, Denial, Dialect, Identity, practice};
use fingerpost_core::template::{Hole, TemplateValues, UrlTemplate};
use std::net::IpAddr;

/// A phone that asks, and what is known beside what it says.
#[derive(Debug, Clone, Copy)]
#[allow(clippy::exhaustive_structs, reason = "the caller writes it down field by field")]
pub struct Asking<'a> {
    /// Who asks.
    pub phone: &'a Identity,
    /// Name of the card on which it asks.
    pub interface: Option<&'a str>,
    /// The phone's address.
    pub source: Option<IpAddr>,
    /// Our address on that card; of several, the one whose subnet holds the phone.
    pub server: Option<IpAddr>,
    /// The tags people gave the phone.
    pub tags: &'a [String],
}

impl<'a> Asking<'a> {
    /// A phone of which nothing else is known.
    pub fn new(phone: &'a Identity) -> Self {
        Self { phone, interface: None, source: None, server: None, tags: &[] }
    }

    fn template_values(&self) -> TemplateValues<'a> {
        let Self { phone, interface, source, server, .. } = *self;
        TemplateValues { phone, server, interface, source }
    }

    /// Whether the MAC would tell this value, had we the MAC: the vendor follows from its first half.
    fn lacks_for_want_of_mac(&self, key: &str) -> bool {
        let phone = self.phone;
        phone.mac.is_none() && (key == "mac" || key == "vendor" && phone.vendor.is_none())
    }
}

impl Policy {
    /// What to do with a phone, and why. The first rule that matches decides; a phone that none matches is ignored.
    pub fn decide(&self, asking: &Asking<'_>) -> Outcome {
        let mut considered = Vec::new();
        let mut matching = None;
        for (index, rule) in self.rules.iter().enumerate() {
            considered.push(consider(index, rule, asking));
            if considered.last().is_some_and(|rule| rule.matched) {
                matching = Some((index, rule));
                break;
            }
        }
        self.conclude(asking, considered, matching)
    }

    fn conclude(
        &self,
        asking: &Asking<'_>,
        considered: Vec<Considered>,
        matching: Option<(usize, &Rule)>,
    ) -> Outcome {
        let chosen = matching.map_or_else(nothing, |(index, rule)| rule.act(index, asking));
        let wants_mac = matching.is_some_and(|(_, rule)| rule.lacks_for_want_of_mac(asking))
            || considered.iter().any(|rule| fails_for_want_of_mac(rule, asking));
        Outcome {
            mode: self.mode,
            decision: match self.mode {
                Mode::Answer => chosen.clone(),
                Mode::Observe => Decision::Observe,
            },
            rule: matching.map(|(_, rule)| rule.name.clone()),
            url: url_of(&chosen),
            chosen,
            wants_mac,
            considered,
        }
    }
}

fn nothing() -> Decision {
    Decision::Ignore { reason: "no rule matches".into() }
}

fn consider(index: usize, rule: &Rule, asking: &Asking<'_>) -> Considered {
    let check = |condition: &Condition| condition.check(asking);
    let conditions: Vec<_> = rule.conditions.iter().map(check).collect();
    let matched = conditions.iter().all(|condition| condition.holds);
    Considered { rule: rule.name.clone(), index, matched, conditions }
}

impl Rule {
    fn act(&self, index: usize, asking: &Asking<'_>) -> Decision {
        match &self.action {
            Action::Answer { url, dialect, variation } => {
                self.answer(index, asking, url, *dialect, *variation)
            }
            Action::Ignore => {
                Decision::Ignore { reason: format!("{} says ignore", label(&self.name, index)) }
            }
            Action::Deny { status, reason } => {
                Decision::Deny(Denial::new(*status, reason, &self.name))
            }
            Action::Observe => Decision::Observe,
        }
    }

    /// A value that the template asks for and the phone does not have means no answer.
    fn answer(
        &self,
        index: usize,
        asking: &Asking<'_>,
        url: &UrlTemplate,
        dialect: Option<Dialect>,
        variation: Variation,
    ) -> Decision {
        match url.expand(&asking.template_values()) {
            Ok(url) => {
                let phone = asking.phone;
                let known = practice::of(phone.vendor.as_deref(), phone.model.as_deref());
                let slash = variation.slash.unwrap_or(known.wants_folder);
                let url = if slash { as_folder(url) } else { url };
                let answer = Answer::new(url, dialect.unwrap_or(known.dialect), &self.name);
                Decision::Answer(answer.with_switches(variation.switches))
            }
            Err(missing) => {
                Decision::Ignore { reason: format!("{}: {missing}", label(&self.name, index)) }
            }
        }
    }

    fn lacks_for_want_of_mac(&self, asking: &Asking<'_>) -> bool {
        let Action::Answer { url, .. } = &self.action else { return false };
        url.holes().any(|hole| asking.lacks_for_want_of_mac(key_of(hole)))
    }
}

/// With a slash behind it, where it may be a folder: what has a dot in the last part of its path, or a query, is a file.
fn as_folder(mut url: String) -> String {
    let rest = url.split_once("://").map_or(url.as_str(), |(_, rest)| rest);
    let is_folder = match rest.rsplit_once('/') {
        // A host alone has dots, too.
        None => !rest.contains(['?', ';']),
        Some((_, last)) => !last.is_empty() && !last.contains(['.', '?', ';']),
    };
    if is_folder {
        url.push('/');
    }
    url
}

fn url_of(decision: &Decision) -> Option<String> {
    match decision {
        Decision::Answer(answer) => Some(answer.url.clone()),
        _ => None,
    }
}

fn key_of(hole: Hole) -> &'static str {
    if hole == Hole::UpperMac { Hole::Mac.name() } else { hole.name() }
}

/// Whether nothing but values that the MAC would tell stood against the rule.
fn fails_for_want_of_mac(rule: &Considered, asking: &Asking<'_>) -> bool {
    let mut failed = rule.conditions.iter().filter(|condition| !condition.holds);
    !rule.matched && failed.all(|condition| asking.lacks_for_want_of_mac(condition.key))
}

#[cfg(test)]
mod tests {
    use super::*;
    use fingerpost_core::pnp::Switches;

    fn policy(rules: &str) -> Policy {
        let text = format!("version = 1\n{rules}");
        crate::schema::assert_agrees(&text);
        Policy::parse(&text).unwrap()
    }

    fn phone() -> Identity {
        let mac = "00908f0a1b2c".parse().ok();
        Identity::claimed(mac, Some("AudioCodes"), Some("440HD"), Some("2.2.16"))
    }

    fn lobby<'a>(phone: &'a Identity, tags: &'a [String]) -> Asking<'a> {
        Asking {
            phone,
            interface: Some("enp3s0"),
            source: Some(IpAddr::from([10, 20, 0, 9])),
            server: Some(IpAddr::from([10, 20, 0, 1])),
            tags,
        }
    }

    /// Whether a rule with this one condition matches.
    fn matches(condition: &str, asking: &Asking<'_>) -> bool {
        let rules = format!("[[rule]]\nmatch = {{ {condition} }}\nobserve = true");
        policy(&rules).decide(asking).rule.is_some()
    }

    #[test]
    fn each_condition_looks_at_its_own_value() {
        let (phone, tags) = (phone(), ["lobby".to_owned(), "first floor".to_owned()]);
        let asking = lobby(&phone, &tags);
        let table = [
            ("", true),
            ("vendor = 'AUDIOcodes'", true),
            ("vendor = ['snom', 'audiocodes']", true),
            ("vendor = 'audio*'", false),
            ("model = '44*'", true),
            ("model = ['420hd', '440hd']", true),
            ("model = '44'", false),
            ("version = '>=2.2, <2.3'", true),
            ("version = ['1.*', '2.2.1?']", true),
            ("version = '>=2.10'", false),
            ("mac = '00:90:8F'", true),
            ("mac = ['000413', '00908f0a1b2c']", true),
            ("mac = '000413'", false),
            ("interface = 'enp*'", true),
            ("interface = 'eth0'", false),
            ("source = '10.20.0.0/16'", true),
            ("source = ['192.0.2.1', '10.20.0.9']", true),
            ("source = '10.21.0.0/16'", false),
            ("tag = 'lobby'", true),
            ("tag = ['cellar', 'first floor']", true),
            ("tag = 'Lobby'", false),
            ("vendor = 'audiocodes', tag = 'cellar'", false),
        ];
        for (condition, holds) in table {
            assert_eq!(matches(condition, &asking), holds, "{condition}");
        }
    }

    #[test]
    fn a_value_the_phone_does_not_have_matches_nothing() {
        let nobody = Identity::default();
        let asking = Asking::new(&nobody);
        let conditions = [
            "vendor = 'snom'",
            "model = '*'",
            "version = '*'",
            "version = '<9'",
            "mac = '0'",
            "interface = '*'",
            "source = '0.0.0.0/0'",
            "tag = 'x'",
        ];
        for condition in conditions {
            assert!(!matches(condition, &asking), "{condition}");
        }
    }

    #[test]
    fn the_first_rule_that_matches_decides() {
        let policy = policy(
            "[[rule]]\nname = 'A'\nmatch.vendor = 'snom'\nignore = true\n[[rule]]\nname = 'B'\nmatch.model = '44*'\n\
             answer.url = 'tftp://%{server}/%{mac}'\n[[rule]]\nname = 'C'\nobserve = true",
        );
        let phone = phone();
        let outcome = policy.decide(&lobby(&phone, &[]));
        let answer = Answer::new("tftp://10.20.0.1/00908f0a1b2c", Dialect::Manual, "B");
        assert_eq!(outcome.decision, Decision::Answer(answer));
        assert_eq!(outcome.rule.as_deref(), Some("B"));
        assert_eq!(outcome.url.as_deref(), Some("tftp://10.20.0.1/00908f0a1b2c"));
        let asked: Vec<_> = outcome.considered.iter().map(|c| (c.index, c.matched)).collect();
        assert_eq!(asked, [(0, false), (1, true)]);
    }

    #[test]
    fn each_action_becomes_its_decision() {
        let phone = phone();
        let table = [
            ("ignore = true", Decision::Ignore { reason: "rule 1 says ignore".into() }),
            ("observe = true", Decision::Observe),
            ("deny.status = 403", Decision::Deny(Denial::new(403, "Forbidden", "rule 1"))),
            (
                "deny = { status = 480, reason = 'Not today' }",
                Decision::Deny(Denial::new(480, "Not today", "rule 1")),
            ),
            (
                "answer = { url = 'x', dialect = 'rfc' }",
                Decision::Answer(Answer::new("x", Dialect::Rfc, "rule 1")),
            ),
        ];
        for (action, decision) in table {
            let outcome = policy(&format!("[[rule]]\n{action}")).decide(&Asking::new(&phone));
            assert_eq!(outcome.decision, decision, "{action}");
        }
    }

    #[test]
    fn each_switch_is_read_and_handed_on() {
        let phone = phone();
        let none = Switches::default();
        let table = [
            ("", none),
            ("status = 200, response = true, subscription_state = true", none),
            ("status = 202", Switches { accepts_with_202: true, ..none }),
            ("response = false", Switches { omits_response: true, ..none }),
            ("subscription_state = false", Switches { omits_state: true, ..none }),
            ("effective_by = 0", Switches { effective_by: Some(0), ..none }),
        ];
        for (keys, switches) in table {
            let comma = if keys.is_empty() { "" } else { ", " };
            let rule = format!("[[rule]]\nanswer = {{ url = 'x'{comma}{keys} }}");
            let outcome = policy(&rule).decide(&Asking::new(&phone));
            let Decision::Answer(answer) = outcome.decision else { panic!("{keys}") };
            assert_eq!(answer.switches, switches, "{keys}");
        }
    }

    #[test]
    fn a_url_gets_the_slash_that_the_phone_or_the_rule_wants() {
        let grp = Identity::claimed(None, Some("Grandstream"), Some("GRP2612W"), None);
        let gxp = Identity::claimed(None, Some("Grandstream"), Some("GXP2170"), None);
        let url = |phone: &Identity, url: &str, more: &str| {
            let rule = format!("[[rule]]\nanswer = {{ url = '{url}'{more} }}");
            policy(&rule).decide(&Asking::new(phone)).url.unwrap()
        };
        for (asked, sent) in [
            ("http://192.0.2.1", "http://192.0.2.1/"),
            ("http://192.0.2.1/gs", "http://192.0.2.1/gs/"),
            ("http://192.0.2.1/gs/", "http://192.0.2.1/gs/"),
            ("http://192.0.2.1/a.xml", "http://192.0.2.1/a.xml"),
            ("http://192.0.2.1/a?b", "http://192.0.2.1/a?b"),
        ] {
            assert_eq!(url(&grp, asked, ""), sent);
            assert_eq!(url(&gxp, asked, ""), asked);
            assert_eq!(url(&gxp, asked, ", slash = true"), sent);
            assert_eq!(url(&grp, asked, ", slash = false"), asked);
        }
    }

    #[test]
    fn a_phone_that_no_rule_matches_is_ignored() {
        let outcome = policy("").decide(&Asking::new(&phone()));
        assert_eq!(outcome.decision, Decision::Ignore { reason: "no rule matches".into() });
        assert_eq!((outcome.rule, outcome.url), (None, None));
    }

    #[test]
    fn a_value_that_the_template_lacks_means_no_answer() {
        let stranger = Identity::claimed(None, Some("snom"), None, None);
        let named = policy("[[rule]]\nname = 'X'\nanswer.url = 'http://s/%{mac}'");
        let outcome = named.decide(&Asking::new(&stranger));
        let reason = "rule \"X\": no value for %{mac}".into();
        assert_eq!(outcome.decision, Decision::Ignore { reason });
        assert_eq!(outcome.rule.as_deref(), Some("X"));
        assert_eq!(outcome.url, None);
    }

    #[test]
    fn an_observing_policy_tells_what_it_would_do() {
        let policy =
            policy("[[rule]]\nname = 'X'\nanswer.url = 'http://s/'").with_mode(Mode::Observe);
        let outcome = policy.decide(&Asking::new(&phone()));
        assert_eq!(outcome.decision, Decision::Observe);
        assert_eq!(outcome.rule.as_deref(), Some("X"));
        assert_eq!(outcome.url.as_deref(), Some("http://s/"));
        assert!(matches!(outcome.chosen, Decision::Answer(_)));
    }

    #[test]
    fn the_catch_all_comes_last() {
        let url = || "http://s/%{MAC}".parse().unwrap();
        let policy = policy("[[rule]]\nmatch.vendor = 'snom'\nignore = true").with_catch_all(url());
        let outcome = policy.decide(&Asking::new(&phone()));
        assert_eq!(outcome.rule.as_deref(), Some("--url"));
        assert_eq!(outcome.url.as_deref(), Some("http://s/00908F0A1B2C"));
        let alone = Policy::catch_all(url()).decide(&Asking::new(&phone()));
        assert_eq!(alone.decision, outcome.decision);
    }

    #[test]
    fn the_mac_is_wanted_only_where_it_could_change_the_outcome() {
        let rule =
            |condition: &str| format!("[[rule]]\nmatch = {{ {condition} }}\nanswer.url = 'x'");
        let nameless = Identity::claimed(None, None, Some("440HD"), None);
        let table = [
            (rule("mac = '00908f'"), true),
            (rule("vendor = 'audiocodes'"), true),
            (rule("mac = '00908f', model = '420*'"), false),
            (rule("model = '440*'") + &rule("mac = '0'").replace("[[", "\n[["), false),
            ("[[rule]]\nanswer.url = '%{MAC}'".into(), true),
            ("[[rule]]\nanswer.url = '%{vendor}'".into(), true),
            ("[[rule]]\nanswer.url = '%{version}'".into(), false),
        ];
        for (rules, wanted) in table {
            assert_eq!(policy(&rules).decide(&Asking::new(&nameless)).wants_mac, wanted, "{rules}");
        }
        assert!(!policy(&rule("mac = '000413'")).decide(&Asking::new(&phone())).wants_mac);
    }
}
