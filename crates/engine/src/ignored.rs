//! Owns how often "ignored" is said: once a second for each source and reason, with a count, however much comes.
//! Bounded: beyond a number of sources they are counted together. Knows no datagram.

use fingerpost_core::Instant;
use std::collections::BTreeMap;
use std::time::Duration;

const PAUSE: Duration = Duration::from_secs(1);
/// Sources and reasons told apart at once.
const MOST: usize = 512;
const OTHERS: &str = "others";

/// What is to be said: source, reason, how many.
pub(crate) type Notice = (String, String, u64);

#[derive(Debug, Default)]
pub(crate) struct IgnoredNotices {
    entries: BTreeMap<(String, String), Entry>,
    /// When the first entry may be said again.
    earliest: Option<Instant>,
    total: u64,
    passed_over: u64,
}

#[derive(Debug, Clone, Copy)]
struct Entry {
    /// When it may be said again.
    quiet_until: Instant,
    unsaid: u64,
}

impl IgnoredNotices {
    /// Counts one; what is to be said about it at once, if anything.
    pub(crate) fn count(&mut self, now: Instant, source: String, reason: String) -> Option<Notice> {
        self.total += 1;
        let mut key = (source, reason);
        if !self.entries.contains_key(&key) && self.entries.len() >= MOST {
            key = (OTHERS.into(), "more sources than are told apart".into());
        }
        if let Some(entry) = self.entries.get_mut(&key) {
            entry.unsaid += 1;
            self.passed_over += 1;
            return None;
        }
        self.entries.insert(key.clone(), Entry { quiet_until: now + PAUSE, unsaid: 0 });
        self.earliest = self.earliest.or(Some(now + PAUSE));
        Some((key.0, key.1, 1))
    }

    /// What is to be said now of what was counted meanwhile.
    pub(crate) fn due(&mut self, now: Instant) -> Vec<Notice> {
        let mut notices = Vec::new();
        if self.earliest.is_none_or(|earliest| earliest > now) {
            return notices;
        }
        self.entries.retain(|(source, reason), entry| {
            if entry.quiet_until > now {
                return true;
            }
            if entry.unsaid == 0 {
                return false;
            }
            notices.push((source.clone(), reason.clone(), entry.unsaid));
            *entry = Entry { quiet_until: now + PAUSE, unsaid: 0 };
            true
        });
        self.earliest = self.entries.values().map(|entry| entry.quiet_until).min();
        notices
    }

    /// When [`IgnoredNotices::due`] has something to do next.
    pub(crate) const fn next_due(&self) -> Option<Instant> {
        self.earliest
    }

    /// How many were counted and not said at once.
    pub(crate) const fn passed_over(&self) -> u64 {
        self.passed_over
    }

    /// How many in all.
    pub(crate) const fn total(&self) -> u64 {
        self.total
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(notices: &mut IgnoredNotices, millis: u64, source: &str) -> Option<u64> {
        notices
            .count(Instant::from_millis(millis), source.into(), "noise".into())
            .map(|notice| notice.2)
    }

    #[test]
    fn the_first_is_said_at_once_and_the_rest_once_a_second_with_their_count() {
        let mut notices = IgnoredNotices::default();
        assert_eq!(count(&mut notices, 0, "a"), Some(1));
        assert_eq!(count(&mut notices, 10, "a"), None);
        assert_eq!(count(&mut notices, 20, "a"), None);
        assert_eq!(count(&mut notices, 20, "b"), Some(1));
        assert_eq!(notices.next_due(), Some(Instant::from_millis(1000)));
        assert_eq!(notices.due(Instant::from_millis(1000)), [("a".into(), "noise".into(), 2)]);
        assert_eq!(notices.due(Instant::from_millis(1500)), []);
        assert_eq!(notices.due(Instant::from_millis(2100)), []);
        assert_eq!(notices.next_due(), None);
        assert_eq!(count(&mut notices, 3000, "a"), Some(1));
        assert_eq!(notices.total(), 5);
    }

    #[test]
    fn a_flood_of_sources_is_counted_together() {
        let mut notices = IgnoredNotices::default();
        let said =
            (0..10_000).filter_map(|n| count(&mut notices, 0, &format!("10.0.0.{n}"))).count();
        assert_eq!(said, MOST + 1);
        let due = notices.due(Instant::from_millis(1000));
        assert_eq!(
            due,
            [(
                "others".into(),
                "more sources than are told apart".into(),
                10_000 - MOST as u64 - 1
            )]
        );
    }
}
