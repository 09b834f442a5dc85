//! Owns what a policy may tell the responder to do with a phone. Knows no policy.

use super::{Dialect, Switches};
use alloc::string::String;

/// What to do with a phone that asked.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Decision {
    /// Answer 200 and notify this URL.
    Answer(Answer),
    /// Answer with an error status and send no NOTIFY.
    Deny(Denial),
    /// Say nothing, because of `reason`.
    Ignore {
        /// Why, in words for people: it becomes the reason of the `ignored` event.
        reason: String,
    },
    /// Say nothing, because we only look.
    Observe,
}

/// The URL a phone gets, and in which shape.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Answer {
    /// The NOTIFY's body, sent as it is.
    pub url: String,
    /// The shape of the 200 and the NOTIFY.
    pub dialect: Dialect,
    /// Name of the rule that chose this; passed through into events.
    pub rule: String,
    /// Small variations of the shape.
    pub switches: Switches,
}

impl Answer {
    /// An answer with `url` in `dialect`, chosen by `rule`.
    #[must_use]
    pub fn new(url: impl Into<String>, dialect: Dialect, rule: impl Into<String>) -> Self {
        Self { url: url.into(), dialect, rule: rule.into(), switches: Switches::default() }
    }

    /// The same with variations.
    #[must_use]
    pub const fn with_switches(mut self, switches: Switches) -> Self {
        self.switches = switches;
        self
    }
}

/// A refusal said aloud.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Denial {
    /// SIP status code, 400 to 699.
    pub status: u16,
    /// Reason phrase.
    pub reason: String,
    /// Name of the rule that chose this; passed through into events.
    pub rule: String,
}

impl Denial {
    /// A refusal with `status` and `reason`, chosen by `rule`.
    #[must_use]
    pub fn new(status: u16, reason: impl Into<String>, rule: impl Into<String>) -> Self {
        Self { status, reason: reason.into(), rule: rule.into() }
    }
}
