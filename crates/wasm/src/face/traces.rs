//! Owns the face of whole traces.

use super::to_js;
use crate::{Drawing, Trace};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsError, JsValue};

/// A message, or any other text, without what opens a door: passwords, digests, keys and tokens in URLs.
#[wasm_bindgen]
pub fn mask(text: &str) -> String {
    crate::mask(text)
}

/// A trace: `feed` each source in pieces, `endSource` it; after the last one `finish`, then look at it.
#[wasm_bindgen(js_name = Trace)]
#[derive(Debug, Default)]
pub struct TraceFace(Trace);

#[wasm_bindgen(js_class = Trace)]
impl TraceFace {
    /// Nothing was read yet.
    #[wasm_bindgen(constructor)]
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes the next piece of the source that is being read: a capture file, a log, any text; also packed with gzip.
    pub fn feed(&mut self, piece: &[u8]) {
        self.0.feed(piece);
    }

    /// The source that was being read has ended.
    #[wasm_bindgen(js_name = endSource)]
    pub fn end_source(&mut self, name: &str) {
        self.0.end_source(name);
    }

    /// All sources were read.
    pub fn finish(&mut self) {
        self.0.finish();
    }

    /// How many messages were found so far.
    pub fn count(&self) -> usize {
        self.0.count()
    }

    /// Sources, lanes and what is missing.
    #[wasm_bindgen(unchecked_return_type = "TraceHead")]
    pub fn head(&self) -> Result<JsValue, JsError> {
        to_js(&self.0.head())
    }

    /// The rows from `from` up to, not including, `to`.
    #[wasm_bindgen(unchecked_return_type = "Row[]")]
    pub fn rows(&self, from: usize, to: usize) -> Result<JsValue, JsError> {
        to_js(&self.0.rows(from, to))
    }

    /// One message with all that its source tells of it.
    #[wasm_bindgen(unchecked_return_type = "TraceMessage | null")]
    pub fn message(&self, index: usize) -> Result<JsValue, JsError> {
        to_js(&self.0.message(index))
    }

    /// The messages that what was typed finds: plain words, or `sip.Method == "NOTIFY"`; throws a `SearchError`.
    pub fn search(&self, typed: &str) -> Result<Vec<u32>, JsValue> {
        match self.0.search(typed) {
            Ok(found) => Ok(found),
            Err(error) => Err(to_js(&error)?),
        }
    }

    /// How bad each message from `from` to `to` is by itself: 0 nothing, 1 a note, 2 a warning, 3 an error.
    pub fn severities(&self, from: usize, to: usize) -> Vec<u8> {
        self.0.severities(from, to)
    }

    /// What each message from `from` to `to` has of a field: `sip.User-Agent`, `ip.src`.
    pub fn values(&self, field: &str, from: usize, to: usize) -> Vec<String> {
        self.0.values(field, from, to)
    }

    /// The ladder of the messages in `only`, or of all where it is empty, as a file for others.
    pub fn draw(
        &self,
        #[wasm_bindgen(unchecked_param_type = "\"text\" | \"mermaid\" | \"svg\"")] drawing: &str,
        only: &[u32],
    ) -> String {
        self.0.draw(Drawing::named(drawing), only)
    }
}
