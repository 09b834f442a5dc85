//! Where the messages lie that are kept for tests, and RFC 4475's, where the environment names them.

use std::path::{Path, PathBuf};
use std::{fs, io};

/// A message and the name of its file.
pub type Sample = (String, Vec<u8>);

/// The folder `tests`.
#[must_use]
pub fn tests() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The messages composed for this project: `tests/corpus` and `tests/conformance`, `.sip`.
///
/// # Errors
/// A folder that cannot be read.
pub fn messages() -> io::Result<Vec<Sample>> {
    let mut found = Vec::new();
    for folder in ["corpus/manual", "corpus/phones", "corpus/paste", "conformance"] {
        found.extend(files(&tests().join(folder), "sip")?);
    }
    Ok(found)
}

/// RFC 4475's, where `FINGERPOST_TORTURE` names their folder; else none.
///
/// # Errors
/// A folder that cannot be read.
pub fn torture() -> io::Result<Vec<Sample>> {
    std::env::var_os("FINGERPOST_TORTURE")
        .map_or(Ok(Vec::new()), |folder| files(Path::new(&folder), "dat"))
}

/// The inputs kept for a fuzz target.
///
/// # Errors
/// A folder that cannot be read.
pub fn fuzzed(target: &str) -> io::Result<Vec<Sample>> {
    files(&tests().join("fuzz/corpus").join(target), "")
}

/// The files of a folder whose names end in `extension`, by name.
fn files(folder: &Path, extension: &str) -> io::Result<Vec<Sample>> {
    let mut samples = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().unwrap_or_default() == extension {
            samples.push((path.display().to_string(), fs::read(&path)?));
        }
    }
    samples.sort();
    Ok(samples)
}
