//! Owns how many refusals a source gets in a second, and all sources together. Bounded: beyond a number of sources they
//! share one budget. Knows no message.

use crate::time::Instant;
use alloc::collections::BTreeMap;
use core::net::IpAddr;
use core::time::Duration;

const WINDOW: Duration = Duration::from_secs(1);
/// Of one source in a window. A server that probes us sends fewer, a flood gets no echo.
const MOST_OF_ONE: u32 = 8;
/// Of all sources in a window.
const MOST: u32 = 256;

/// Counts by windows; each begins with the first refusal after the last one's end.
#[derive(Debug, Default)]
pub(super) struct Limit {
    ends: Instant,
    sources: BTreeMap<IpAddr, u32>,
    all: u32,
}

impl Limit {
    /// Whether one more may be sent to `source`; counts it.
    pub(super) fn allows(&mut self, now: Instant, source: IpAddr) -> bool {
        if self.ends <= now {
            *self = Self { ends: now + WINDOW, sources: BTreeMap::new(), all: 0 };
        }
        if self.all >= MOST {
            return false;
        }
        let count = self.sources.entry(source).or_default();
        let is_allowed = *count < MOST_OF_ONE;
        *count += u32::from(is_allowed);
        self.all += u32::from(is_allowed);
        is_allowed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_source_gets_few_and_all_together_not_many_a_second() {
        let mut limit = Limit::default();
        let mut allowed = |millis, source: u16| {
            let [a, b] = source.to_be_bytes();
            limit.allows(Instant::from_millis(millis), IpAddr::from([10, 0, a, b]))
        };
        assert_eq!((0..100).filter(|_| allowed(0, 1)).count(), 8);
        assert_eq!((2..2000).filter(|source| allowed(500, *source)).count(), 248);
        assert!(!allowed(999, 7) && allowed(1000, 1));
    }
}
