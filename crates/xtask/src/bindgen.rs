//! The JavaScript around a wasm file. Only with the feature `bindgen`, because building it takes a minute.

use anyhow::Result;
use clap::ValueEnum;
use std::path::Path;
use std::process::ExitCode;
use wasm_bindgen_cli_support::Bindgen;

/// What loads the package.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Host {
    /// A page.
    Web,
    /// Node, for tests.
    Node,
}

/// Writes the package of `wasm` into `folder`.
pub(crate) fn write(wasm: &Path, folder: &Path, host: Host) -> Result<ExitCode> {
    let mut bindgen = Bindgen::new();
    // The default path is what `init()` without arguments loads; a Vite build finds the wasm file by it.
    bindgen.input_path(wasm).typescript(true).omit_default_module_path(false);
    // Names of functions are a third of the file and tell a user nothing.
    bindgen.remove_name_section(true).remove_producers_section(true);
    match host {
        Host::Web => bindgen.web(true)?,
        Host::Node => bindgen.nodejs(true)?,
    };
    bindgen.generate(folder)?;
    Ok(ExitCode::SUCCESS)
}
