//! Reads the counts that JavaScript's test runners print, a line each.

use crate::tally::Tally;

impl Tally {
    /// `# pass 3`, `# fail 1`, `# skipped 2`: Node's runner, as TAP.
    pub(crate) fn from_node(line: &str) -> Option<Self> {
        let (word, count) = line.strip_prefix("# ")?.split_once(' ')?;
        let count = count.trim().parse().ok()?;
        match word {
            "pass" => Some(Self { passed: count, ..Self::default() }),
            "fail" | "cancelled" => Some(Self { failed: count, ..Self::default() }),
            "skipped" | "todo" => Some(Self { skipped: count, ..Self::default() }),
            _ => None,
        }
    }

    /// `Tests  1 failed | 11 passed | 2 skipped (14)`: Vitest.
    pub(crate) fn from_vitest(line: &str) -> Option<Self> {
        let counts = line.trim().strip_prefix("Tests ")?.split_once(" (")?.0;
        let parts = counts.split('|').map(counted);
        parts.into_iter().try_fold(Self::default(), |mut sum, part| {
            sum += part?;
            Some(sum)
        })
    }

    /// `  5 passed (3.2s)`, `  1 failed`, `  2 skipped`: Playwright.
    pub(crate) fn from_playwright(line: &str) -> Option<Self> {
        let line = line.trim();
        counted(line.split_once(" (").map_or(line, |(counts, _)| counts))
    }
}

/// `3 passed`.
fn counted(part: &str) -> Option<Tally> {
    let (count, word) = part.trim().split_once(' ')?;
    let count = count.parse().ok()?;
    match word {
        // A test that passed at its second try has passed.
        "passed" | "flaky" => Some(Tally { passed: count, ..Tally::default() }),
        "failed" | "interrupted" => Some(Tally { failed: count, ..Tally::default() }),
        "skipped" | "did not run" | "todo" => Some(Tally { skipped: count, ..Tally::default() }),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sum(text: &str, read: fn(&str) -> Option<Tally>) -> Tally {
        text.lines().filter_map(read).fold(Tally::default(), |mut sum, tally| {
            sum += tally;
            sum
        })
    }

    #[test]
    fn nodes_counts_are_read() {
        let text = "ok 1 - a\n1..1\n# tests 4\n# suites 0\n# pass 2\n# fail 1\n# cancelled 0\n# skipped 1\n# todo 0\n# duration_ms 51.2";
        assert_eq!(sum(text, Tally::from_node), Tally { passed: 2, failed: 1, skipped: 1 });
    }

    #[test]
    fn vitests_counts_are_read() {
        let text = " Test Files  2 passed (2)\n      Tests  1 failed | 11 passed | 2 skipped (14)\n   Duration  1s";
        assert_eq!(sum(text, Tally::from_vitest), Tally { passed: 11, failed: 1, skipped: 2 });
        assert_eq!(sum("      Tests  no tests", Tally::from_vitest), Tally::default());
    }

    #[test]
    fn playwrights_counts_are_read() {
        let text = "Running 8 tests using 1 worker\n  1 failed\n    a.spec.ts:3:1 › 5 passed x\n  1 flaky\n  2 skipped\n  5 passed (3.2s)";
        assert_eq!(sum(text, Tally::from_playwright), Tally { passed: 6, failed: 1, skipped: 2 });
    }
}
