//! The console as a program: options, data folder, a window, and an engine in it.
#![forbid(unsafe_code)]

mod display;
mod folder;
mod options;
mod window;

use clap::Parser;
use fingerpost_engine::{Settings, SettingsError, Setup};
use options::Options;
use std::fmt::Display;
use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

/// Wrong usage, or input that cannot be read.
const UNUSABLE: u8 = 2;
/// This machine refused.
const REFUSED: u8 = 4;

fn main() -> ExitCode {
    match run(&Options::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            // Nobody may be listening.
            let _ = writeln!(std::io::stderr().lock(), "error: {}", failure.words);
            ExitCode::from(failure.code)
        }
    }
}

/// Why there is no window.
#[derive(Debug)]
struct Failure {
    code: u8,
    words: String,
}

impl Failure {
    fn new(code: u8, words: &impl Display) -> Self {
        Self { code, words: words.to_string() }
    }
}

fn run(options: &Options) -> Result<(), Failure> {
    display::look().map_err(|missing| Failure::new(REFUSED, &missing))?;
    let folder = options.data.clone().or_else(folder::usual).ok_or_else(|| {
        Failure::new(UNUSABLE, &"there is no home folder to keep settings in: give --data DIR")
    })?;
    let setup = kept(&folder).map_err(|error| {
        let is_refusal = matches!(error, SettingsError::File { .. });
        Failure::new(if is_refusal { REFUSED } else { UNUSABLE }, &error)
    })?;
    let setup = options.overrule(setup);
    window::open(options, setup).map_err(|error| Failure::new(REFUSED, &display::unusable(&error)))
}

/// What the folder holds. Keeping it again shows at once, and not at the first change, whether it can be written.
fn kept(folder: &Path) -> Result<Setup, SettingsError> {
    Settings::load(folder)?.save(folder)?;
    Setup::from_folder(folder)
}
