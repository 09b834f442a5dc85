//! Owns how values of ours stand in columns: words for closed sets, JSON for lists.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// The word for a value of a closed set.
pub(crate) fn word(value: &impl Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(Value::String(word)) => word,
        _ => String::new(),
    }
}

/// The value that a word stands for.
pub(crate) fn of_word<T: DeserializeOwned>(word: &str) -> Option<T> {
    serde_json::from_value(Value::String(word.into())).ok()
}

/// A list, or anything else with parts.
pub(crate) fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

/// What [`json`] wrote; `None` where it is something else.
pub(crate) fn of_json<T: DeserializeOwned>(text: &str) -> Option<T> {
    serde_json::from_str(text).ok()
}
