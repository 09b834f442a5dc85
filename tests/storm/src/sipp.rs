//! Owns SIPp as many phones: one run at one rate, and what came of it.

use crate::cores::Part;
use anyhow::{Context, Result};
use fingerpost_system_tests::fixture::repository;
use fingerpost_system_tests::program::run;
use std::fmt::Write;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// How long each rate is held.
const LASTS: u32 = 3;
/// More than a server remembers at once.
const PHONES: u32 = 12_000;
/// Addresses that they share, as a server gives each address its share.
const ADDRESSES: u32 = 250;
/// After so long a question, or a NOTIFY, is sent again: something was lost on the way.
const SENT_AGAIN_MS: f64 = 500.0;

/// One run.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Run {
    asked: u64,
    served: u64,
    sent_again: u64,
    /// Milliseconds from each question to its NOTIFY, in order.
    times: Vec<f64>,
}

impl Run {
    pub(crate) fn is_without_loss(&self) -> bool {
        self.asked > 0
            && self.served == self.asked
            && self.sent_again == 0
            && self.times.last().is_some_and(|longest| *longest < SENT_AGAIN_MS)
    }

    /// For those who watch.
    pub(crate) fn words(&self) -> String {
        let Self { asked, served, sent_again, .. } = self;
        format!(
            "{served} of {asked} served, {sent_again} questions asked again, p99 {} ms",
            self.p99()
        )
    }

    /// The time within which 99 of a hundred had their NOTIFY (nearest rank).
    pub(crate) fn p99(&self) -> f64 {
        let rank = (self.times.len() * 99).div_ceil(100).max(1);
        self.times.get(rank - 1).copied().unwrap_or_default()
    }

    /// Reads SIPp's statistics and its list of times.
    fn read(statistics: &str, times: &str) -> Result<Self> {
        let mut lines = statistics.lines();
        let names = lines.next().context("SIPp's statistics are empty")?.split(';');
        let last = lines.next_back().context("SIPp's statistics hold no line")?.split(';');
        let columns: Vec<(&str, &str)> = names.zip(last).collect();
        let count = |name: &str| -> Result<u64> {
            let column = columns.iter().find(|(known, _)| *known == name);
            let (_, value) = column.with_context(|| format!("SIPp counts no {name}"))?;
            value.parse().with_context(|| format!("{name} is {value:?}"))
        };
        // Date_ms;response_time_ms;rtd_no
        let time = |line: &str| line.split(';').nth(1)?.parse().ok();
        let mut times: Vec<f64> = times.lines().filter_map(time).collect();
        times.sort_by(f64::total_cmp);
        Ok(Self {
            asked: count("OutgoingCall(C)")?,
            served: count("SuccessfulCall(C)")?,
            sent_again: count("Retransmissions(C)")?,
            times,
        })
    }
}

/// Lets phones ask `server` at a rate, from the port `port`.
pub(crate) fn ask(server: SocketAddr, port: u16, rate: u32, folder: &Path) -> Result<Run> {
    let folder = folder.join(format!("sipp{rate}"));
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder)?;
    std::fs::write(folder.join("phones.csv"), phones())?;
    let mut sipp = Part::Load.command("sipp");
    sipp.arg("-sf").arg(repository().join("tests/storm/load.xml"));
    sipp.args(["-i", "127.0.0.1", "-t", "ui", "-inf", "phones.csv", "-ip_field", "1"]);
    sipp.args(["-p", &port.to_string(), "-r", &rate.to_string()]);
    sipp.args(["-m", &(rate * LASTS).to_string(), "-l", "15000", "-max_socket", "600"]);
    sipp.args(["-timeout", "8", "-nostdin", "-buff_size", "4194304"]);
    sipp.args(["-trace_stat", "-stf", "statistics.csv", "-fd", "1"]);
    sipp.args(["-trace_rtt", "-rtt_freq", "500", &server.to_string()]).current_dir(&folder);
    let finished = run(&mut sipp, Duration::from_secs(15))?;
    let statistics = std::fs::read_to_string(folder.join("statistics.csv"));
    let statistics = statistics.with_context(|| format!("SIPp said {}", finished.stderr))?;
    Run::read(&statistics, &times(&folder)?)
}

/// Its own name for the list of times holds its process number.
fn times(folder: &Path) -> Result<String> {
    let files = std::fs::read_dir(folder)?.map_while(Result::ok).map(|entry| entry.path());
    let is_times = |path: &PathBuf| path.to_string_lossy().ends_with("_rtt.csv");
    let path = files.into_iter().find(is_times).context("SIPp wrote no times")?;
    Ok(std::fs::read_to_string(path)?)
}

/// A MAC address of Snom's and an address of this machine's loopback for each.
fn phones() -> String {
    (0..PHONES).fold("SEQUENTIAL\n".to_owned(), |mut lines, number| {
        // Writing to a string cannot fail.
        let _ = writeln!(lines, "000413{number:06x};127.0.75.{}", 1 + number % ADDRESSES);
        lines
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const STATISTICS: &str = "StartTime;OutgoingCall(C);SuccessfulCall(C);Retransmissions(C);\n\
        x;1;0;0;\nx;3;3;0;\n";
    const TIMES: &str = "Date_ms;response_time_ms;rtd_no\n1.5;4.000;1\n1.6;0.000;1\n1.7;8.000;1\n";

    #[test]
    fn reads_what_sipp_counted_last_and_all_times() -> Result<()> {
        let run = Run::read(STATISTICS, TIMES)?;
        assert_eq!((run.asked, run.served, run.sent_again), (3, 3, 0));
        assert_eq!(run.times, [0.0, 4.0, 8.0]);
        assert!(run.is_without_loss());
        assert!((run.p99() - 8.0).abs() < f64::EPSILON);
        Ok(())
    }

    #[test]
    fn whatever_was_sent_again_or_never_served_is_a_loss() {
        let good = Run { asked: 2, served: 2, sent_again: 0, times: vec![1.0, 2.0] };
        assert!(good.is_without_loss());
        assert!(!Run { served: 1, ..good.clone() }.is_without_loss());
        assert!(!Run { sent_again: 1, ..good.clone() }.is_without_loss());
        assert!(!Run { times: vec![1.0, 501.0], ..good }.is_without_loss());
        assert!(!Run::default().is_without_loss());
    }

    #[test]
    fn each_phone_has_its_own_mac() {
        let lines: std::collections::BTreeSet<_> = phones()
            .lines()
            .skip(1)
            .filter_map(|line| Some(line.split_once(';')?.0.to_owned()))
            .collect();
        assert_eq!(lines.len(), PHONES as usize);
    }
}
