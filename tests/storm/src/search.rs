//! Owns the search for the highest rate that is carried without loss: by doubling, then by halving the gap. Bounded.
//! Knows not what is tried.

/// Where the search begins.
const FIRST: u32 = 2_000;
/// Beyond this nothing here can send.
const MOST: u32 = 64_000;
/// Halvings of the gap between what went and what did not.
const HALVINGS: u32 = 3;

/// The highest rate for which `carries` gave something, and what it gave; `None` where even the lowest was too much.
pub(crate) fn highest<T, E>(
    mut carries: impl FnMut(u32) -> Result<Option<T>, E>,
) -> Result<Option<(u32, T)>, E> {
    let (mut best, mut rate) = (None, FIRST);
    let mut too_much = MOST;
    while rate < too_much {
        match carries(rate)? {
            Some(outcome) => best = Some((rate, outcome)),
            None => too_much = rate,
        }
        rate *= 2;
    }
    for _ in 0..HALVINGS {
        let low = best.as_ref().map_or(0, |(rate, _)| *rate);
        let rate = u32::midpoint(low, too_much);
        match carries(rate)? {
            Some(outcome) => best = Some((rate, outcome)),
            None => too_much = rate,
        }
    }
    Ok(best)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(limit: u32) -> (Option<u32>, u32) {
        let mut tries = 0;
        let found = highest(|rate| {
            tries += 1;
            Ok::<_, ()>((rate <= limit).then_some(()))
        });
        (found.unwrap_or_default().map(|(rate, ())| rate), tries)
    }

    #[test]
    fn finds_a_limit_to_an_eighth_of_it() {
        for limit in [2_500, 9_600, 16_000, 40_000] {
            let (rate, _) = found(limit);
            let rate = rate.unwrap_or_default();
            assert!(rate <= limit && rate > limit - limit / 8, "{rate} of {limit}");
        }
    }

    #[test]
    fn ends_whatever_is_carried() {
        for limit in [0, 1, 2_000, 64_000, u32::MAX] {
            let (rate, tries) = found(limit);
            assert!(tries <= 9, "{tries} tries for {limit}");
            assert!(rate.is_none_or(|rate| rate < MOST));
        }
        assert_eq!(found(100).0, None);
    }

    #[test]
    fn a_try_that_breaks_off_ends_the_search() {
        assert_eq!(highest(|_| Err::<Option<()>, _>("no server")), Err("no server"));
    }
}
