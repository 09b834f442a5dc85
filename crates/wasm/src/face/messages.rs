//! Owns the face of single messages: inspect, explain, and drafts of them.

use super::to_js;
use crate::Policy;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsError, JsValue};

/// Finds the messages in a pasted text, dissects and judges them.
#[wasm_bindgen(unchecked_return_type = "Inspection")]
pub fn inspect(
    text: &str,
    #[wasm_bindgen(unchecked_param_type = "Policy")] policy: &str,
) -> Result<JsValue, JsError> {
    to_js(&crate::inspect(text, Policy::named(policy)))
}

/// What stands at `offset` (UTF-16, in the pasted text), in plain words.
///
/// @param message - which of the text's messages, counted from 0
#[wasm_bindgen(unchecked_return_type = "Explanation | null")]
pub fn explain(text: &str, message: usize, offset: usize) -> Result<JsValue, JsError> {
    to_js(&crate::explain(text, message, offset))
}

/// What the composer is shown of messages that somebody writes, each text one message with the line ends that go out.
#[wasm_bindgen(unchecked_return_type = "Draft[]")]
#[allow(clippy::needless_pass_by_value, reason = "what comes out of JavaScript is owned")]
pub fn drafts(
    texts: Vec<String>,
    #[wasm_bindgen(unchecked_param_type = "Policy")] policy: &str,
) -> Result<JsValue, JsError> {
    to_js(&crate::drafts(&texts, Policy::named(policy)))
}
