//! Owns times in a line of a log, in the spellings that logs have. What a log leaves open stays open.

use crate::{Clock, Time};
use std::time::Duration;

const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const A_DAY: i64 = 86_400;

/// The first time in a line.
pub(super) fn first(line: &[u8]) -> Option<Time> {
    let line = String::from_utf8_lossy(line.get(..line.len().min(200))?);
    of_day(&line).or_else(|| seconds(&line)).or_else(|| digits(&line))
}

/// `hh:mm:ss` with a fraction, and the date that stands before it.
fn of_day(line: &str) -> Option<Time> {
    let bytes = line.as_bytes();
    let (start, end) = (0..bytes.len()).find_map(|at| clock_at(bytes, at).map(|end| (at, end)))?;
    let mut parts = line[start..end].split(':').map(str::parse::<u64>);
    let mut next = || parts.next()?.ok();
    let (hour, minute, second) = (next()?, next()?, next()?);
    if hour > 23 || minute > 59 || second > 60 {
        return None;
    }
    let (fraction, end) = fraction(line, end);
    let since = Duration::from_secs(hour * 3600 + minute * 60 + second) + fraction;
    let Some((year, month, day)) = date_before(&line[..start]) else {
        return Some(Time { clock: Clock::OfDay, since });
    };
    let time = Time::of_date(year, month, day, since)?;
    match zone(&line[end..]).filter(|_| time.clock == Clock::Local) {
        Some(offset) => in_utc(time, offset),
        None => Some(time),
    }
}

