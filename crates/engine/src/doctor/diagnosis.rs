//! Owns [`Diagnosis`]: what the examination found, as a value. The shapes here are the one object of `doctor --json`.

use super::card::CardDiagnosis;
use fingerpost_net::{Card, Holder, Unsuitable};
use serde::Serialize;
use std::net::{SocketAddr, SocketAddrV4};

/// What no examination of one machine can find out.
pub(super) const CANNOT_SEE: &str = "\
The self-test proves that this machine joined the group locally; it proves nothing about a switch. A switch with IGMP \
snooping sends the phones' questions only to ports on which it heard of members, and without an IGMP querier on the LAN \
it forgets them after some minutes: then all is quiet, though everything here is fine. Switch on an IGMP querier (at the \
router or the switch), or switch snooping off for this VLAN. To try it, run fingerpost phone on another machine of the \
same LAN, at once and again ten minutes later.";

/// What was found.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[non_exhaustive]
pub struct Diagnosis {
    /// The whole in one word.
    pub verdict: Verdict,
    /// The verdict in words.
    pub summary: String,
    /// The group that phones ask, and its port.
    pub group: SocketAddrV4,
    /// The cards that were examined.
    pub cards: Vec<CardDiagnosis>,
    /// The cards that are not listened on, and why.
    pub left_out: Vec<LeftOutCard>,
    /// Every program with a socket on the port, before the examination.
    pub holders: Vec<PortHolder>,
    /// What is wrong or worth knowing, the worst first.
    pub problems: Vec<Problem>,
    /// What cannot be found out from here, in words.
    pub cannot_see: String,
}

/// The whole in one word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Verdict {
    /// Phones are heard on every examined card, as far as this machine is concerned.
    Fine,
    /// Something is broken.
    Broken,
    /// This machine did not permit the examination.
    Refused,
}

/// A card that is not listened on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[non_exhaustive]
pub struct LeftOutCard {
    /// Its name.
    pub interface: String,
    /// Its addresses, with the length of their networks' prefix: `192.0.2.7/24`.
    pub addresses: Vec<String>,
    /// `loopback`, `tunnel`, `down`, `no_ipv4` or `no_multicast`.
    pub reason: String,
    /// The reason in words.
    pub words: String,
}

impl LeftOutCard {
    pub(super) fn of(card: &Card, why: Unsuitable) -> Self {
        let reason = match why {
            Unsuitable::Loopback => "loopback",
            Unsuitable::Tunnel => "tunnel",
            Unsuitable::Down => "down",
            Unsuitable::NoIpv4 => "no_ipv4",
            Unsuitable::NoMulticast => "no_multicast",
            // Reasons of a later version of the cards' crate.
            _ => "other",
        };
        Self {
            interface: card.name.clone(),
            addresses: card.networks.iter().map(ToString::to_string).collect(),
            reason: reason.into(),
            words: why.to_string(),
        }
    }
}

/// A program with a socket on the port.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[non_exhaustive]
pub struct PortHolder {
    /// What it is bound to.
    pub address: SocketAddr,
    /// Its name, where it may be seen.
    pub program: Option<String>,
    /// Its process number, where it may be seen.
    pub pid: Option<u32>,
    /// The number of the user it runs as.
    pub user: Option<u32>,
    /// All of it in words.
    pub words: String,
}

impl PortHolder {
    pub(super) fn of(holder: &Holder) -> Self {
        Self {
            address: holder.address,
            program: holder.program.clone(),
            pid: holder.pid,
            user: holder.user,
            words: holder.to_string(),
        }
    }

    /// Whether it is a Fingerpost, as far as its name tells.
    #[must_use]
    pub fn is_fingerpost(&self) -> bool {
        self.program.as_ref().is_some_and(|program| program.starts_with("fingerpost"))
    }
}

/// A datagram of ours, sent to the group and heard again on the same card.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[non_exhaustive]
pub struct SelfTest {
    /// Whether the system sent it.
    pub sent: bool,
    /// Whether it came back: this machine has joined the group locally.
    pub heard: bool,
    /// Milliseconds on the way.
    pub ms: Option<f64>,
    /// Why it was not sent or not heard, as the system said.
    pub error: Option<String>,
}

/// Something that is wrong, or worth knowing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[non_exhaustive]
pub struct Problem {
    /// How bad.
    pub severity: Severity,
    /// What.
    pub kind: ProblemKind,
    /// The card, of those that belong to one.
    pub interface: Option<String>,
    /// What happened and what to do, in words.
    pub words: String,
    /// What happened alone.
    pub what: String,
    /// What to do alone, where there is something to do.
    pub remedy: Option<String>,
}

impl Problem {
    pub(super) fn new(severity: Severity, kind: ProblemKind, what: &str, remedy: &str) -> Self {
        let (what, remedy) = (what.to_owned(), (!remedy.is_empty()).then(|| remedy.to_owned()));
        let words = remedy.as_ref().map_or_else(|| what.clone(), |todo| format!("{what}; {todo}"));
        Self { severity, kind, interface: None, words, what, remedy }
    }

    pub(super) fn on(self, interface: &str) -> Self {
        Self { interface: Some(interface.to_owned()), ..self }
    }
}

/// How bad. The worst first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
#[allow(clippy::exhaustive_enums, reason = "the same three as of findings")]
pub enum Severity {
    /// Phones are not heard.
    Error,
    /// Phones are heard, but something is not as it should be.
    Warning,
    /// Worth knowing.
    Note,
}

/// What is wrong, or worth knowing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ProblemKind {
    /// No card suits.
    NoCard,
    /// A card that was asked for is switched off.
    CardDown,
    /// A card that was asked for has no IPv4 address.
    NoAddress,
    /// No cable, or nobody at its other end.
    NoLink,
    /// The card says that it cannot multicast.
    NoMulticast,
    /// Another program has the port and does not share it.
    PortHeld,
    /// This user may not open the port.
    NotPermitted,
    /// The group could not be joined, or no socket be had, for another reason.
    CannotListen,
    /// The kernel does not list our join.
    NotJoined,
    /// Another program has the port on the card's address: answers leave from another port.
    OtherAnswerPort,
    /// A Fingerpost is running here.
    AlreadyRunning,
    /// The self-test could not be sent.
    SelfTestNotSent,
    /// The self-test was sent and did not come back.
    SelfTestNotHeard,
    /// No program of this machine listens for phones now.
    NobodyListens,
}
