//! Owns what a segment does to datagrams. Knows no hosts.

use crate::Dice;
use std::time::Duration;

/// How well a segment carries datagrams. Each receiver's copy has its own luck.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Link {
    delay: Duration,
    jitter: Duration,
    loss: u16,
    duplicate: u16,
    reorder: u16,
    held: Duration,
}

impl Default for Link {
    /// A good switch: 0.2 ms, nothing lost, nothing doubled, nothing overtaken.
    fn default() -> Self {
        let delay = Duration::from_micros(200);
        let nothing = Duration::ZERO;
        Self { delay, jitter: nothing, loss: 0, duplicate: 0, reorder: 0, held: nothing }
    }
}

impl Link {
    /// The same, losing `per_mille` of all copies.
    #[must_use]
    pub const fn with_loss(mut self, per_mille: u16) -> Self {
        self.loss = per_mille;
        self
    }

    /// The same, delivering `per_mille` of all copies twice.
    #[must_use]
    pub const fn with_duplicates(mut self, per_mille: u16) -> Self {
        self.duplicate = per_mille;
        self
    }

    /// The same, holding `per_mille` of all copies back for `held`, so that later ones overtake them.
    #[must_use]
    pub const fn with_reordering(mut self, per_mille: u16, held: Duration) -> Self {
        self.reorder = per_mille;
        self.held = held;
        self
    }

    /// The same with another delay, the same for all copies.
    #[must_use]
    pub const fn with_delay(mut self, delay: Duration) -> Self {
        self.delay = delay;
        self
    }

    /// The same, adding to each copy's delay a time up to `longest`.
    #[must_use]
    pub const fn with_jitter(mut self, longest: Duration) -> Self {
        self.jitter = longest;
        self
    }

    /// How long each copy takes that one receiver gets: none where it is lost, two where it is doubled.
    pub fn journeys(&self, dice: &mut Dice) -> Vec<Duration> {
        if dice.falls(self.loss) {
            return Vec::new();
        }
        let copies = 1 + usize::from(dice.falls(self.duplicate));
        (0..copies).map(|_| self.journey(dice)).collect()
    }

    fn journey(&self, dice: &mut Dice) -> Duration {
        let held = if dice.falls(self.reorder) { self.held } else { Duration::ZERO };
        self.delay + dice.up_to(self.jitter) + held
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_does_what_it_was_told() {
        let mut dice = Dice::new(1);
        let good = Link::default();
        assert_eq!(good.journeys(&mut dice), [Duration::from_micros(200)]);
        assert!(good.with_loss(1_000).journeys(&mut dice).is_empty());
        assert_eq!(good.with_duplicates(1_000).journeys(&mut dice).len(), 2);
        let held = good.with_reordering(1_000, Duration::from_millis(9)).journeys(&mut dice);
        assert_eq!(held, [Duration::from_micros(9_200)]);
    }
}
