//! Owns the times of RFC 3261 §17.1.1.1 and what is made of them. Knows no message.

use core::time::Duration;

/// The times that a transaction keeps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Timers {
    /// Estimate of the round trip. Default 0.5 s.
    pub t1: Duration,
    /// The longest pause between two sendings. Default 4 s.
    pub t2: Duration,
    /// How long a message may stay in the network. Default 5 s.
    pub t4: Duration,
    /// Whether the transport delivers by itself (TCP, TLS): nothing is sent twice then.
    pub is_reliable: bool,
}

impl Timers {
    /// The defaults of RFC 3261 over UDP.
    pub const UDP: Self = Self {
        t1: Duration::from_millis(500),
        t2: Duration::from_secs(4),
        t4: Duration::from_secs(5),
        is_reliable: false,
    };

    /// The defaults of RFC 3261 over TCP or TLS.
    pub const STREAM: Self = Self { is_reliable: true, ..Self::UDP };

    /// The same with another T1.
    #[must_use]
    pub const fn with_t1(mut self, t1: Duration) -> Self {
        self.t1 = t1;
        self
    }

    /// Timer F: when a client gives up.
    #[must_use]
    pub const fn timer_f(&self) -> Duration {
        self.t1.saturating_mul(64)
    }

    /// Timer J: how long a server answers repeated requests.
    #[must_use]
    pub const fn timer_j(&self) -> Duration {
        if self.is_reliable { Duration::ZERO } else { self.t1.saturating_mul(64) }
    }

    /// Timer K: how long a client takes up repeated responses.
    #[must_use]
    pub const fn timer_k(&self) -> Duration {
        if self.is_reliable { Duration::ZERO } else { self.t4 }
    }
}

impl Default for Timers {
    fn default() -> Self {
        Self::UDP
    }
}

/// Timer E (RFC 3261 §17.1.2.2): the pauses between two sendings of a request. T1, then twice as long each time, at
/// most T2.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TimerE {
    next: Duration,
    longest: Duration,
}

impl TimerE {
    /// The pauses of a request that was just sent for the first time.
    #[must_use]
    pub const fn new(timers: &Timers) -> Self {
        Self { next: timers.t1, longest: timers.t2 }
    }

    /// The pause that begins now.
    #[must_use]
    pub fn pause(&mut self) -> Duration {
        let pause = self.next.min(self.longest);
        self.next = pause.saturating_mul(2);
        pause
    }

    /// Every pause that follows is the longest: a provisional response came.
    pub const fn slow_down(&mut self) {
        self.next = self.longest;
    }
}
