//! Owns the face of whole traces.

use super::to_js;
use crate::{Exported, Form, Other, PackedRows, Policy, Trace};
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

    /// The same rows as numbers: how, stands with `PackedRows`.
    #[wasm_bindgen(js_name = packedRows)]
    pub fn packed_rows(&self, from: usize, to: usize) -> PackedRowsFace {
        PackedRowsFace(self.0.packed_rows(from, to))
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

    /// Messages are judged by that policy from here on.
    pub fn judge(&mut self, #[wasm_bindgen(unchecked_param_type = "Policy")] policy: &str) {
        self.0.judge(Policy::named(policy));
    }

    /// How bad each message from `from` to `to` is in its conversation: 0 nothing, 1 a note, 2 a warning, 3 an error.
    pub fn severities(&mut self, from: usize, to: usize) -> Vec<u8> {
        self.0.severities(from, to)
    }

    /// What each message from `from` to `to` has of a field: `sip.User-Agent`, `ip.src`.
    pub fn values(&self, field: &str, from: usize, to: usize) -> Vec<String> {
        self.0.values(field, from, to)
    }

    /// The messages in `only`, or all where it is empty, in a form for others; throws words where that cannot be.
    pub fn export(
        &self,
        #[wasm_bindgen(
            unchecked_param_type = "\"text\" | \"markdown\" | \"csv\" | \"json\" | \"sarif\" | \"pcapng\" | \"ladder\" | \"mermaid\" | \"svg\""
        )]
        form: &str,
        only: &[u32],
        redacted: bool,
    ) -> Result<ExportedFace, JsError> {
        let exported = self.0.export(Form::named(form), only, redacted);
        exported.map(ExportedFace).map_err(|error| JsError::new(&error))
    }

    /// Makes pseudonyms for what is secret in all messages, with a key of 16 bytes that nobody can guess.
    #[wasm_bindgen(unchecked_return_type = "Redaction")]
    pub fn redact(&mut self, key: &[u8]) -> Result<JsValue, JsError> {
        let key = key.try_into().map_err(|_| JsError::new("a key has 16 bytes"))?;
        to_js(&self.0.redact(key))
    }

    /// One message before and after, line by line; null before anything was redacted.
    #[wasm_bindgen(unchecked_return_type = "Beside[] | null")]
    pub fn redacted(&self, index: usize) -> Result<JsValue, JsError> {
        to_js(&self.0.redacted(index))
    }

    /// Two messages beside each other.
    #[wasm_bindgen(unchecked_return_type = "Comparison")]
    pub fn compare(&self, left: usize, right: usize) -> Result<JsValue, JsError> {
        self.comparison(left, Other::Message(right))
    }

    /// A message beside the first one of a pasted text; throws words where there is none in it.
    #[wasm_bindgen(js_name = compareText, unchecked_return_type = "Comparison")]
    pub fn compare_text(&self, left: usize, text: &str) -> Result<JsValue, JsError> {
        self.comparison(left, Other::Text(text))
    }

    fn comparison(&self, left: usize, other: Other<'_>) -> Result<JsValue, JsError> {
        let comparison = self.0.compare(left, other).map_err(|error| JsError::new(&error))?;
        to_js(&comparison)
    }
}

/// Rows as numbers, 13 each: from, to, their ports, whether they are deduced, the kind, label and detail (by their places
/// among the words), call, dialog, transaction, repeats, answers. What is not known is -1.
#[wasm_bindgen(js_name = PackedRows)]
#[derive(Debug)]
pub struct PackedRowsFace(PackedRows);

#[wasm_bindgen(js_class = PackedRows)]
impl PackedRowsFace {
    /// What stands on the arrows and beside them.
    #[wasm_bindgen(js_name = takeWords)]
    pub fn take_words(&mut self) -> Vec<String> {
        std::mem::take(&mut self.0.words)
    }

    /// The numbers; once.
    #[wasm_bindgen(js_name = takeNumbers)]
    pub fn take_numbers(&mut self) -> Vec<i32> {
        std::mem::take(&mut self.0.numbers)
    }

    /// Two a row, once: when it was heard, and how long it took. What is not known is no number.
    #[wasm_bindgen(js_name = takeTimes)]
    pub fn take_times(&mut self) -> Vec<f64> {
        std::mem::take(&mut self.0.times)
    }
}

/// Messages in a form for others.
#[wasm_bindgen(js_name = Exported)]
#[derive(Debug)]
pub struct ExportedFace(Exported);

#[wasm_bindgen(js_class = Exported)]
impl ExportedFace {
    /// The file; once.
    #[wasm_bindgen(js_name = takeBytes)]
    pub fn take_bytes(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.0.bytes)
    }

    /// What did not fit into the form, in words.
    #[wasm_bindgen(getter)]
    pub fn notes(&self) -> Vec<String> {
        self.0.notes.clone()
    }
}
