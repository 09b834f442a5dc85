//! Owns what is remembered, as values: a phone, an exchange, a datagram, a learned shape. Knows no database.

use crate::recorder::Direction;
use crate::view::{PhoneRow, PhoneState};
use fingerpost_core::pnp::{Decision, Dialect, Identity, Switches};
use serde::{Deserialize, Serialize};
use std::net::SocketAddr;

/// One exchange. Times are microseconds after 1970-01-01 UTC.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ExchangeRecord {
    /// Unique in the database; grows.
    pub(crate) id: u64,
    /// The phone's id.
    pub(crate) phone: String,
    pub(crate) asked_at: i64,
    pub(crate) interface: String,
    pub(crate) source: SocketAddr,
    /// Our address and port towards the phone.
    pub(crate) server: Option<SocketAddr>,
    /// Whether it carries an earlier exchange's subscription on.
    pub(crate) is_refresh: bool,
    /// What was decided; more than once where a phone that was met with silence asked again under another policy.
    pub(crate) decisions: Vec<Decided>,
    /// The shape that was known to work before.
    pub(crate) learned: Option<Dialect>,
    /// The random words that were drawn, as hex digits.
    pub(crate) entropy: Vec<String>,
    pub(crate) steps: Vec<Step>,
    pub(crate) state: PhoneState,
    /// The status of our response.
    pub(crate) status: Option<u16>,
    pub(crate) reason: Option<String>,
    /// Datagrams that could not be written down.
    pub(crate) lost: u32,
}

/// What was decided for a phone that asked, and when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Decided {
    /// Microseconds after 1970-01-01 UTC.
    pub at: i64,
    /// `answer`, `deny`, `ignore` or `observe`.
    pub decision: String,
    /// The rule that chose it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
    /// The URL of an answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// The shape of an answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dialect: Option<Dialect>,
    /// The variations of an answer.
    #[serde(default, skip_serializing_if = "Switches::is_usual")]
    pub switches: Switches,
    /// The status of a refusal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
    /// A refusal's words, or why the phone is ignored.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// What happened in an exchange after the phone asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "step", rename_all = "snake_case")]
pub(crate) enum Step {
    Answered {
        at: i64,
        status: u16,
        rule: String,
    },
    Notified {
        at: i64,
        dialect: Dialect,
        attempt: u8,
    },
    Acknowledged {
        at: i64,
        status: u16,
    },
    Refused {
        at: i64,
        status: u16,
    },
    Unacknowledged {
        at: i64,
    },
    Ended {
        at: i64,
    },
    Ignored {
        at: i64,
        reason: String,
    },
    /// It was asked to fetch anew, by the exchange that begins with this.
    CheckSyncSent {
        at: i64,
        sent: String,
        attempt: u8,
        remark: Option<String>,
    },
    CheckSyncAnswered {
        at: i64,
        status: u16,
    },
    CheckSyncUnanswered {
        at: i64,
    },
    /// It was sent what somebody wrote, by the exchange that begins with this.
    MessageSent {
        at: i64,
        what: Option<String>,
        bytes: usize,
        wants_answer: bool,
    },
    MessageAnswered {
        at: i64,
        status: u16,
        reason: String,
        ms: u64,
    },
    MessageUnanswered {
        at: i64,
    },
}

/// A datagram of an exchange.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct MessageRecord {
    pub(crate) exchange: u64,
    /// When it came, or left.
    pub(crate) at: i64,
    /// When that was handled which caused it.
    pub(crate) caused_at: Option<i64>,
    pub(crate) direction: Direction,
    pub(crate) local: SocketAddr,
    pub(crate) peer: SocketAddr,
    pub(crate) is_multicast: bool,
    pub(crate) bytes: Vec<u8>,
}

/// Which shape a product took.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct LearnedRecord {
    pub(crate) vendor: Option<String>,
    pub(crate) model: Option<String>,
    pub(crate) version: Option<String>,
    pub(crate) dialect: Dialect,
    pub(crate) at: i64,
}

/// Something to remember.
#[derive(Debug, Clone)]
pub(crate) enum Note {
    /// As it asked last. What people said of it is remembered by other means.
    Phone(Box<PhoneRow>),
    /// A phone that is known by another id from now on, with what people said of it.
    Renamed {
        formerly: String,
        row: Box<PhoneRow>,
    },
    Exchange(Box<ExchangeRecord>),
    Message(MessageRecord),
    Learned(LearnedRecord),
}

impl ExchangeRecord {
    /// Whether the phone did not ask, and we began: by a check-sync, or by what somebody wrote.
    pub(crate) fn is_ours(&self) -> bool {
        let first = self.steps.first();
        matches!(first, Some(Step::CheckSyncSent { .. } | Step::MessageSent { .. }))
    }

    /// The shape of the last NOTIFY.
    pub(crate) fn dialect(&self) -> Option<Dialect> {
        self.steps.iter().rev().find_map(|step| match step {
            Step::Notified { dialect, .. } => Some(*dialect),
            _ => None,
        })
    }
}

impl LearnedRecord {
    /// A phone of that product.
    pub(crate) fn product(&self) -> Identity {
        let [vendor, model, version] =
            [&self.vendor, &self.model, &self.version].map(Option::as_deref);
        Identity::claimed(None, vendor, model, version)
    }
}

impl Decided {
    pub(crate) fn new(at: i64, decision: &Decision) -> Self {
        let plain = |word: &str| Self {
            at,
            decision: word.into(),
            rule: None,
            url: None,
            dialect: None,
            switches: Switches::default(),
            status: None,
            reason: None,
        };
        match decision {
            Decision::Answer(answer) => Self {
                rule: Some(answer.rule.clone()),
                url: Some(answer.url.clone()),
                dialect: Some(answer.dialect),
                switches: answer.switches,
                ..plain("answer")
            },
            Decision::Deny(denial) => Self {
                rule: Some(denial.rule.clone()),
                status: Some(denial.status),
                reason: Some(denial.reason.clone()),
                ..plain("deny")
            },
            Decision::Ignore { reason } => Self { reason: Some(reason.clone()), ..plain("ignore") },
            _ => plain("observe"),
        }
    }
}
