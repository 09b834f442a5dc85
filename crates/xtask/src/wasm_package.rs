//! The npm packages of `fingerpost-wasm`: one that a page loads, one that Node loads for its tests.

use crate::steps::{Bench, Report, count};
use crate::tally::Tally;
use crate::wasm::{self, TARGET, Toolchain};
use crate::{npm, process, sizes};
use anyhow::Result;
use serde_json::json;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The name of the files in a package.
const NAME: &str = "fingerpost_wasm";

/// Where the page looks for its package.
pub(crate) fn web_folder(bench: &Bench) -> PathBuf {
    bench.root.join("web/src/wasm/pkg")
}

fn node_folder(bench: &Bench) -> PathBuf {
    bench.target.join("wasm-node")
}

/// Builds both packages; `Some(why)` where they cannot be built here.
pub(crate) fn build(bench: &Bench) -> Result<Option<String>> {
    let toolchain = match wasm::provide(bench)? {
        Ok(toolchain) => toolchain,
        Err(why) => return Ok(Some(why)),
    };
    let wasm = compile(bench, &toolchain)?;
    for (host, folder) in [("web", web_folder(bench)), ("node", node_folder(bench))] {
        bind(bench, &wasm, &folder, host)?;
        describe(&folder, host)?;
    }
    Ok(None)
}

fn compile(bench: &Bench, toolchain: &Toolchain) -> Result<PathBuf> {
    let build = ["build", "--profile", "wasm", "-p", "fingerpost-wasm", "--lib"];
    process::succeed(&mut toolchain.cargo(bench, &build))?;
    Ok(bench.target.join(TARGET).join("wasm").join(format!("{NAME}.wasm")))
}

/// Runs this program again, built with what that takes.
fn bind(bench: &Bench, wasm: &Path, folder: &Path, host: &str) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    let again = ["run", "--quiet", "-p", "xtask", "--features", "bindgen", "--", "bindgen", host];
    process::succeed(bench.cargo(&again).arg(wasm).arg(folder))
}

fn describe(folder: &Path, host: &str) -> Result<()> {
    let description = json!({
        "name": "fingerpost-wasm",
        "version": env!("CARGO_PKG_VERSION"),
        "license": "MIT OR Apache-2.0",
        "type": if host == "web" { "module" } else { "commonjs" },
        "main": format!("{NAME}.js"),
        "types": format!("{NAME}.d.ts"),
        "sideEffects": false,
    });
    // Generated: never to be committed, wherever it lies.
    fs::write(folder.join(".gitignore"), "*\n")?;
    let text = serde_json::to_string_pretty(&description)?;
    Ok(fs::write(folder.join("package.json"), text + "\n")?)
}

/// Builds the packages as a step of the tests.
pub(crate) fn build_step(bench: &Bench) -> Result<Report> {
    if let Some(why) = build(bench)? {
        return Ok(Report::skipped(why));
    }
    sizes::print(&sizes::of_folder(&web_folder(bench))?);
    Ok(Tally::PASSED.into())
}

/// Tests what Node makes of its package.
pub(crate) fn test_step(bench: &Bench) -> Result<Report> {
    let module = node_folder(bench).join(format!("{NAME}.js"));
    if !module.is_file() {
        return Ok(Report::skipped("the wasm package is not built".to_owned()));
    }
    if let Some(why) = npm::provide_node(bench)? {
        return Ok(Report::skipped(why));
    }
    let mut node = Command::new("node");
    node.args(["--test", "--test-reporter=tap"])
        .arg(bench.root.join("crates/wasm/tests/node/package.test.mjs"))
        .env("FINGERPOST_WASM", &module);
    Ok(count(&mut node, &mut std::io::stdout(), Tally::from_node)?.into())
}
