//! Owns header values in the making: a first part and parameters, quoted and escaped where they must be. Knows no
//! header.

use super::{BuildError, quoted, token};
use crate::syntax::{is_token, whole};
use crate::typed::{Host, Uri};
use alloc::format;
use alloc::string::{String, ToString};
use core::fmt::Display;

/// A header's value, put together part by part. The first part that cannot stand where it was put is kept as the
/// error of the message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeaderValue {
    text: String,
    error: Option<BuildError>,
}

impl HeaderValue {
    /// A value that begins with `text`: an event package, a media type, a state.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), error: None }
    }

    /// `<uri>` (RFC 3261 §25.1 `name-addr`).
    #[must_use]
    pub fn address(uri: impl Display) -> Self {
        Self::new("").with_uri(&uri.to_string())
    }

    /// `"name" <uri>`.
    #[must_use]
    pub fn named(name: &str, uri: impl Display) -> Self {
        Self::new(format!("{} ", quoted(name))).with_uri(&uri.to_string())
    }

    /// `SIP/2.0/transport sent-by` (RFC 3261 §20.42); `sent_by` is a socket address, or a name with perhaps a port.
    #[must_use]
    pub fn via(transport: &str, sent_by: impl Display) -> Self {
        let mut value = Self::new(format!("SIP/2.0/{transport} {sent_by}"));
        value.note(token(transport));
        value
    }

    /// The same with a branch of RFC 3261: `z9hG4bK` and `word` (§8.1.1.7).
    #[must_use]
    pub fn with_branch(self, word: &str) -> Self {
        self.with_param("branch", &format!("{}{word}", crate::typed::BRANCH_COOKIE))
    }

    /// The same with `;name=value`; what is neither a token nor a host is quoted.
    #[must_use]
    pub fn with_param(self, name: &str, value: &str) -> Self {
        let is_word = !value.is_empty() && value.bytes().all(is_token);
        if is_word || whole(value.as_bytes(), Host::grammar).is_ok_and(|host| host.text == value) {
            return self.with(name, &format!("={value}"));
        }
        self.with_quoted(name, value)
    }

    /// The same with `;name="value"`, escaped.
    #[must_use]
    pub fn with_quoted(self, name: &str, value: &str) -> Self {
        let value = format!("={}", quoted(value));
        self.with(name, &value)
    }

    /// The same with `;name`.
    #[must_use]
    pub fn with_flag(self, name: &str) -> Self {
        self.with(name, "")
    }

    pub(super) fn into_text(self) -> Result<String, BuildError> {
        self.error.map_or(Ok(self.text), Err)
    }

    fn with(mut self, name: &str, value: &str) -> Self {
        self.note(token(name));
        self.text.extend([";", name, value]);
        self
    }

    fn with_uri(mut self, uri: &str) -> Self {
        let read = Uri::parse(uri.as_bytes());
        self.note(read.map(|_| ()).map_err(|error| BuildError::not_a_uri(uri, error)));
        self.text.extend(["<", uri, ">"]);
        self
    }

    /// Keeps the first error.
    fn note(&mut self, outcome: Result<(), BuildError>) {
        if let Err(error) = outcome {
            self.error.get_or_insert(error);
        }
    }
}

impl From<&str> for HeaderValue {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(value: HeaderValue) -> String {
        value.into_text().unwrap()
    }

    #[test]
    fn what_is_no_token_is_quoted_and_escaped() {
        let value = HeaderValue::new("ua-profile")
            .with_param("profile-type", "device")
            .with_param("model", "VOIP; \"X\"")
            .with_quoted("version", "1")
            .with_param("received", "[2001:db8::1]")
            .with_param("empty", "")
            .with_flag("lr");
        assert_eq!(
            text(value),
            r#"ua-profile;profile-type=device;model="VOIP; \"X\"";version="1";received=[2001:db8::1];empty="";lr"#
        );
    }

    #[test]
    fn no_second_address_is_smuggled_into_the_first() {
        let forged = HeaderValue::address("sip:a@b>, <sip:c@d").into_text();
        assert!(matches!(forged, Err(BuildError::NotAUri { .. })));
        let forged = HeaderValue::new("a").with_flag("x;y").into_text();
        assert_eq!(forged, Err(BuildError::NotAToken { text: "x;y".into() }));
        let name = HeaderValue::named("a\" <sip:x>, \"", "sip:b");
        assert_eq!(text(name), r#""a\" <sip:x>, \"" <sip:b>"#);
    }
}
