//! Owns the two shapes of an answer and their names. Knows no sockets, no policy.

use core::fmt;
use core::str::FromStr;

/// How the 200 and the NOTIFY are shaped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "lowercase"))]
#[allow(
    clippy::exhaustive_enums,
    reason = "two shapes and the choice between them: closed by design"
)]
pub enum Dialect {
    /// As RFC 3261 and RFC 6665 ask: To tag, own Via and branch, From and To swapped, bare Event.
    Rfc,
    /// As the AudioCodes 400HD manual prints it: the phone's own Via, From and To unswapped, Event echoed.
    Manual,
    /// [`Dialect::Rfc`] first; once the phone refuses, stays silent or asks again, the other one.
    #[default]
    Auto,
}

impl Dialect {
    /// What is known to work for `vendor` (canonical lower-case name); [`Dialect::Auto`] where nothing is known. See
    /// [`super::practice`].
    #[must_use]
    pub fn for_vendor(vendor: Option<&str>) -> Self {
        super::practice::of(vendor, None).dialect
    }

    /// The word used in policies and events.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Rfc => "rfc",
            Self::Manual => "manual",
            Self::Auto => "auto",
        }
    }
}

/// The word names no dialect.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("unknown dialect: use rfc, manual or auto")]
#[non_exhaustive]
pub struct UnknownDialectError;

impl FromStr for Dialect {
    type Err = UnknownDialectError;

    fn from_str(text: &str) -> Result<Self, UnknownDialectError> {
        [Self::Rfc, Self::Manual, Self::Auto]
            .into_iter()
            .find(|dialect| dialect.name() == text)
            .ok_or(UnknownDialectError)
    }
}

impl fmt::Display for Dialect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_reads_back() {
        for dialect in [Dialect::Rfc, Dialect::Manual, Dialect::Auto] {
            assert_eq!(dialect.name().parse(), Ok(dialect));
        }
        assert_eq!("RFC".parse::<Dialect>(), Err(UnknownDialectError));
    }
}
