//! Owns what a source tells of a message beside its bytes: when it crossed the wire, from where to where, and how.
//! Knows no clock and no zone: what a log leaves open stays open.

use std::fmt;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

/// When and where a message crossed the wire, as far as the source tells.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Origin {
    /// When.
    pub time: Option<Time>,
    /// Who sent it.
    pub from: Option<SocketAddr>,
    /// To whom.
    pub to: Option<SocketAddr>,
    /// Over what.
    pub transport: Option<Transport>,
    /// The card, where the source names one.
    pub interface: Option<Arc<str>>,
    /// The packet of a capture file in which its last byte stands, counted from 1 as Wireshark counts.
    pub frame: Option<u64>,
}

impl Origin {
    /// Whether nothing is known.
    #[must_use]
    pub fn is_unknown(&self) -> bool {
        *self == Self::default()
    }
}

/// The time of each origin in microseconds, on one clock: that of the first one that tells a time. One that is told
/// otherwise (a time of day beside a date) cannot be compared and is none.
pub fn times<'a>(origins: impl Iterator<Item = &'a Origin> + Clone) -> Vec<Option<u64>> {
    on_one_clock(origins.map(|origin| origin.time)).collect()
}

/// The same of the times alone, one after the other.
pub fn on_one_clock(
    times: impl Iterator<Item = Option<Time>> + Clone,
) -> impl Iterator<Item = Option<u64>> {
    let clock = times.clone().flatten().next().map(|time| time.clock);
    let micros = |time: Time| u64::try_from(time.since.as_micros()).ok();
    times.map(move |time| time.filter(|time| Some(time.clock) == clock).and_then(micros))
}

/// What carried a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Transport {
    /// A datagram.
    Udp,
    /// A stream.
    Tcp,
    /// An encrypted stream, of which a log tells.
    Tls,
    /// A WebSocket, of which a log tells.
    WebSocket,
}

impl Transport {
    /// The word for it in machine output: `udp`, `tcp`, `tls`, `ws`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Udp => "udp",
            Self::Tcp => "tcp",
            Self::Tls => "tls",
            Self::WebSocket => "ws",
        }
    }

    /// The transport with this name, in any case; `wss` is a WebSocket, too.
    #[must_use]
    pub fn named(name: &[u8]) -> Option<Self> {
        let is = |known: &str| name.eq_ignore_ascii_case(known.as_bytes());
        match () {
            () if is("udp") => Some(Self::Udp),
            () if is("tcp") => Some(Self::Tcp),
            () if is("tls") => Some(Self::Tls),
            () if is("ws") || is("wss") => Some(Self::WebSocket),
            () => None,
        }
    }
}

/// How much of a time the source tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Clock {
    /// All of it: a point in time.
    Utc,
    /// Date and time of day in a zone that is not told.
    Local,
    /// The same without the year.
    WithoutYear,
    /// The time of day alone.
    OfDay,
}

/// A time as a source tells it. Written as ISO 8601: `2026-03-01T10:00:00.250Z`, without the `Z` where the zone is not
/// told, `--03-01T10:00:00` without the year, `10:00:00` without the date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Time {
    /// How much of it is told.
    pub clock: Clock,
    /// Since 1970-01-01 00:00:00 in that zone; since midnight for a time of day, since 1972-01-01 without a year.
    pub since: Duration,
}

/// A year that has every day: what stands in place of a year that is not told.
const LEAP_YEAR: i64 = 1972;
const SECONDS_A_DAY: u64 = 86_400;

impl Time {
    /// A point in time.
    #[must_use]
    pub const fn utc(since: Duration) -> Self {
        Self { clock: Clock::Utc, since }
    }

    /// Since 1970-01-01 00:00:00 UTC, where that is known.
    #[must_use]
    pub fn since_epoch(&self) -> Option<Duration> {
        (self.clock == Clock::Utc).then_some(self.since)
    }

    /// The time of this date; `None` for a year, `None` altogether where there is no such day.
    pub(crate) fn of_date(
        year: Option<i64>,
        month: u64,
        day: u64,
        of_day: Duration,
    ) -> Option<Self> {
        let clock = if year.is_some() { Clock::Local } else { Clock::WithoutYear };
        let year = year.unwrap_or(LEAP_YEAR);
        let is_date = (1970..10_000).contains(&year) && (1..=12).contains(&month);
        let days = is_date.then(|| days_before(year, month))?.checked_add(day.checked_sub(1)?)?;
        let start = if clock == Clock::Local { 0 } else { days_before(LEAP_YEAR, 1) };
        let date = civil(days);
        let since = Duration::from_secs((days - start) * SECONDS_A_DAY) + of_day;
        (date == (year, month, day)).then_some(Self { clock, since })
    }
}

