//! Owns time: the machines' own count of microseconds, and the wall clock that people read. The only place that reads
//! a clock.

use fingerpost_core::Instant;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::fmt;

/// A point in time as people read it; in JSON as RFC 3339, UTC, with milliseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[cfg_attr(test, ts(as = "String"))]
pub struct Timestamp(i64);

impl Timestamp {
    /// `millis` milliseconds after 1970-01-01 00:00 UTC.
    #[must_use]
    pub const fn from_millis(millis: i64) -> Self {
        Self(millis)
    }

    /// Milliseconds after 1970-01-01 00:00 UTC.
    #[must_use]
    pub const fn as_millis(self) -> i64 {
        self.0
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let time = jiff::Timestamp::from_millisecond(self.0).unwrap_or_default();
        write!(f, "{time:.3}")
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let time: jiff::Timestamp = text.parse().map_err(de::Error::custom)?;
        Ok(Self(time.as_millisecond()))
    }
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// Both kinds of time at once.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Clock {
    origin: tokio::time::Instant,
    started: i64,
}

impl Clock {
    pub(crate) fn start() -> Self {
        Self {
            origin: tokio::time::Instant::now(),
            started: jiff::Timestamp::now().as_millisecond(),
        }
    }

    /// The machines' time.
    pub(crate) fn now(&self) -> Instant {
        let micros = self.origin.elapsed().as_micros();
        Instant::from_micros(u64::try_from(micros).unwrap_or(u64::MAX))
    }

    /// When the runtime has to wake up for the machines' `at`.
    pub(crate) fn deadline(&self, at: Instant) -> tokio::time::Instant {
        self.origin + at.since(Instant::ZERO)
    }

    /// The same in microseconds after 1970-01-01 00:00 UTC.
    pub(crate) fn wall_micros(&self, at: Instant) -> i64 {
        let since = i64::try_from(at.as_micros()).unwrap_or(i64::MAX);
        self.started.saturating_mul(1000).saturating_add(since)
    }

    /// The wall clock at the machines' `at`. It runs on from the start, so that events never go back in time.
    pub(crate) fn wall(&self, at: Instant) -> Timestamp {
        let since = i64::try_from(at.as_micros() / 1_000).unwrap_or(i64::MAX);
        Timestamp(self.started.saturating_add(since))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_rfc_3339_in_utc_with_milliseconds() {
        assert_eq!(
            Timestamp::from_millis(1_795_381_200_007).to_string(),
            "2026-11-22T21:00:00.007Z"
        );
        assert_eq!(Timestamp::from_millis(0).to_string(), "1970-01-01T00:00:00.000Z");
    }
}
