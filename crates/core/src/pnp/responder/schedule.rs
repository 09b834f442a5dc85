//! Owns when a NOTIFY is sent, sent again and given up, and in which shape. Knows no bytes.

use crate::pnp::Dialect;
use core::time::Duration;

/// Offsets from the first NOTIFY at which it is sent: RFC 3261 §17.1.2.2 (Timer E: 0.5 s, doubling), cut short so
/// that a forged source address never becomes worth the trouble.
const TIMES: [Duration; 4] = [
    Duration::ZERO,
    Duration::from_millis(500),
    Duration::from_millis(1500),
    Duration::from_millis(3500),
];

/// When silence counts as an answer: the phone's own patience.
pub(super) const GIVE_UP: Duration = Duration::from_secs(5);

/// What remains to be sent to one phone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Schedule {
    dialect: Dialect,
    other: Option<Dialect>,
    has_turned: bool,
    is_auto: bool,
    sent: u8,
}

/// The next thing to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// Send the NOTIFY of this shape, freshly written.
    Write(Dialect),
    /// Send the same bytes again.
    Repeat,
    /// Nothing more is sent.
    Stop,
}

impl Schedule {
    /// A fixed shape keeps to itself; [`Dialect::Auto`] begins with `first` and turns to the other shape once.
    pub(super) fn new(dialect: Dialect, first: Dialect) -> Self {
        match dialect {
            Dialect::Auto => Self {
                dialect: first,
                other: Some(opposite(first)),
                has_turned: false,
                is_auto: dialect == Dialect::Auto,
                sent: 0,
            },
            fixed => Self {
                dialect: fixed,
                other: None,
                has_turned: false,
                is_auto: dialect == Dialect::Auto,
                sent: 0,
            },
        }
    }

    /// The shape in use.
    pub(super) const fn dialect(self) -> Dialect {
        self.dialect
    }

    /// Whether the shape was ours to choose.
    pub(super) const fn is_auto(self) -> bool {
        self.is_auto
    }

    /// How many have been sent.
    pub(super) const fn sent(self) -> u8 {
        self.sent
    }

    /// What is due now; counts it as done.
    pub(super) fn step(&mut self) -> Step {
        let step = match usize::from(self.sent) {
            0 => Step::Write(self.dialect),
            2 if self.other.is_some() => return self.turn(),
            sent if sent < TIMES.len() && !self.has_turned => Step::Repeat,
            _ => Step::Stop,
        };
        self.sent += u8::from(step != Step::Stop);
        step
    }

    /// Turns to the other shape at once, where there is one left: one NOTIFY, and no more.
    pub(super) fn turn(&mut self) -> Step {
        let Some(other) = self.other.take() else { return Step::Stop };
        self.dialect = other;
        self.has_turned = true;
        self.sent += 1;
        Step::Write(other)
    }

    /// Whether there is another shape left to turn to.
    pub(super) const fn can_turn(self) -> bool {
        self.other.is_some()
    }

    /// The offset from the first NOTIFY at which [`Schedule::step`] is due again.
    pub(super) fn next(self) -> Duration {
        match TIMES.get(usize::from(self.sent)) {
            Some(time) if !self.has_turned => *time,
            _ => GIVE_UP,
        }
    }
}

/// The other one of the two shapes.
pub(super) const fn opposite(dialect: Dialect) -> Dialect {
    match dialect {
        Dialect::Manual => Dialect::Rfc,
        Dialect::Rfc | Dialect::Auto => Dialect::Manual,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec::Vec;

    fn run(mut schedule: Schedule) -> Vec<(u128, Step)> {
        let mut steps = Vec::new();
        let mut at = Duration::ZERO;
        loop {
            let step = schedule.step();
            steps.push((at.as_millis(), step));
            if step == Step::Stop {
                return steps;
            }
            at = schedule.next();
        }
    }

    #[test]
    fn a_fixed_shape_is_sent_four_times_and_then_given_up() {
        let steps = run(Schedule::new(Dialect::Manual, Dialect::Rfc));
        let write = Step::Write(Dialect::Manual);
        assert_eq!(
            steps,
            [
                (0, write),
                (500, Step::Repeat),
                (1500, Step::Repeat),
                (3500, Step::Repeat),
                (5000, Step::Stop)
            ]
        );
    }

    #[test]
    fn auto_turns_once_to_the_other_shape() {
        let steps = run(Schedule::new(Dialect::Auto, Dialect::Rfc));
        let (rfc, manual) = (Step::Write(Dialect::Rfc), Step::Write(Dialect::Manual));
        assert_eq!(steps, [(0, rfc), (500, Step::Repeat), (1500, manual), (5000, Step::Stop)]);
    }

    #[test]
    fn a_refusal_turns_at_once_and_only_once() {
        let mut schedule = Schedule::new(Dialect::Auto, Dialect::Rfc);
        schedule.step();
        assert_eq!(schedule.turn(), Step::Write(Dialect::Manual));
        assert_eq!(schedule.turn(), Step::Stop);
        assert_eq!(schedule.next(), GIVE_UP);
    }
}
