//! Owns the face of composing: from fields, templates and presets to messages, and from messages to what is given away.

use super::to_js;
use crate::{ComposeError, ComposeFields, Dialect, Letter, Side};
use std::time::Duration;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsError, JsValue};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_namespace = Reflect, js_name = get)]
    fn property(object: &JsValue, name: &str) -> Result<JsValue, JsValue>;
}

/// Writes the messages of an exchange; throws a `ComposeError`.
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
#[wasm_bindgen(unchecked_return_type = "Vendor[]")]
pub fn vendors() -> Result<JsValue, JsError> {
    to_js(&crate::vendors())
}

/// The bad messages to begin with.
#[wasm_bindgen(unchecked_return_type = "Preset[]")]
pub fn presets() -> Result<JsValue, JsError> {
    to_js(&crate::presets())
}

/// The bad message of that id, with the line ends that it has.
#[wasm_bindgen]
pub fn preset(id: &str, seed: f64) -> Option<String> {
    crate::preset(id, whole(seed))
}

/// The templates to begin with.
#[wasm_bindgen(unchecked_return_type = "Model[]")]
pub fn models() -> Result<JsValue, JsError> {
    to_js(&crate::models())
}

/// The holes of a template, filled where the name is known; throws a `ModelError`.
#[wasm_bindgen(unchecked_return_type = "Hole[]")]
pub fn holes(text: &str, seed: f64) -> Result<JsValue, JsValue> {
    match crate::holes(text, whole(seed)) {
        Ok(holes) => Ok(to_js(&holes)?),
        Err(error) => Err(to_js(&error)?),
    }
}

/// The message that a template becomes; throws a `ModelError`.
///
/// @param names - the holes
/// @param values - what fills each of them
#[wasm_bindgen]
pub fn fill(text: &str, names: Vec<String>, values: Vec<String>) -> Result<String, JsValue> {
    let values: Vec<_> = names.into_iter().zip(values).collect();
    match crate::fill(text, &values) {
        Ok(message) => Ok(message),
        Err(error) => Err(to_js(&error)?),
    }
}

/// The response to the first message of a text; throws words where nothing answers it.
#[wasm_bindgen]
pub fn answer(text: &str, seed: f64) -> Result<String, JsError> {
    crate::answer(text, whole(seed)).map_err(|error| JsError::new(&error))
}

/// The example of that name: a vendor's, `nat`, or the id of a bad message.
#[wasm_bindgen]
pub fn example(name: &str) -> Option<String> {
    crate::example(name)
}

/// Another made-up value for the role in which `old` stands.
#[wasm_bindgen]
pub fn renewed(role: &str, old: &str, seed: f64) -> String {
    crate::renewed(role, old, whole(seed))
}

/// The bytes of a message as a hex dump.
#[wasm_bindgen(js_name = hexDump)]
pub fn hex_dump(text: &str) -> String {
    crate::hex_dump(text)
}

/// A message as a string literal of C.
#[wasm_bindgen(js_name = cString)]
pub fn c_string(text: &str) -> String {
    crate::c_string(text)
}

/// A message as a string of JSON.
#[wasm_bindgen(js_name = jsonString)]
pub fn json_string(text: &str) -> Result<String, JsError> {
    Ok(crate::json_string(text)?)
}

/// The `fingerpost compose` that writes the same; `which` is `subscribe`, `ok`, `notify` or `acknowledge`.
#[wasm_bindgen]
pub fn command(
    #[wasm_bindgen(unchecked_param_type = "ComposeFields")] fields: &JsValue,
    which: &str,
) -> Result<String, JsValue> {
    match read_fields(fields) {
        Ok(fields) => Ok(crate::command(&fields, which)),
        Err(error) => Err(to_js(&error)?),
    }
}

/// A document as a pcapng file; each message goes `from` somewhere `to` somewhere, empty where it says so itself.
#[wasm_bindgen]
pub fn capture(
    texts: Vec<String>,
    from: Vec<String>,
    to: Vec<String>,
    milliseconds: f64,
) -> Result<Vec<u8>, JsError> {
    let time = Duration::from_millis(whole(milliseconds));
    crate::capture(&letters(texts, from, to), time).map_err(|error| JsError::new(&error))
}

/// A document as a scenario in which `SIPp` plays one side.
#[wasm_bindgen]
pub fn sipp(
    texts: Vec<String>,
    from: Vec<String>,
    to: Vec<String>,
    #[wasm_bindgen(unchecked_param_type = "\"first\" | \"second\"")] side: &str,
) -> Result<String, JsError> {
    let side = if side == "second" { Side::Second } else { Side::First };
    crate::sipp(&letters(texts, from, to), side).map_err(|error| JsError::new(&error))
}

fn letters(texts: Vec<String>, from: Vec<String>, to: Vec<String>) -> Vec<Letter> {
    let ends = from.into_iter().zip(to);
    texts.into_iter().zip(ends).map(|(text, (from, to))| Letter::new(text, from, to)).collect()
}

/// A number of JavaScript; what is none that counts is 0.
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a cast of floats saturates, and what is no number becomes 0"
)]
fn whole(number: f64) -> u64 {
    number as u64
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
