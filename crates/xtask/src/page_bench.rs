//! `cargo xtask bench page`: the built page in a real browser, beside what is wanted of it and beside tshark. What the
//! browser does is measured by `web/bench`; here are the texts, the capture file and the table.

mod capture;
mod exchange;
mod figures;

use crate::packages::{self, Needed, Part};
use crate::steps::Bench;
use crate::{npm, process, serve, wasm_package, web};
use anyhow::{Context, Result, bail, ensure};
use capture::Written;
use exchange::Corpus;
use figures::{Line, median, spread};
use serde_json::Value;
use std::fs;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::time::Instant;

const CHROMIUM: [Needed; 1] = [Needed {
    part: Part::Program("chromium"),
    package: "chromium",
    reason: "is the browser in which the page is measured",
}];
const TSHARK: [Needed; 1] = [Needed {
    part: Part::Program("tshark"),
    package: "tshark",
    reason: "is the dissector to compare with",
}];

/// A text that is pasted.
const PASTED: usize = 64 * 1024;
/// The capture file.
const FILE: u64 = 100_000_000;
/// How often it is opened, by the page and by tshark in turn.
const ROUNDS: usize = 3;

pub(crate) fn run(bench: &Bench) -> Result<ExitCode> {
    if let Some(why) = packages::provide(&CHROMIUM, bench.yes)? {
        bail!("the page cannot be measured here: {why}");
    }
    let why_no_tshark = packages::provide(&TSHARK, bench.yes)?;
    let missing = wasm_package::build(bench)?;
    let missing = missing.map_or_else(|| npm::provide(bench), |why| Ok(Some(why)))?;
    if let Some(why) = missing {
        bail!("the page cannot be built here: {why}");
    }
    let page = web::build(bench)?;
    let weight = format!("{:.1} kB", kilobytes(page.first_load.gzip));
    let mut lines = vec![Line::new("first load, gzip", weight, "<= 350 kB")];
    let stage = Stage::set(bench, &page.folder)?;
    lines.extend(stage.pastes()?);
    lines.extend(stage.capture(why_no_tshark.as_deref())?);
    figures::print(&lines);
    if let Ok(load) = fs::read_to_string("/proc/loadavg") {
        println!("load of the machine at the end, over 1, 5 and 15 minutes: {}", load.trim());
    }
    Ok(ExitCode::SUCCESS)
}

/// The page and its wasm package on loopback, and a folder that goes with the run.
struct Stage<'a> {
    bench: &'a Bench,
    page: String,
    package: String,
    folder: Passing,
    corpus: Corpus,
}

/// A folder that is removed at the end.
struct Passing(PathBuf);

impl Drop for Passing {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

impl<'a> Stage<'a> {
    fn set(bench: &'a Bench, page: &Path) -> Result<Self> {
        let folder = std::env::temp_dir().join(format!("fingerpost-page-{}", std::process::id()));
        fs::create_dir_all(&folder)?;
        let folder = Passing(folder);
        let address = |folder| Ok::<_, anyhow::Error>(format!("http://{}/", serve::aside(folder)?));
        Ok(Self {
            bench,
            page: address(page)?,
            package: address(&wasm_package::web_folder(bench))?,
            folder,
            corpus: Corpus::read(&bench.root)?,
        })
    }

    /// Texts that are pasted into the editor.
    fn pastes(&self) -> Result<Vec<Line>> {
        let (prose, session) = ("the quick brown fox, and so on\r\n", "a=rtpmap:96 opus/48000\r\n");
        let many: String = (0..)
            .flat_map(|number| self.corpus.exchange(number))
            .map(|(_, text)| text + "\r\n")
            .scan(0, |length, text| {
                *length += text.len();
                (*length <= PASTED).then_some(text)
            })
            .collect();
        let texts = [
            ("one message, body of prose", self.corpus.large("text/plain", prose, PASTED)),
            (
                "one message, body of a session",
                self.corpus.large("application/sdp", session, PASTED),
            ),
            ("many messages", many),
        ];
        let mut lines = Vec::new();
        for (name, text) in texts {
            let file = self.folder.0.join("pasted.txt");
            fs::write(&file, &text)?;
            let figures = self.browser("paste", &file)?;
            let said = format!("{} kB pasted, {name}", text.len() / 1024);
            lines.extend(pasted(&said, &figures)?);
        }
        Ok(lines)
    }

