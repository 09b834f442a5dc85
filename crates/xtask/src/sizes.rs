//! How much a page weighs: each of its files, and what a browser loads before it shows something.

use crate::wasm_package::{COMPOSE, RULES, TRACES};
use anyhow::Result;
use flate2::Compression;
use flate2::write::GzEncoder;
use std::fs;
use std::io::Write;
use std::path::Path;

/// A file and its weight.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Weighed {
    pub(crate) name: String,
    pub(crate) raw: usize,
    pub(crate) gzip: usize,
}

/// Every file of a folder and of those within, by name.
pub(crate) fn of_folder(folder: &Path) -> Result<Vec<Weighed>> {
    let mut files = Vec::new();
    collect(folder, "", &mut files)?;
    files.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(files)
}

fn collect(folder: &Path, above: &str, files: &mut Vec<Weighed>) -> Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = format!("{above}{}", entry.file_name().to_string_lossy());
        if entry.file_type()?.is_dir() {
            collect(&entry.path(), &format!("{name}/"), files)?;
        } else {
            files.push(weigh(name, &fs::read(entry.path())?)?);
        }
    }
    Ok(())
}

/// Packed as web servers do by default.
pub(crate) fn weigh(name: String, bytes: &[u8]) -> Result<Weighed> {
    let mut packer = GzEncoder::new(Vec::new(), Compression::default());
    packer.write_all(bytes)?;
    Ok(Weighed { name, raw: bytes.len(), gzip: packer.finish()?.len() })
}

/// What a browser loads first: the page, what it names, and the wasm file, which its program fetches at once. Those of
/// traces, of the composer and of policies come when somebody wants them.
pub(crate) fn first_load(index: &str, files: &[Weighed]) -> Vec<Weighed> {
    let is_named = |name: &str| {
        ["\"", "'"].iter().any(|quote| {
            ["", "/", "./"]
                .iter()
                .any(|start| index.contains(&format!("{quote}{start}{name}{quote}")))
        })
    };
    let is_wasm = |name: &str| {
        let is_later = [TRACES, COMPOSE, RULES].iter().any(|later| name.contains(later));
        Path::new(name).extension().is_some_and(|end| end == "wasm") && !is_later
    };
    let is_first =
        |file: &&Weighed| file.name == "index.html" || is_named(&file.name) || is_wasm(&file.name);
    files.iter().filter(is_first).cloned().collect()
}

/// All of them together.
pub(crate) fn sum(name: &str, files: &[Weighed]) -> Weighed {
    let of = |weight: fn(&Weighed) -> usize| files.iter().map(weight).sum();
    Weighed { name: name.to_owned(), raw: of(|file| file.raw), gzip: of(|file| file.gzip) }
}

/// One line each.
pub(crate) fn print(files: &[Weighed]) {
    let width = files.iter().map(|file| file.name.chars().count()).max().unwrap_or_default();
    println!("{:width$}  {:>10}  {:>10}", "", "raw", "gzip");
    for Weighed { name, raw, gzip } in files {
        println!("{name:width$}  {:>10}  {:>10}", kilobytes(*raw), kilobytes(*gzip));
    }
}

/// `12.3 kB`, of a thousand bytes each.
fn kilobytes(bytes: usize) -> String {
    format!("{}.{} kB", bytes / 1000, bytes % 1000 / 100)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(name: &str, raw: usize) -> Weighed {
        Weighed { name: name.to_owned(), raw, gzip: raw / 2 }
    }

    #[test]
    fn first_comes_what_the_page_names_and_the_wasm() {
        let index =
            r#"<script type="module" src="/assets/main.js"></script><link href='./main.css'>"#;
        let names = [
            "assets/fingerpost_compose_bg-1.wasm",
            "assets/fingerpost_rules_bg-1.wasm",
            "assets/fingerpost_traces_bg-1.wasm",
            "assets/late.js",
            "assets/main.js",
            "core.wasm",
            "index.html",
            "main.css",
        ];
        let files: Vec<_> = names.map(|name| file(name, 1000)).into();
        let first = first_load(index, &files);
        let names: Vec<_> = first.iter().map(|file| file.name.as_str()).collect();
        assert_eq!(names, ["assets/main.js", "core.wasm", "index.html", "main.css"]);
        assert_eq!(sum("first load", &first), file("first load", 4000));
    }

    #[test]
    fn packing_makes_a_dull_file_smaller() {
        let weighed = weigh("a".into(), &[b'a'; 10_000]).unwrap();
        assert!(weighed.raw == 10_000 && weighed.gzip < 100);
        assert_eq!(kilobytes(weighed.raw + 340), "10.3 kB");
    }
}
