//! `cargo xtask test`: runs every step, whatever became of the ones before, and sums up.

use crate::metadata::Metadata;
use crate::steps::{self, Bench, Report};
use crate::tally::Tally;
use anyhow::Result;
use std::process::ExitCode;
use std::time::Instant;

/// What tests read where somebody has it, because it is not ours to ship.
const NOT_OURS: [(&str, &str); 2] = [
    ("FINGERPOST_TORTURE", "RFC 4475's messages"),
    ("FINGERPOST_MANUAL", "the page of the AudioCodes manual"),
];

/// Runs everything that CI runs; the last line holds the counts.
pub(crate) fn run(yes: bool) -> Result<ExitCode> {
    let metadata = Metadata::read()?;
    let bench = Bench { root: metadata.root()?, target: metadata.target()?, yes };
    let mut sum = Summary::default();
    for step in steps::ALL {
        sum.perform(step, &bench);
    }
    for (variable, what) in NOT_OURS {
        if std::env::var_os(variable).is_none() {
            sum.skipped.push(format!("{what}: {variable} names no folder"));
        }
    }
    Ok(sum.close())
}

#[derive(Debug, Default)]
struct Summary {
    tally: Tally,
    lines: Vec<String>,
    failed: Vec<String>,
    skipped: Vec<String>,
}

impl Summary {
    fn perform(&mut self, step: &steps::Step, bench: &Bench) {
        println!("\n== {}", step.name);
        let begun = Instant::now();
        let report = (step.run)(bench).unwrap_or_else(|error| {
            println!("{error:#}");
            let failed = vec![format!("{error:#}")];
            Report { failed, ..Report::from(Tally::FAILED) }
        });
        let line = format!(
            "{:6} {:6.1} s  {}: {}",
            report.outcome(),
            begun.elapsed().as_secs_f64(),
            step.name,
            report.tally
        );
        println!("== {line}");
        self.add(step.name, report, line);
    }

    fn add(&mut self, name: &str, report: Report, line: String) {
        self.tally += report.tally;
        self.lines.push(line);
        let word = if report.tally.failed > 0 { "failed" } else { "passed when tried again" };
        self.failed.extend(report.failed.iter().map(|what| format!("{word}: {name}: {what}")));
        self.skipped.extend(report.skipped.into_iter().map(|why| format!("{name}: {why}")));
    }

    fn close(&self) -> ExitCode {
        println!();
        for line in &self.lines {
            println!("{line}");
        }
        for line in &self.skipped {
            println!("skipped: {line}");
        }
        for line in &self.failed {
            println!("{line}");
        }
        println!("{}", self.tally);
        if self.tally.failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
    }
}