impl fmt::Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (seconds, nanoseconds) = (self.since.as_secs(), self.since.subsec_nanos());
        let days = seconds / SECONDS_A_DAY;
        match self.clock {
            Clock::OfDay => {}
            Clock::WithoutYear => {
                let (_, month, day) = civil(days + days_before(LEAP_YEAR, 1));
                write!(f, "--{month:02}-{day:02}T")?;
            }
            Clock::Utc | Clock::Local => {
                let (year, month, day) = civil(days);
                write!(f, "{year:04}-{month:02}-{day:02}T")?;
            }
        }
        let (hour, minute, second) = (seconds / 3600 % 24, seconds / 60 % 60, seconds % 60);
        write!(f, "{hour:02}:{minute:02}:{second:02}")?;
        fraction(f, nanoseconds)?;
        if self.clock == Clock::Utc { f.write_str("Z") } else { Ok(()) }
    }
}

/// In groups of three digits, as many as there are.
fn fraction(f: &mut fmt::Formatter<'_>, nanoseconds: u32) -> fmt::Result {
    match nanoseconds {
        0 => Ok(()),
        n if n % 1_000_000 == 0 => write!(f, ".{:03}", n / 1_000_000),
        n if n % 1_000 == 0 => write!(f, ".{:06}", n / 1_000),
        n => write!(f, ".{n:09}"),
    }
}

/// Days from 1970-01-01 to the first of the month (proleptic Gregorian calendar).
fn days_before(year: i64, month: u64) -> u64 {
    let year = if month <= 2 { year - 1 } else { year };
    let (era, of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let shifted = i64::try_from((month + 9) % 12).unwrap_or_default();
    let of_year = (153 * shifted + 2) / 5;
    let days = era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468;
    u64::try_from(days).unwrap_or_default()
}

/// Year, month and day of a number of days since 1970-01-01.
fn civil(days: u64) -> (i64, u64, u64) {
    let days = days + 719_468;
    let (era, of_era) = (days / 146_097, days % 146_097);
    let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let shifted = (5 * of_year + 2) / 153;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    let year = year + era * 400 + u64::from(month <= 2);
    (i64::try_from(year).unwrap_or(i64::MAX), month, of_year - (153 * shifted + 2) / 5 + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(time: Option<Time>) -> String {
        time.map_or("none".into(), |time| time.to_string())
    }

    #[test]
    fn a_time_is_written_as_far_as_it_is_known() {
        let of_day = Duration::new(36_001, 250_000_000);
        assert_eq!(
            Time::utc(Duration::new(1_700_000_000, 5_000)).to_string(),
            "2023-11-14T22:13:20.000005Z"
        );
        assert_eq!(written(Time::of_date(Some(2026), 3, 1, of_day)), "2026-03-01T10:00:01.250");
        assert_eq!(written(Time::of_date(None, 2, 29, of_day)), "--02-29T10:00:01.250");
        assert_eq!(Time { clock: Clock::OfDay, since: of_day }.to_string(), "10:00:01.250");
    }

    #[test]
    fn times_count_on_the_clock_of_the_first_that_is_told() {
        let at = |clock, seconds| Origin {
            time: Some(Time { clock, since: Duration::from_secs(seconds) }),
            ..Origin::default()
        };
        let origins =
            [Origin::default(), at(Clock::Utc, 2), at(Clock::OfDay, 3), at(Clock::Utc, 4)];
        assert_eq!(times(origins.iter()), [None, Some(2_000_000), None, Some(4_000_000)]);
    }

    #[test]
    fn there_are_no_days_that_the_calendar_lacks() {
        assert_eq!(written(Time::of_date(Some(2026), 2, 29, Duration::ZERO)), "none");
        assert_eq!(written(Time::of_date(Some(2026), 13, 1, Duration::ZERO)), "none");
        assert_eq!(written(Time::of_date(Some(2026), 1, 0, Duration::ZERO)), "none");
        assert_eq!(
            written(Time::of_date(Some(2000), 2, 29, Duration::ZERO)),
            "2000-02-29T00:00:00"
        );
    }
}