    fn capture(&self, why_no_tshark: Option<&str>) -> Result<Vec<Line>> {
        let path = self.folder.0.join("office.pcap");
        let mut file = BufWriter::new(fs::File::create(&path)?);
        let written = capture::write(&self.corpus, FILE, &mut file)?;
        file.flush()?;
        let mut opened = Opened { tshark: Vec::new(), page: Vec::new() };
        for _ in 0..ROUNDS {
            if why_no_tshark.is_none() {
                opened.tshark.push(tshark(&path)?);
            }
            opened.page.push(self.browser("capture", &path)?);
        }
        opened.lines(written, why_no_tshark)
    }

    /// What `web/bench` measures with that file.
    fn browser(&self, what: &str, file: &Path) -> Result<Value> {
        let told = self.folder.0.join("figures.json");
        let mut script = npm::script(self.bench, "bench");
        script.args(["--", what]).stdout(Stdio::null());
        script
            .env("FINGERPOST_BENCH_PAGE", &self.page)
            .env("FINGERPOST_BENCH_PACKAGE", &self.package);
        script.env("FINGERPOST_BENCH_FILE", file).env("FINGERPOST_BENCH_FIGURES", &told);
        process::succeed(&mut script)?;
        Ok(serde_json::from_slice(&fs::read(&told)?)?)
    }
}

/// Plain `tshark -r FILE`, its lines thrown away: how many seconds.
fn tshark(file: &Path) -> Result<f64> {
    let begun = Instant::now();
    let mut tshark = Command::new("tshark");
    tshark.arg("-r").arg(file).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let status = process::status(&mut tshark)?;
    ensure!(status.success(), "tshark ended with {status}");
    Ok(begun.elapsed().as_secs_f64())
}

fn pasted(name: &str, figures: &Value) -> Result<Vec<Line>> {
    let line = |what: &str, key, wanted| {
        Ok::<_, anyhow::Error>(Line::new(
            format!("{name}: {what}"),
            spread(&all(figures, key)?, "ms"),
            wanted,
        ))
    };
    Ok(vec![
        line("to tree and findings", "there", "<= 16 ms")?,
        line("until that is painted", "painted", "")?,
        line("the first one of a page, to tree and findings", "first", "")?,
        line("in wasm alone, what is in sight", "wasm", "")?,
        line("the same, the first time", "wasmFirst", "")?,
        line("in wasm alone, all of it", "all", "")?,
    ])
}

/// What came of opening the file.
struct Opened {
    tshark: Vec<f64>,
    page: Vec<Value>,
}

impl Opened {
    fn lines(&self, written: Written, why_no_tshark: Option<&str>) -> Result<Vec<Line>> {
        let of = |key: &str| self.page.iter().map(|run| one(run, key)).collect::<Result<Vec<_>>>();
        let name = format!(
            "{:.1} MB capture, {} packets, {} messages",
            megabytes(written.bytes),
            written.packets,
            written.messages
        );
        let seconds = of("seconds")?;
        let mut lines =
            vec![Line::new(format!("{name}: until it is a list"), spread(&seconds, "s"), "")];
        lines.push(match why_no_tshark {
            Some(why) => Line::new("tshark -r FILE", format!("skipped: {why}"), ""),
            None => Line::new(
                "tshark -r FILE > /dev/null, the same file",
                spread(&self.tshark, "s"),
                "",
            ),
        });
        if let (Some(page), Some(tshark)) = (median(&seconds), median(&self.tshark)) {
            let speed = format!("{:.2} x", tshark / page);
            lines.push(Line::new("speed of the page beside tshark's", speed, ">= 0.3 x"));
        }
        lines.push(Line::new(
            "longest gap between two frames meanwhile",
            spread(&of("gap")?, "ms"),
            "",
        ));
        let beyond: Vec<f64> =
            of("grown")?.iter().map(|grown| grown - megabytes(written.bytes)).collect();
        lines.push(Line::new(
            "most memory of the page's process (VmHWM) over what it held before and the file's size",
            spread(&beyond, "MB"),
            "<= 64 MB",
        ));
        lines.push(Line::new(
            "what it keeps of that when all is read",
            spread(&of("kept")?, "MB"),
            "",
        ));
        Ok(lines)
    }
}

fn all(figures: &Value, key: &str) -> Result<Vec<f64>> {
    let values = figures[key].as_array().with_context(|| format!("no {key} was measured"))?;
    Ok(values.iter().filter_map(Value::as_f64).collect())
}

fn one(figures: &Value, key: &str) -> Result<f64> {
    figures[key].as_f64().with_context(|| format!("no {key} was measured"))
}

#[allow(clippy::cast_precision_loss, reason = "a size to be read by people")]
fn megabytes(bytes: u64) -> f64 {
    bytes as f64 / 1e6
}

#[allow(clippy::cast_precision_loss, reason = "a size to be read by people")]
fn kilobytes(bytes: usize) -> f64 {
    bytes as f64 / 1e3
}
