//! Owns what a policy that is not in force would change for the phones that asked. Sends nothing.

use crate::marks::Adoption;
use crate::phone::Phone;
use crate::view::PhoneRow;
use fingerpost_core::pnp::{Decision, Dialect, Identity, Mac};
use fingerpost_rules::{Asking, Outcome, Policy};
use serde::Serialize;
use std::net::IpAddr;
use std::sync::Arc;

/// What another policy would change, judged on all phones seen so far, each as it asked last.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[non_exhaustive]
pub struct DryRun {
    /// Phones that would be treated in another way, the one that asked last first.
    pub changes: Vec<Changed>,
    /// How many phones would be treated as they are.
    #[cfg_attr(test, ts(type = "number"))]
    pub unchanged: usize,
}

/// One phone under two policies.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[non_exhaustive]
pub struct Changed {
    /// Who.
    pub phone: Arc<Phone>,
    /// By the policy in force.
    pub before: Judged,
    /// By the other one.
    pub after: Judged,
}

/// What a policy does with a phone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[non_exhaustive]
pub struct Judged {
    /// In one word.
    #[cfg_attr(test, ts(type = "\"answer\" | \"deny\" | \"ignore\" | \"observe\""))]
    pub decision: &'static str,
    /// The rule that matches; `None` where none does.
    pub rule: Option<String>,
    /// The URL that it is sent (or would be, were phones not only observed).
    pub url: Option<String>,
    /// In which shape.
    #[cfg_attr(test, ts(type = "\"rfc\" | \"manual\" | \"auto\" | null"))]
    pub dialect: Option<Dialect>,
    /// What is not as usual about the answer, in words: `202`, `no response`, `no Subscription-State`, `effective-by 0`.
    pub variations: Vec<String>,
    /// The status of a refusal.
    pub status: Option<u16>,
    /// Why it is ignored, or the refusal's words.
    pub reason: Option<String>,
}

/// How a phone asked last.
#[derive(Debug, Clone)]
pub(crate) struct LastAsked {
    pub(crate) phone: Identity,
    pub(crate) interface: String,
    pub(crate) source: IpAddr,
    /// Our address there.
    pub(crate) server: IpAddr,
}

impl LastAsked {
    /// How a phone of an earlier run asked last; `None` where too little of it is remembered.
    pub(crate) fn of(row: &PhoneRow) -> Option<Self> {
        let (phone, source, interface) = (&row.phone, row.source.ip(), row.interface.clone());
        let [vendor, model, version] =
            [&phone.vendor, &phone.model, &phone.version].map(Option::as_deref);
        let phone = Identity::claimed(phone.mac, vendor, model, version);
        row.server.map(|server| Self { phone, interface, source, server })
    }

    /// The same of a phone whose hardware address the link layer tells.
    pub(crate) fn with_link_address(self, mac: Mac) -> Self {
        Self { phone: self.phone.with_link_address(mac), ..self }
    }

    /// What `policy` does with the phone, which has these tags.
    pub(crate) fn judge(&self, policy: &Policy, tags: &[String]) -> Outcome {
        let mut asking = Asking::new(&self.phone);
        asking.interface = Some(&self.interface);
        asking.source = Some(self.source);
        asking.server = Some(self.server);
        asking.tags = tags;
        policy.decide(&asking)
    }
}

impl DryRun {
    /// Judges each phone twice.
    pub(crate) fn compare<'a>(
        phones: impl Iterator<Item = (&'a PhoneRow, &'a LastAsked)>,
        before: &Policy,
        after: &Policy,
    ) -> Self {
        let mut dry_run = Self { changes: Vec::new(), unchanged: 0 };
        for (row, asked) in phones {
            let judged = |policy| Judged::of(asked.judge(policy, &row.tags));
            let [before, after] = [before, after].map(judged);
            // No policy changes anything for a phone that people want ignored.
            if before == after || row.adoption == Adoption::Ignored {
                dry_run.unchanged += 1;
            } else {
                dry_run.changes.push(Changed { phone: row.phone.clone(), before, after });
            }
        }
        dry_run
    }
}

impl Judged {
    pub(crate) fn of(outcome: Outcome) -> Self {
        let (decision, variations) = (outcome.decision_word(), outcome.variations());
        let (rule, url) = (outcome.rule, outcome.url);
        let judged =
            Self { decision, rule, url, dialect: None, variations, status: None, reason: None };
        match outcome.chosen {
            Decision::Answer(answer) => Self { dialect: Some(answer.dialect), ..judged },
            Decision::Deny(denial) => {
                Self { status: Some(denial.status), reason: Some(denial.reason), ..judged }
            }
            Decision::Ignore { reason } => Self { reason: Some(reason), ..judged },
            _ => judged,
        }
    }
}
