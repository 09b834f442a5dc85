//! Owns the variations of an answer as a form fills them in: what is as usual is left out of the file, unless it stands
//! there already. Judges nothing: the policy's reader does.

use super::form::{plain, put};
use crate::policy::Variation;
use serde::{Deserialize, Serialize};
use toml_edit::{Item, TableLike, Value};

/// Small variations that single products want.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[allow(clippy::exhaustive_structs, reason = "who fills it in writes it down field by field")]
pub struct FormVariation {
    /// The status of the response: 200 or 202.
    pub status: i64,
    /// Whether there is a response before the NOTIFY.
    pub response: bool,
    /// Whether the NOTIFY has a Subscription-State.
    pub subscription_state: bool,
    /// Seconds within which the phone shall take the URL.
    pub effective_by: Option<i64>,
    /// Whether the URL is to end in `/`; `None`: what is known of the vendor.
    pub slash: Option<bool>,
}

impl Default for FormVariation {
    fn default() -> Self {
        Self::of(Variation::default())
    }
}

impl FormVariation {
    pub(super) fn of(variation: Variation) -> Self {
        let Variation { switches, slash } = variation;
        Self {
            status: if switches.accepts_with_202 { 202 } else { 200 },
            response: !switches.omits_response,
            subscription_state: !switches.omits_state,
            effective_by: switches.effective_by.map(i64::from),
            slash,
        }
    }

    pub(super) fn fill(&self, answer: &mut dyn TableLike) {
        put_unless(answer, "status", self.status, &200);
        put_unless(answer, "response", self.response, &true);
        put_unless(answer, "subscription_state", self.subscription_state, &true);
        put(answer, "effective_by", self.effective_by.map(Value::from));
        put(answer, "slash", self.slash.map(Value::from));
    }
}

/// What is as usual needs no word; who wrote it down keeps it.
fn put_unless<T: Into<Value> + PartialEq>(
    answer: &mut dyn TableLike,
    key: &str,
    wanted: T,
    usual: &T,
) {
    let is_usual = wanted == *usual;
    let wanted: Value = wanted.into();
    let is_said =
        answer.get(key).and_then(Item::as_value).is_some_and(|old| plain(old) == plain(&wanted));
    if !is_said {
        put(answer, key, (!is_usual).then_some(wanted));
    }
}
