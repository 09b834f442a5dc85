//! Owns the words in which a decision is explained to people. Decides nothing.

use crate::outcome::{ConditionResult, Considered, Outcome};
use crate::policy::{Mode, label};
use fingerpost_core::pnp::{Decision, Switches};
use std::fmt;

/// So many alternatives are shown; a list of hundreds of addresses would hide the rest.
const SHOWN: usize = 8;

/// The decision on the first line; then every rule that was asked, one a line.
impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let last = self.considered.last().filter(|rule| rule.matched);
        let by = last.map(|rule| format!(", by {}", label(&rule.rule, rule.index)));
        if self.mode == Mode::Observe {
            f.write_str("observe: the policy only looks (mode \"observe\"); else ")?;
        }
        write_decision(&self.chosen, &by.unwrap_or_default(), f)?;
        self.considered.iter().try_for_each(|rule| write!(f, "\n  {rule}"))
    }
}

fn write_decision(decision: &Decision, by: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    match decision {
        Decision::Answer(answer) => {
            write!(f, "answer: {} (dialect {}", answer.url, answer.dialect)?;
            for words in switched(answer.switches) {
                write!(f, ", {words}")?;
            }
            write!(f, "){by}")
        }
        Decision::Deny(denial) => write!(f, "deny: {} {}{by}", denial.status, denial.reason),
        Decision::Ignore { reason } => write!(f, "ignore: {reason}"),
        _ => write!(f, "observe{by}"),
    }
}

/// What is not as usual.
pub(crate) fn switched(switches: Switches) -> impl Iterator<Item = String> {
    let words = |holds: bool, words: &str| holds.then(|| words.to_owned());
    let all = [
        words(switches.accepts_with_202, "202"),
        words(switches.omits_response, "no response"),
        words(switches.omits_state, "no Subscription-State"),
        switches.effective_by.map(|seconds| format!("effective-by {seconds}")),
    ];
    all.into_iter().flatten()
}

/// `rule "lobby": no: vendor is "snom", wanted "polycom"`: what did not hold, or what did.
impl fmt::Display for Considered {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let answer = if self.matched { "yes" } else { "no" };
        write!(f, "{}: {answer}: ", label(&self.rule, self.index))?;
        if self.conditions.is_empty() {
            return f.write_str("it matches every phone");
        }
        let telling = |condition: &&ConditionResult| condition.holds == self.matched;
        for (index, condition) in self.conditions.iter().filter(telling).enumerate() {
            let separator = if index == 0 { "" } else { "; " };
            write!(f, "{separator}{condition}")?;
        }
        Ok(())
    }
}

/// `vendor is "snom", wanted "polycom"`. What comes from the phone is shown with its control characters escaped.
impl fmt::Display for ConditionResult {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.found {
            Some(found) => write!(f, "{} is {found:?}", self.key)?,
            None => f.write_str(unknown(self.key))?,
        }
        f.write_str(", wanted ")?;
        for (index, wanted) in self.wanted.iter().take(SHOWN).enumerate() {
            let separator = if index == 0 { "" } else { " or " };
            write!(f, "{separator}{wanted:?}")?;
        }
        match self.wanted.len().saturating_sub(SHOWN) {
            0 => Ok(()),
            more => write!(f, " or one of {more} more"),
        }
    }
}

fn unknown(key: &str) -> &'static str {
    match key {
        "vendor" => "the phone's vendor is not known",
        "model" => "the phone's model is not known",
        "version" => "the phone's version is not known",
        "mac" => "the phone's MAC is not known",
        "interface" => "the interface is not known",
        "source" => "the phone's address is not known",
        _ => "the phone has no tags",
    }
}

#[cfg(test)]
mod tests {
    use crate::{Asking, Mode, Policy};
    use fingerpost_core::pnp::Identity;

    fn explained(policy: &Policy, phone: &Identity) -> Vec<String> {
        policy.decide(&Asking::new(phone)).to_string().lines().map(String::from).collect()
    }

