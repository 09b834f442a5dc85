//! Owns the face towards JavaScript: plain data goes over as JSON, and the TypeScript types that the Rust types make.

use crate::{ComposeError, Drawing, Policy};
use serde::Serialize;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsError, JsValue};

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = include_str!("../bindings/types.ts");

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = JSON, js_name = parse)]
    fn from_json(text: &str) -> JsValue;

    #[wasm_bindgen(catch, js_namespace = JSON, js_name = stringify)]
    fn to_json(value: &JsValue) -> Result<Option<String>, JsValue>;
}

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

/// Who said what to whom in a pasted text: a row for each message that `inspect` finds.
#[wasm_bindgen(unchecked_return_type = "Ladder")]
pub fn ladder(text: &str) -> Result<JsValue, JsError> {
    to_js(&crate::ladder(text))
}

/// The ladder of a pasted text as a file for others.
#[wasm_bindgen(js_name = drawLadder)]
pub fn draw_ladder(
    text: &str,
    #[wasm_bindgen(unchecked_param_type = "\"text\" | \"mermaid\" | \"svg\"")] drawing: &str,
) -> String {
    crate::draw(text, Drawing::named(drawing))
}

/// Writes the three messages of an exchange; throws a `ComposeError`.
#[wasm_bindgen(unchecked_return_type = "Composed")]
pub fn compose(
    #[wasm_bindgen(unchecked_param_type = "ComposeFields")] fields: &JsValue,
) -> Result<JsValue, JsValue> {
    let composed = read_fields(fields).and_then(|fields| crate::compose(&fields));
    match composed {
        Ok(composed) => Ok(to_js(&composed)?),
        Err(error) => Err(to_js(&error)?),
    }
}

/// The vendors whose way of asking is known.
#[wasm_bindgen]
pub fn vendors() -> Vec<String> {
    crate::vendors().into_iter().map(String::from).collect()
}

/// The version of this build.
#[wasm_bindgen]
pub fn version() -> String {
    crate::VERSION.into()
}

fn read_fields(fields: &JsValue) -> Result<crate::ComposeFields, ComposeError> {
    let json = to_json(fields).ok().flatten().unwrap_or_default();
    serde_json::from_str(&json).map_err(|error| ComposeError::anywhere(&error))
}

fn to_js(value: &impl Serialize) -> Result<JsValue, JsError> {
    Ok(from_json(&serde_json::to_string(value)?))
}
