//! One file for each kind of log and dump, and beside it what must be read out of it: `UPDATE_GOLDEN=1` writes that
//! anew, for a reader to judge.

#![allow(clippy::unwrap_used, clippy::panic, reason = "test code outside #[test] functions")]

use fingerpost_trace::{Found, Limits, Trace, open};
use std::fmt::Write;
use std::path::PathBuf;

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../tests/golden/logs")
}

/// The names of the files that are read.
fn names() -> Vec<String> {
    let files = std::fs::read_dir(folder()).unwrap().map(|file| file.unwrap().file_name());
    let names =
        files.filter_map(|name| name.to_str().unwrap().strip_suffix(".txt").map(str::to_owned));
    let mut names: Vec<String> = names.collect();
    names.sort();
    names
}

fn read(name: &str) -> (Vec<u8>, Trace) {
    let source = std::fs::read(folder().join(format!("{name}.txt"))).unwrap();
    let trace = open(&source, Limits::default());
    (source, trace)
}

#[test]
fn every_kind_of_log_is_read_as_its_golden_file_says() {
    let mut different = Vec::new();
    for name in names() {
        let (_, trace) = read(&name);
        let told = told(&trace);
        let golden = folder().join(format!("{name}.expected"));
        if std::env::var_os("UPDATE_GOLDEN").is_some() {
            std::fs::write(&golden, &told).unwrap();
        }
        if std::fs::read_to_string(&golden).ok().as_ref() != Some(&told) {
            different.push(format!("--- {name}\n{told}"));
        }
    }
    assert!(different.is_empty(), "{}", different.concat());
}

#[test]
fn what_was_copied_stands_in_the_log_as_it_stands_in_the_message() {
    for name in names() {
        let (source, trace) = read(&name);
        for message in &trace.messages {
            let mut end = 0;
            for piece in message.map.pieces() {
                assert_eq!(piece.message.start, end, "{name}");
                assert!(piece.source.end <= source.len(), "{name}");
                if piece.kind.name() == "copied" {
                    let there = piece.source.slice(&source);
                    assert_eq!(piece.message.slice(&message.bytes), there, "{name}");
                }
                end = piece.message.end;
            }
            assert_eq!(end, message.bytes.len(), "{name}");
        }
    }
}

fn told(trace: &Trace) -> String {
    let mut text = String::new();
    for message in &trace.messages {
        write!(text, "{}\n{}", head(message), body(message)).unwrap();
    }
    for note in &trace.notes {
        writeln!(text, "note, {} times: {}", note.count, note.reason).unwrap();
    }
    text
}

fn head(message: &Found) -> String {
    let origin = &message.origin;
    let word = |value: Option<String>| value.unwrap_or_else(|| "?".into());
    format!(
        "=== read as {}; {}; {} -> {}; {}; source {}..{}{}",
        message.reading.map_or("text", |reading| reading.name()),
        word(origin.time.map(|time| time.to_string())),
        word(origin.from.map(|address| address.to_string())),
        word(origin.to.map(|address| address.to_string())),
        word(origin.transport.map(|transport| transport.name().to_owned())),
        message.source.start,
        message.source.end,
        if message.is_cut_off { "; cut off" } else { "" },
    )
}

fn body(message: &Found) -> String {
    let text = String::from_utf8_lossy(&message.bytes);
    let mut lines = String::new();
    for line in text.split_inclusive('\n') {
        write!(lines, "| {}", line.replace('\r', "\u{240d}")).unwrap();
    }
    if !lines.ends_with('\n') {
        lines.push('\n');
    }
    lines
}