    #[test]
    fn tells_what_is_not_as_usual_about_the_answer() {
        let text = "version = 1\n[[rule]]\nanswer = { url = \"x\", status = 202, response = false, subscription_state = false, effective_by = 0 }";
        let lines = explained(&Policy::parse(text).unwrap(), &Identity::default());
        let first = "answer: x (dialect auto, 202, no response, no Subscription-State, effective-by 0), by rule 1";
        assert_eq!(lines[0], first);
    }

    #[test]
    fn tells_which_rule_matched_and_why_the_others_did_not() {
        let policy = Policy::parse(
            "version = 1\n[[rule]]\nname = \"not ours\"\nmatch.vendor = \"polycom\"\nignore = true\n\
             [[rule]]\nmatch = { mac = [\"00908f\", \"0030ab\"], model = \"44*\" }\nignore = true\n\
             [[rule]]\nname = \"AC\"\nmatch = { vendor = \"audiocodes\", model = \"4*\" }\nanswer.url = \"tftp://s/x.img\"",
        );
        let policy = policy.unwrap();
        let phone = Identity::claimed(None, Some("audiocodes"), Some("440HD"), None);
        let expected = [
            "answer: tftp://s/x.img (dialect manual), by rule \"AC\"",
            "  rule \"not ours\": no: vendor is \"audiocodes\", wanted \"polycom\"",
            "  rule 2: no: the phone's MAC is not known, wanted \"00908f\" or \"0030ab\"",
            "  rule \"AC\": yes: vendor is \"audiocodes\", wanted \"audiocodes\"; model is \"440HD\", wanted \"4*\"",
        ];
        assert_eq!(explained(&policy, &phone), expected);
        let observing = explained(&policy.with_mode(Mode::Observe), &phone);
        let first = "observe: the policy only looks (mode \"observe\"); else answer: tftp://s/x.img (dialect manual), by rule \"AC\"";
        assert_eq!(observing[0], first);
    }

    #[test]
    fn tells_what_a_rule_without_conditions_does() {
        let first = |action: &str| {
            let policy = Policy::parse(&format!("version = 1\n[[rule]]\n{action}")).unwrap();
            let lines = explained(&policy, &Identity::default());
            assert_eq!(lines[1], "  rule 1: yes: it matches every phone");
            lines[0].clone()
        };
        assert_eq!(first("ignore = true"), "ignore: rule 1 says ignore");
        assert_eq!(first("observe = true"), "observe, by rule 1");
        assert_eq!(first("deny.status = 403"), "deny: 403 Forbidden, by rule 1");
        assert_eq!(first("answer.url = '%{mac}'"), "ignore: rule 1: no value for %{mac}");
        assert_eq!(
            explained(&Policy::default(), &Identity::default()),
            ["ignore: no rule matches"]
        );
    }

    #[test]
    fn what_the_phone_says_stays_on_its_line_and_long_lists_are_cut() {
        let macs: Vec<_> = (10..30).map(|n| format!("'{n}'")).collect();
        let text = format!(
            "version = 1\n[[rule]]\nmatch = {{ model = 'x', mac = [{}] }}\nignore = true",
            macs.join(", ")
        );
        let phone = Identity::claimed(None, None, Some("a\n  rule 9: yes"), None);
        let lines = explained(&Policy::parse(&text).unwrap(), &phone);
        assert_eq!(lines.len(), 2);
        assert!(lines[1].contains(r#"model is "a\n  rule 9: yes", wanted "x""#), "{}", lines[1]);
        assert!(lines[1].ends_with("or \"17\" or one of 12 more"), "{}", lines[1]);
    }

    #[test]
    fn every_value_that_is_not_known_is_named() {
        let text = "version = 1\n[[rule]]\nmatch = { vendor = 'a', model = 'a', version = 'a', mac = 'a', interface = 'a', source = '::', tag = 'a' }\nignore = true";
        let lines = explained(&Policy::parse(text).unwrap(), &Identity::default());
        let told = [
            "the phone's vendor is not known",
            "the phone's model is not known",
            "the phone's version is not known",
            "the phone's MAC is not known",
            "the interface is not known",
            "the phone's address is not known",
            "the phone has no tags",
        ];
        for what in told {
            assert!(lines[1].contains(what), "{what}");
        }
    }
}
