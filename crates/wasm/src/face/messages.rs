//! Owns the face of single messages: inspect, explain, and drafts of them.

use super::to_js;
use crate::{Look, Policy};
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

/// A pasted text that is looked at: what each of its messages is, and what stands in those that somebody looks into.
#[wasm_bindgen(js_name = Look)]
#[derive(Debug)]
pub struct LookFace {
    look: Look,
    tokens: Vec<u32>,
    rows: Vec<u32>,
}

#[wasm_bindgen(js_class = Look)]
impl LookFace {
    /// Finds the messages.
    #[wasm_bindgen(constructor)]
    pub fn new(text: &str, #[wasm_bindgen(unchecked_param_type = "Policy")] policy: &str) -> Self {
        Self { look: Look::new(text, Policy::named(policy)), tokens: Vec::new(), rows: Vec::new() }
    }

    /// What each of them is.
    #[wasm_bindgen(unchecked_return_type = "Head[]")]
    pub fn heads(&self) -> Result<JsValue, JsError> {
        to_js(&self.look.heads())
    }

    /// One of them, taken apart and judged; its tokens are to be taken by `takeTokens`, the rows of its tree by
    /// `takeRows`.
    #[wasm_bindgen(unchecked_return_type = "Seen | null")]
    pub fn message(&mut self, index: usize) -> Result<JsValue, JsError> {
        let mut seen = self.look.message(index);
        let numbers = seen
            .as_mut()
            .map(|seen| (std::mem::take(&mut seen.packed), std::mem::take(&mut seen.rows)));
        (self.tokens, self.rows) = numbers.unwrap_or_default();
        to_js(&seen)
    }

    /// The tokens of the message that was asked for last, four numbers each: which of the kinds, from, to, and twice the
    /// depth, one more for a group.
    #[wasm_bindgen(js_name = takeTokens)]
    pub fn take_tokens(&mut self) -> Vec<u32> {
        std::mem::take(&mut self.tokens)
    }

    /// The rows of the tree of the message that was asked for last, each before its parts, seven numbers each: the words
    /// for label and kind, from, to, from where to where its value stands (or the word for it, and 2^32 - 1), how many parts.
    #[wasm_bindgen(js_name = takeRows)]
    pub fn take_rows(&mut self) -> Vec<u32> {
        std::mem::take(&mut self.rows)
    }

    /// What stands at `offset` of the text, in plain words.
    #[wasm_bindgen(unchecked_return_type = "Explanation | null")]
    pub fn explain(&self, message: usize, offset: usize) -> Result<JsValue, JsError> {
        to_js(&self.look.explain(message, offset))
    }
}
