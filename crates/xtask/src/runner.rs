//! The test runners whose output is read along: what they count, and which line tells of a failure.

use crate::tally::Tally;

/// How a runner's lines are read.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Runner {
    /// The counts that a line holds.
    pub(crate) counts: fn(&str) -> Option<Tally>,
    /// Whether a line says what failed, or why: such lines are said again at the end of everything.
    pub(crate) is_failure: fn(&str) -> bool,
}

impl Runner {
    /// `test a::b ... FAILED`, and where it panicked.
    pub(crate) const RUST: Self = Self {
        counts: Tally::from_line,
        is_failure: |line| {
            line.starts_with("test ") && line.ends_with("... FAILED")
                || line.starts_with("thread '") && line.contains(" panicked at ")
        },
    };
    /// `not ok 3 - a`.
    pub(crate) const NODE: Self = Self {
        counts: Tally::from_node,
        is_failure: |line| line.trim_start().starts_with("not ok "),
    };
    /// ` FAIL  src/a.test.ts > b`.
    pub(crate) const VITEST: Self = Self {
        counts: Tally::from_vitest,
        is_failure: |line| line.trim_start().starts_with("FAIL "),
    };
    /// `  ✘  3 tests/a.spec.ts:5:1 › b (2.1s)`, and the reason further down.
    pub(crate) const PLAYWRIGHT: Self = Self {
        counts: Tally::from_playwright,
        is_failure: |line| {
            let line = line.trim_start();
            line.starts_with('✘') || line.starts_with("Error: ")
        },
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_that_tells_of_a_failure_is_known() {
        for (runner, line) in [
            (Runner::RUST, "test desk::tests::a ... FAILED"),
            (Runner::RUST, "thread 'desk::tests::a' (12) panicked at src/a.rs:3:5:"),
            (Runner::NODE, "not ok 3 - a"),
            (Runner::VITEST, " FAIL  src/a.test.ts > b"),
            (Runner::PLAYWRIGHT, "  ✘  3 tests/a.spec.ts:5:1 › b (2.1s)"),
            (Runner::PLAYWRIGHT, "    Error: expect(locator).toBeVisible() failed"),
        ] {
            assert!((runner.is_failure)(line), "{line}");
        }
    }

    #[test]
    fn other_lines_tell_of_none() {
        for (runner, line) in [
            (Runner::RUST, "test desk::tests::a ... ok"),
            (Runner::RUST, "test result: FAILED. 1 passed; 1 failed"),
            (Runner::NODE, "ok 3 - a"),
            (Runner::VITEST, " ✓ src/a.test.ts (4 tests) 3ms"),
            (Runner::PLAYWRIGHT, "  ✓  3 tests/a.spec.ts:5:1 › b (2.1s)"),
        ] {
            assert!(!(runner.is_failure)(line), "{line}");
        }
    }
}