/// Where a time of day ends that begins at `at`.
fn clock_at(line: &[u8], at: usize) -> Option<usize> {
    let is_free = at == 0
        || !(line[at - 1].is_ascii_alphanumeric() && line[at - 1] != b'T') && line[at - 1] != b':';
    let digits = |at: usize| line[at..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    let hour = digits(at);
    let end = at + hour;
    let is_pair = |at: usize| line.get(at) == Some(&b':') && at < line.len() && digits(at + 1) == 2;
    let is_time = is_free && (1..=2).contains(&hour) && is_pair(end) && is_pair(end + 3);
    // A hardware address goes on so.
    let goes_on = line.get(end + 6) == Some(&b':')
        && line.get(end + 7).is_some_and(u8::is_ascii_hexdigit)
        && line.get(end + 9) == Some(&b':');
    (is_time && !goes_on).then_some(end + 6)
}

/// Digits behind `.`, `,` or `:` and where they end.
fn fraction(line: &str, at: usize) -> (Duration, usize) {
    let bytes = line.as_bytes();
    let count = match bytes.get(at) {
        Some(b'.' | b',' | b':') => {
            bytes[at + 1..].iter().take_while(|byte| byte.is_ascii_digit()).count().min(9)
        }
        _ => 0,
    };
    let Some(number) = line.get(at + 1..at + 1 + count).and_then(|text| text.parse::<u64>().ok())
    else {
        return (Duration::ZERO, at);
    };
    let power = 9 - u32::try_from(count).unwrap_or(9);
    (Duration::from_nanos(number * 10_u64.pow(power)), at + 1 + count)
}

/// `2026-03-01`, `2026/03/01`, `1/3/2026` or `Mar  1` at the end of `text`.
fn date_before(text: &str) -> Option<(Option<i64>, u64, u64)> {
    let text = text.trim_end_matches([' ', 'T', '\t', ',', '[']);
    let word_start = text.rfind([' ', '[', '(', '|', '"', '<', '\t']).map_or(0, |at| at + 1);
    let word = &text[word_start..];
    let parts: Vec<&str> = word.split(['-', '/', '.']).collect();
    let number = |index: usize| parts.get(index)?.parse::<u64>().ok();
    let year = |index: usize| parts.get(index).filter(|text| text.len() == 4)?.parse::<i64>().ok();
    match parts.len() {
        3 if year(0).is_some() => Some((year(0), number(1)?, number(2)?)),
        3 if year(2).is_some() => Some((year(2), number(1)?, number(0)?)),
        1 => {
            let before = text[..word_start].trim_end();
            let name = before.get(before.len().checked_sub(3)?..)?.to_ascii_lowercase();
            let month = MONTHS.iter().position(|month| *month == name)?;
            Some((None, u64::try_from(month).ok()? + 1, number(0)?))
        }
        _ => None,
    }
}

/// `Z`, `+01:00` or `+0100` behind a time, in seconds.
fn zone(text: &str) -> Option<i64> {
    if text.starts_with('Z') {
        return Some(0);
    }
    let text = text.trim_start();
    let sign = match text.as_bytes().first()? {
        b'+' => 1,
        b'-' => -1,
        _ => return None,
    };
    let digits: String =
        text[1..].chars().filter(|c| *c != ':').take_while(char::is_ascii_digit).take(4).collect();
    let number: i64 = (digits.len() == 4).then(|| digits.parse().ok())??;
    let seconds = (number / 100) * 3600 + (number % 100) * 60;
    (seconds < A_DAY).then_some(sign * seconds)
}

fn in_utc(time: Time, offset: i64) -> Option<Time> {
    let seconds = time.since.as_secs().checked_add_signed(-offset)?;
    Some(Time::utc(Duration::new(seconds, time.since.subsec_nanos())))
}

/// Seconds since 1970 with a fraction, at the start of a line: `tcpdump -tt`.
fn seconds(line: &str) -> Option<Time> {
    let word = line.trim_start_matches(['[', '(']).split([' ', ']', ')']).next()?;
    let (whole, part) = word.split_once('.')?;
    let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.len() != 10 || !is_number(whole) || !(3..=9).contains(&part.len()) || !is_number(part)
    {
        return None;
    }
    let (fraction, _) = fraction(word, whole.len());
    Some(Time::utc(Duration::from_secs(whole.parse().ok()?) + fraction))
}

/// `0301100000.123|` at the start of a line: month, day, hour, minute and second in one, as Polycom writes them.
fn digits(line: &str) -> Option<Time> {
    let word = line.split('|').next().filter(|word| word.len() < line.len())?;
    let word = word.rsplit(' ').next()?;
    let number = |from: usize| word.get(from..from + 2)?.parse::<u64>().ok();
    let is_time =
        word.len() >= 10 && word.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    let (hour, minute, second) = (number(4)?, number(6)?, number(8)?);
    if !is_time || hour > 23 || minute > 59 || second > 60 {
        return None;
    }
    let (fraction, _) = fraction(word, 10);
    let since = Duration::from_secs(hour * 3600 + minute * 60 + second) + fraction;
    Time::of_date(None, number(0)?, number(2)?, since)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> String {
        first(line.as_bytes()).map_or("none".into(), |time| time.to_string())
    }

    #[test]
    fn times_are_read_as_far_as_they_are_told() {
        assert_eq!(read("[2026-03-01 10:00:00] VERBOSE[12]"), "2026-03-01T10:00:00");
        assert_eq!(read("[Mar  1 10:00:00.250] VERBOSE[12]"), "--03-01T10:00:00.250");
        assert_eq!(
            read("<134>1 2026-03-01T10:00:00.123456+01:00 host"),
            "2026-03-01T09:00:00.123456Z"
        );
        assert_eq!(
            read("Sent to udp:a:5060 at 1/3/2026 10:00:00:066 (5 bytes):"),
            "2026-03-01T10:00:00.066"
        );
        assert_eq!(
            read("U 2026/03/01 10:00:00.000001 192.0.2.7:5060"),
            "2026-03-01T10:00:00.000001"
        );
        assert_eq!(read("from udp/[192.0.2.7]:5060 at 10:00:00.5:"), "10:00:00.500");
        assert_eq!(read("1700000000.123456 IP a"), "2023-11-14T22:13:20.123456Z");
        assert_eq!(read("0301100000.123|sip  |1|00|INVITE"), "--03-01T10:00:00.123");
    }

    #[test]
    fn what_only_looks_like_a_time_is_none() {
        for line in ["00:0b:82:00:a1:be says", "25:00:00", "port 5060:12", "Via: SIP/2.0/UDP"] {
            assert_eq!(read(line), "none", "{line}");
        }
    }
}
