//! Times all peers in turns, so that a noisy moment hits everyone alike, and keeps each one's fastest turn.

use std::time::{Duration, Instant};

/// One turn is at least this long, so that the clock's own cost does not show.
const TURN: Duration = Duration::from_micros(500);

/// A thing to be timed.
pub struct Work<'w> {
    run: Box<dyn Fn() + 'w>,
    times: u32,
    /// Nanoseconds of each turn, a run.
    turns: Vec<f64>,
}

/// What the turns say.
#[derive(Debug, Clone, Copy)]
pub struct Timed {
    /// Nanoseconds of the fastest turn.
    pub fastest: f64,
    /// Nanoseconds of the middle turn: how far it lies above the fastest is the noise.
    pub median: f64,
}

impl<'w> Work<'w> {
    pub fn new(run: impl Fn() + 'w) -> Self {
        let mut work = Self { run: Box::new(run), times: 1, turns: Vec::new() };
        while work.turn() < TURN {
            work.times *= 2;
        }
        work
    }

    fn turn(&self) -> Duration {
        let begun = Instant::now();
        for _ in 0..self.times {
            (self.run)();
        }
        begun.elapsed()
    }
}

/// `rounds` turns of each, one after the other.
pub fn interleaved(mut works: Vec<Work<'_>>, rounds: u32) -> Vec<Timed> {
    for _ in 0..rounds {
        for work in &mut works {
            let nanoseconds = work.turn().as_secs_f64() * 1e9;
            work.turns.push(nanoseconds / f64::from(work.times));
        }
    }
    works.into_iter().map(|work| timed(work.turns)).collect()
}

fn timed(mut turns: Vec<f64>) -> Timed {
    turns.sort_by(f64::total_cmp);
    let at = |index: usize| turns.get(index).copied().unwrap_or(f64::NAN);
    Timed { fastest: at(0), median: at(turns.len() / 2) }
}
