//! Owns the small variations of an answer that single products want. Knows no vendor and no bytes.

/// Variations of the 200 and the NOTIFY; by default there are none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(default))]
#[allow(clippy::exhaustive_structs, reason = "the caller writes it down field by field")]
pub struct Switches {
    /// 202 instead of 200, as before RFC 6665 (§8.3.1).
    pub accepts_with_202: bool,
    /// The NOTIFY alone, without a response to the SUBSCRIBE.
    pub omits_response: bool,
    /// A NOTIFY without Subscription-State.
    pub omits_state: bool,
    /// `effective-by` of the NOTIFY's Event, in seconds (RFC 6080 §6.2.4); 0: at once.
    pub effective_by: Option<u32>,
}

impl Switches {
    /// Whether there are none.
    #[must_use]
    pub fn is_usual(&self) -> bool {
        *self == Self::default()
    }

    /// The status of the response, with its reason.
    pub(crate) const fn acceptance(self) -> (u16, &'static str) {
        if self.accepts_with_202 { (202, "Accepted") } else { (200, "OK") }
    }
}
