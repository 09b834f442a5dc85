//! Owns the JSON of a value that is said many times and does not change: it is written once. Knows not whose it is.

use serde::ser::Error;
use serde::{Serialize, Serializer};
use serde_json::value::{RawValue, to_raw_value};
use std::sync::OnceLock;

/// What its owner is as JSON, once somebody wanted it. It says nothing of its own, so any two are equal; a copy begins
/// anew, because its owner may be changed.
#[derive(Debug, Default)]
pub(crate) struct Written(OnceLock<Box<RawValue>>);

impl Clone for Written {
    fn clone(&self) -> Self {
        Self::default()
    }
}

impl PartialEq for Written {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Written {}

impl Written {
    /// Writes `owner`, or what was written of it before.
    pub(crate) fn serialize<S: Serializer>(
        &self,
        owner: &impl Serialize,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        if let Some(json) = self.0.get() {
            return json.serialize(serializer);
        }
        let json = to_raw_value(owner).map_err(S::Error::custom)?;
        self.0.get_or_init(|| json).serialize(serializer)
    }
}

#[cfg(test)]
mod tests {
    use crate::clock::Timestamp;
    use crate::event::{Event, TimedEvent};
    use crate::phone::Phone;
    use fingerpost_core::pnp::Identity;
    use std::sync::Arc;

    #[test]
    fn a_phone_is_written_the_same_again_and_a_changed_one_as_it_is_now() {
        let identity = Identity::claimed("000413000007".parse().ok(), Some("snom"), None, None);
        let phone = Arc::new(Phone::new(&identity, None));
        let event = Event::Acknowledged { phone: Arc::clone(&phone), status: 200 };
        let event = TimedEvent { time: Timestamp::from_millis(0), event };
        let line = serde_json::to_string(&event).unwrap();
        assert!(
            line.contains(r#""phone":{"id":"000413000007","mac":"000413000007","vendor":"snom""#),
            "{line}"
        );
        assert_eq!(serde_json::to_string(&event).unwrap(), line);
        assert_eq!(serde_json::to_value(&event).unwrap()["phone"]["vendor"], "snom");
        let mut other = Phone::clone(&phone);
        other.id = "x1".into();
        assert_eq!(serde_json::to_value(&other).unwrap()["id"], "x1");
        assert_ne!(*phone, other);
    }
}
