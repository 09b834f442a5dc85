//! Owns reading what is named on the command line: a file, or standard input as `-`.

use anyhow::{Context, bail};
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

/// More is read of nothing: whatever is larger was not meant.
const LIMIT: u64 = 256 * 1024 * 1024;

/// What was read.
#[derive(Debug)]
pub(crate) struct Input {
    /// As it was named; `-` for standard input.
    pub(crate) name: String,
    pub(crate) bytes: Vec<u8>,
}

/// Reads the file at `path`, or standard input where it is `-`.
pub(crate) fn read(path: &Path) -> anyhow::Result<Input> {
    let name = path.display().to_string();
    let bytes = if name == "-" { all(io::stdin().lock()) } else { file(path) };
    let bytes = bytes.with_context(|| format!("cannot read {}", in_words(&name)))?;
    Ok(Input { name, bytes })
}

/// How people read the name of an input.
pub(crate) fn in_words(name: &str) -> &str {
    if name == "-" { "standard input" } else { name }
}

fn file(path: &Path) -> anyhow::Result<Vec<u8>> {
    all(File::open(path)?)
}

fn all(source: impl Read) -> anyhow::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    source.take(LIMIT + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > LIMIT {
        bail!("it has more than {} MiB; name a part of it", LIMIT / 1024 / 1024);
    }
    Ok(bytes)
}
