//! Owns what comes out of a decision and its shape as JSON. Decides nothing.

use crate::explain::switched;
use crate::policy::Mode;
use fingerpost_core::pnp::{Decision, Dialect};
use serde::{Serialize, Serializer};
use std::sync::Arc;

/// What to do with a phone, and why. [`std::fmt::Display`] explains it to people.
///
/// As JSON: `{"decision":"answer|deny|ignore|observe","mode":"answer|observe","chosen":"answer|…","rule":"…"|null,
/// "url":"…"|null,"dialect":"rfc|manual|auto"|null,"variations":["202"],"status":403|null,"reason":"…"|null,"considered":[{"rule":"…",
/// "index":0,"matched":false,"conditions":[{"key":"vendor","wanted":["snom"],"found":"audiocodes"|null,
/// "holds":false}]}]}`. `url`, `dialect`, `variations`, `status` and `reason` are those of `chosen`.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Outcome {
    /// What to do.
    pub decision: Decision,
    /// The policy's mode.
    pub mode: Mode,
    /// What the rules say: the same as `decision`, unless the mode is [`Mode::Observe`].
    pub chosen: Decision,
    /// The rule that matched; `None` where none did.
    pub rule: Option<String>,
    /// The URL that `chosen` answers with.
    pub url: Option<String>,
    /// The phone's MAC is not known, and knowing it could change the outcome.
    pub wants_mac: bool,
    /// The rules that were asked, in order; the last one is the one that matched, if any did.
    pub considered: Vec<Considered>,
}

/// A rule that was asked whether it matches.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Considered {
    /// Its name.
    pub rule: String,
    /// Its place in the file, from 0.
    pub index: usize,
    /// Whether all conditions hold.
    pub matched: bool,
    /// In the file's order; none: the rule matches every phone.
    pub conditions: Vec<ConditionResult>,
}

/// A condition that was tried on a phone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct ConditionResult {
    /// `vendor`, `model`, `version`, `mac`, `interface`, `source` or `tag`.
    pub key: &'static str,
    /// The alternatives as the file says them.
    pub wanted: Arc<[String]>,
    /// What the phone has; `None` where it is not known. Several tags are parted by a comma and a blank.
    pub found: Option<String>,
    /// Whether it holds.
    pub holds: bool,
}

impl Outcome {
    /// What to do, in one word: `answer`, `deny`, `ignore` or `observe`.
    #[must_use]
    pub fn decision_word(&self) -> &'static str {
        word(&self.decision)
    }

    /// What is not as usual about the answer that `chosen` is, in words: `202`, `no response`, `no Subscription-State`,
    /// `effective-by 0`.
    #[must_use]
    pub fn variations(&self) -> Vec<String> {
        match &self.chosen {
            Decision::Answer(answer) => switched(answer.switches).collect(),
            _ => Vec::new(),
        }
    }
}

#[derive(Serialize)]
struct Shape<'a> {
    decision: &'static str,
    mode: Mode,
    chosen: &'static str,
    rule: Option<&'a str>,
    url: Option<&'a str>,
    dialect: Option<Dialect>,
    variations: Vec<String>,
    status: Option<u16>,
    reason: Option<&'a str>,
    considered: &'a [Considered],
}

impl Serialize for Outcome {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut shape = Shape {
            decision: self.decision_word(),
            mode: self.mode,
            chosen: word(&self.chosen),
            rule: self.rule.as_deref(),
            url: self.url.as_deref(),
            dialect: None,
            variations: self.variations(),
            status: None,
            reason: None,
            considered: &self.considered,
        };
        match &self.chosen {
            Decision::Answer(answer) => shape.dialect = Some(answer.dialect),
            Decision::Deny(denial) => {
                shape.status = Some(denial.status);
                shape.reason = Some(&denial.reason);
            }
            Decision::Ignore { reason } => shape.reason = Some(reason),
            _ => {}
        }
        shape.serialize(serializer)
    }
}

/// The decision in one word.
fn word(decision: &Decision) -> &'static str {
    match decision {
        Decision::Answer(_) => "answer",
        Decision::Deny(_) => "deny",
        Decision::Ignore { .. } => "ignore",
        _ => "observe",
    }
}

#[cfg(test)]
mod tests {
    use crate::{Asking, Policy};
    use fingerpost_core::pnp::Identity;
    use serde_json::json;

    #[test]
    fn as_json_it_tells_the_decision_and_every_condition() {
        let text = "version = 1\n[[rule]]\nname = 'A'\nmatch = { vendor = 'snom', mac = ['000413', '00908f'] }\n\
                    ignore = true\n[[rule]]\ndeny.status = 403";
        let phone = Identity::claimed(None, Some("audiocodes"), None, None);
        let outcome = Policy::parse(text).unwrap().decide(&Asking::new(&phone));
        let expected = json!({
            "decision": "deny", "mode": "answer", "chosen": "deny", "rule": "rule 2",
            "url": null, "dialect": null, "variations": [], "status": 403, "reason": "Forbidden",
            "considered": [
                { "rule": "A", "index": 0, "matched": false, "conditions": [
                    { "key": "vendor", "wanted": ["snom"], "found": "audiocodes", "holds": false },
                    { "key": "mac", "wanted": ["000413", "00908f"], "found": null, "holds": false },
                ] },
                { "rule": "rule 2", "index": 1, "matched": true, "conditions": [] },
            ],
        });
        assert_eq!(serde_json::to_value(&outcome).unwrap(), expected);
    }
}
