//! Owns what a rule is: a stable id, what it weighs, and where it is written down.

use super::Severity;
use core::fmt;

/// A rule that a message can break. Ids are stable: programs may compare them.
#[derive(Debug, PartialEq, Eq)]
#[allow(
    clippy::exhaustive_structs,
    reason = "other crates of the house write their own rules down as statics"
)]
pub struct Rule {
    /// `layer.subject.problem`, lower case.
    pub id: &'static str,
    /// How much it weighs for a strict reader.
    pub severity: Severity,
    /// How much it weighs for a reader that takes what can be understood (RFC 4475 calls such an element liberal).
    pub robust: Severity,
    /// What kind of rule it is.
    pub layer: Layer,
    /// Where it is written down.
    pub reference: Option<RfcRef>,
    /// The status an element would answer such a request with.
    pub status: Option<u16>,
    /// What the rule asks, in one sentence.
    pub title: &'static str,
}

/// A section of an RFC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(clippy::exhaustive_structs, reason = "an RFC and a section: nothing can be added")]
pub struct RfcRef {
    /// Number of the RFC.
    pub rfc: u16,
    /// Section, as `20.14`.
    pub section: &'static str,
}

impl fmt::Display for RfcRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RFC {} §{}", self.rfc, self.section)
    }
}

/// What a rule is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Layer {
    /// Where the message came from: a paste, a log, a capture.
    Source,
    /// Where lines, headers and body begin and end.
    Framing,
    /// The spelling of one value.
    Grammar,
    /// What the headers of one message say together.
    Message,
    /// What messages of one transaction or dialog say together.
    Transaction,
    /// The event package.
    EventPackage,
    /// What one vendor does or needs.
    Vendor,
}

impl Layer {
    /// The word for it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Source => "source",
            Self::Framing => "framing",
            Self::Grammar => "grammar",
            Self::Message => "message",
            Self::Transaction => "transaction",
            Self::EventPackage => "event-package",
            Self::Vendor => "vendor",
        }
    }
}

impl fmt::Display for Layer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
