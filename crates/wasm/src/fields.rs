//! Owns the shape of what a page composes a message from, and of what comes out. The TypeScript types are made from
//! these.

use serde::Serialize;
#[cfg(test)]
use ts_rs::TS;

/// What the messages of an exchange are composed from.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(test, derive(TS), ts(export_to = "types.ts", rename_all = "camelCase"))]
#[allow(clippy::exhaustive_structs, reason = "the page's contract")]
pub struct ComposeFields {
    /// The shape of the answers.
    pub dialect: Dialect,
    /// The server's address, with or without its port.
    pub server: String,
    /// The phone's address, with or without its port; not used with `replyTo`.
    pub phone: String,
    /// The template of the URL.
    pub url: String,
    /// Whose phone it is; not used with `replyTo`.
    pub vendor: String,
    /// The phone's model; not used with `replyTo`.
    pub model: Option<String>,
    /// The phone's firmware version; not used with `replyTo`.
    pub version: Option<String>,
    /// The phone's hardware address, made up where it is left out; not used with `replyTo`.
    pub mac: Option<String>,
    /// The same seed makes the same tags, branches and Call-ID.
    #[cfg_attr(test, ts(type = "number"))]
    pub seed: u64,
    /// A text with the SUBSCRIBE to answer instead of composing one.
    pub reply_to: Option<String>,
}

/// The shape of the answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(test, derive(TS), ts(export_to = "types.ts", rename_all = "lowercase"))]
#[allow(clippy::exhaustive_enums, reason = "the page's contract")]
pub enum Dialect {
    /// As the RFCs ask.
    Rfc,
    /// As the `AudioCodes` manual prints it.
    Manual,
}

impl Dialect {
    /// The shape of that name.
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "rfc" => Some(Self::Rfc),
            "manual" => Some(Self::Manual),
            _ => None,
        }
    }
}

/// The messages of an exchange, with CRLF line ends.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(TS), ts(export_to = "types.ts"))]
#[allow(clippy::exhaustive_structs, reason = "the page's contract")]
pub struct Composed {
    /// The phone asks.
    pub subscribe: String,
    /// The server accepts.
    pub ok: String,
    /// The server sends the URL.
    pub notify: String,
    /// The phone acknowledges it.
    pub acknowledge: String,
}

/// Nothing can be composed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(TS), ts(export_to = "types.ts"))]
#[allow(clippy::exhaustive_structs, reason = "the page's contract")]
pub struct ComposeError {
    /// The field that is to be changed; `null` where it is none in particular.
    #[cfg_attr(test, ts(type = "keyof ComposeFields | null"))]
    pub field: Option<Field>,
    /// What is wrong, in words.
    pub message: String,
}

/// A field that can be wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub enum Field {
    /// The server's address.
    Server,
    /// The phone's address.
    Phone,
    /// The template of the URL.
    Url,
    /// Whose phone it is.
    Vendor,
    /// The phone's model.
    Model,
    /// The phone's firmware version.
    Version,
    /// The phone's hardware address.
    Mac,
    /// The text with the SUBSCRIBE to answer.
    ReplyTo,
}

impl Field {
    /// The error of this field.
    pub(crate) fn error(self, error: &impl ToString) -> ComposeError {
        ComposeError { field: Some(self), message: error.to_string() }
    }
}

impl ComposeError {
    /// The error of no field in particular.
    pub(crate) fn anywhere(error: &impl ToString) -> Self {
        Self { field: None, message: error.to_string() }
    }
}
