//! Owns the face towards JavaScript: plain data goes over as JSON, and the TypeScript types that the Rust types make.

#[cfg(feature = "compose")]
mod compose;
#[cfg(feature = "messages")]
mod messages;
#[cfg(feature = "rules")]
mod rules;
#[cfg(feature = "traces")]
mod traces;

#[cfg(feature = "compose")]
pub use compose::{
    answer, c_string, capture, command, compose, example, fill, hex_dump, holes, json_string,
    models, preset, presets, renewed, sipp, vendors,
};
#[cfg(feature = "messages")]
pub use messages::{LookFace, drafts, explain, inspect};
#[cfg(feature = "rules")]
pub use rules::answering;
#[cfg(feature = "traces")]
pub use traces::{ExportedFace, PackedRowsFace, TraceFace, mask};

use serde::Serialize;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsError, JsValue};

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = include_str!("../../bindings/types.ts");

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = JSON, js_name = parse)]
    fn from_json(text: &str) -> JsValue;
}

/// The version of this build.
#[wasm_bindgen]
pub fn version() -> String {
    crate::VERSION.into()
}

fn to_js(value: &impl Serialize) -> Result<JsValue, JsError> {
    Ok(from_json(&serde_json::to_string(value)?))
}
