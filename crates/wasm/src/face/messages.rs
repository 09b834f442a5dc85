//! Owns the face of single messages: inspect, explain, compose.

use super::to_js;
use crate::{ComposeError, ComposeFields, Dialect, Policy};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsError, JsValue};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_namespace = Reflect, js_name = get)]
    fn property(object: &JsValue, name: &str) -> Result<JsValue, JsValue>;
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

/// What a page hands over may hold anything. Read property by property: a reader of JSON would be an eighth of the
/// whole package.
fn read_fields(fields: &JsValue) -> Result<ComposeFields, ComposeError> {
    Ok(ComposeFields {
        dialect: Dialect::named(&text(fields, "dialect")?)
            .ok_or_else(|| wrong("dialect", "rfc or manual"))?,
        server: text(fields, "server")?,
        phone: text(fields, "phone")?,
        url: text(fields, "url")?,
        vendor: text(fields, "vendor")?,
        model: text_or_nothing(fields, "model")?,
        version: text_or_nothing(fields, "version")?,
        mac: text_or_nothing(fields, "mac")?,
        seed: whole_number(fields, "seed")?,
        reply_to: text_or_nothing(fields, "replyTo")?,
    })
}

fn value(fields: &JsValue, name: &str) -> Result<JsValue, ComposeError> {
    property(fields, name).map_err(|_| ComposeError::anywhere(&"the fields are no object"))
}

fn text(fields: &JsValue, name: &str) -> Result<String, ComposeError> {
    value(fields, name)?.as_string().ok_or_else(|| wrong(name, "a text"))
}

fn text_or_nothing(fields: &JsValue, name: &str) -> Result<Option<String>, ComposeError> {
    let value = value(fields, name)?;
    let is_nothing = value.is_null() || value.is_undefined();
    if is_nothing { Ok(None) } else { text(fields, name).map(Some) }
}

#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "only whole numbers that a double holds exactly are taken"
)]
fn whole_number(fields: &JsValue, name: &str) -> Result<u64, ComposeError> {
    const MOST: f64 = 9_007_199_254_740_991.0;
    let number = value(fields, name)?.as_f64();
    let whole = number.filter(|number| (0.0..=MOST).contains(number) && number % 1.0 == 0.0);
    whole.map(|number| number as u64).ok_or_else(|| wrong(name, "a whole number"))
}

fn wrong(name: &str, wanted: &str) -> ComposeError {
    ComposeError::anywhere(&format!("the field {name} is not {wanted}"))
}
