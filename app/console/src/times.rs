//! Owns how points in time are said: how long ago, in steps of ten seconds so that the words stay true between two
//! looks, and exactly, in the time of the place.

use fingerpost_engine::Timestamp;
use jiff::tz::TimeZone;
use std::time::Duration;

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;
const STEP: i64 = 10;

/// `just now`, `20 s ago`, `5 min ago`, `3 h ago`, `22 Nov`.
pub(crate) fn ago(now: Timestamp, then: Timestamp) -> String {
    match age(now, then) {
        0..STEP => "just now".into(),
        seconds @ STEP..MINUTE => format!("{} s ago", seconds / STEP * STEP),
        seconds @ MINUTE..HOUR => format!("{} min ago", seconds / MINUTE),
        seconds @ HOUR..DAY => format!("{} h ago", seconds / HOUR),
        _ => shown(then, "%-d %b"),
    }
}

/// When the words for a point in time change next.
pub(crate) fn next_change(now: Timestamp, then: Timestamp) -> Duration {
    let age = age(now, then);
    let step = if age < MINUTE { STEP } else { MINUTE };
    Duration::from_secs(u64::try_from(step - age % step).unwrap_or(60))
}

/// `14:02:11.204`
pub(crate) fn exact(then: Timestamp) -> String {
    shown(then, "%H:%M:%S%.3f")
}

/// `22 Nov 2026 14:02:11.204`
pub(crate) fn exact_with_day(then: Timestamp) -> String {
    shown(then, "%-d %b %Y %H:%M:%S%.3f")
}

/// Milliseconds from one to the other, as words: `+12 ms`, `+3.5 s`.
pub(crate) fn later(earlier: Timestamp, then: Timestamp) -> String {
    let millis = then.as_millis().saturating_sub(earlier.as_millis()).max(0);
    if millis < 1000 {
        format!("+{millis} ms")
    } else {
        format!("+{}.{} s", millis / 1000, millis % 1000 / 100)
    }
}

/// Milliseconds since the first, as words.
pub(crate) fn after(millis: u64) -> String {
    let millis = i64::try_from(millis).unwrap_or(i64::MAX);
    later(Timestamp::from_millis(0), Timestamp::from_millis(millis))
}

fn age(now: Timestamp, then: Timestamp) -> i64 {
    (now.as_millis().saturating_sub(then.as_millis()) / 1000).max(0)
}

fn shown(then: Timestamp, format: &str) -> String {
    let time = jiff::Timestamp::from_millisecond(then.as_millis()).unwrap_or_default();
    time.to_zoned(TimeZone::system()).strftime(format).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn at(seconds: i64) -> Timestamp {
        Timestamp::from_millis(seconds * 1000)
    }

    #[test]
    fn the_past_is_said_in_steps() {
        let said = |seconds: i64| ago(at(100_000), at(100_000 - seconds));
        assert_eq!(said(-5), "just now");
        assert_eq!(said(9), "just now");
        assert_eq!(said(29), "20 s ago");
        assert_eq!(said(61), "1 min ago");
        assert_eq!(said(7200), "2 h ago");
    }

    #[test]
    fn words_are_looked_at_again_when_they_change() {
        assert_eq!(next_change(at(100), at(97)), Duration::from_secs(7));
        assert_eq!(next_change(at(200), at(130)), Duration::from_secs(50));
    }

    #[test]
    fn steps_of_an_exchange_are_said_from_its_begin() {
        assert_eq!(later(Timestamp::from_millis(5), Timestamp::from_millis(17)), "+12 ms");
        assert_eq!(later(Timestamp::from_millis(0), Timestamp::from_millis(3560)), "+3.5 s");
    }
}
