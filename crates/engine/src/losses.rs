//! Owns whether datagrams are being lost: what is long past is no trouble now. Counts nothing itself.

use fingerpost_core::Instant;
use std::time::Duration;

/// So long after the last loss it is one that goes on.
const WHILE: Duration = Duration::from_mins(1);

#[derive(Debug, Default)]
pub(crate) struct Losses {
    known: u64,
    last: Option<Instant>,
}

impl Losses {
    /// So many were lost in all until `now`.
    pub(crate) fn see(&mut self, now: Instant, total: u64) {
        if total > self.known {
            (self.known, self.last) = (total, Some(now));
        }
    }

    pub(crate) fn go_on(&self, now: Instant) -> bool {
        self.last.is_some_and(|last| now.since(last) < WHILE)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_loss_is_a_trouble_for_a_minute() {
        let second = |number: u64| Instant::from_micros(number * 1_000_000);
        let mut losses = Losses::default();
        losses.see(second(1), 0);
        assert!(!losses.go_on(second(1)));
        losses.see(second(2), 5);
        losses.see(second(30), 5);
        assert!(losses.go_on(second(61)) && !losses.go_on(second(62)));
        losses.see(second(70), 6);
        assert!(losses.go_on(second(71)));
    }
}
