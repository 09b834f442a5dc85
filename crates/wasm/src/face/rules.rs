//! Owns the face of policies: what Fingerpost would answer.

use super::to_js;
use crate::Question;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsError, JsValue};

/// What Fingerpost would answer to the first message of a text, under `policy` or, where that is undefined, with `url`
/// for every phone.
///
/// @param source - where the message came from; empty where that is not known
/// @param destination - where it was sent to; empty where that is not known
/// @param server - our address on that card; empty: made up
/// @param interface_ - the card's name; empty: made up
#[wasm_bindgen(unchecked_return_type = "Answering")]
#[allow(clippy::needless_pass_by_value, reason = "what comes out of JavaScript is owned")]
#[allow(clippy::too_many_arguments, reason = "reading an object property by property weighs more")]
pub fn answering(
    message: &str,
    url: &str,
    policy: Option<String>,
    source: &str,
    destination: &str,
    server: &str,
    interface: &str,
    tags: Vec<String>,
    seed: u32,
) -> Result<JsValue, JsError> {
    to_js(&crate::answering(&Question {
        message,
        url,
        policy: policy.as_deref(),
        source,
        destination,
        server,
        interface,
        tags: &tags,
        seed: seed.into(),
    }))
}
