//! Owns [`Role`]: which message of the exchange this one is, and so who wrote it. Knows no words.

use crate::message::{Message, StartLine};

/// Which message of the exchange.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// The phone asks for its profile.
    Subscribe,
    /// The server answers the SUBSCRIBE.
    Answer,
    /// The server sends the URL.
    Notify,
    /// The phone answers the NOTIFY.
    Confirm,
    /// Any other message.
    Other,
}

impl Role {
    pub(super) fn of(message: &Message<'_>) -> Self {
        let is_foreign =
            matches!(message.event(), Ok(Some(event)) if event.package != "ua-profile");
        let is_request = matches!(message.start_line(), StartLine::Request(_));
        match message.method() {
            _ if is_foreign => Self::Other,
            Some(method) if method == "SUBSCRIBE" && is_request => Self::Subscribe,
            Some(method) if method == "SUBSCRIBE" => Self::Answer,
            Some(method) if method == "NOTIFY" && is_request => Self::Notify,
            Some(method) if method == "NOTIFY" => Self::Confirm,
            _ => Self::Other,
        }
    }

    /// Whether it copies its address headers from a request.
    pub(super) const fn is_response(self) -> bool {
        matches!(self, Self::Answer | Self::Confirm)
    }
}
