//! The npm packages of `fingerpost-wasm`: the whole one, which Node loads for its tests, and the page's own four parts,
//! of which the second is loaded when somebody looks at a trace, the third when somebody composes, and the fourth when
//! somebody asks what Fingerpost would answer.

use crate::runner::Runner;
use crate::steps::{Bench, Report, count};
use crate::tally::Tally;
use crate::wasm::{self, TARGET, Toolchain};
use crate::{npm, process, sizes};
use anyhow::Result;
use serde_json::json;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The name of the files in the whole package, and in that for single messages.
const NAME: &str = "fingerpost_wasm";
/// The name of the files in the package for traces.
pub(crate) const TRACES: &str = "fingerpost_traces";
/// The name of the files in the package for composing.
pub(crate) const COMPOSE: &str = "fingerpost_compose";
/// The name of the files in the package for policies.
pub(crate) const RULES: &str = "fingerpost_rules";

const WHOLE: &str = "messages,traces,compose,rules";

/// One package: for whom, with which features, under which name.
struct Package {
    host: &'static str,
    features: &'static str,
    name: &'static str,
    folder: PathBuf,
}

fn packages(bench: &Bench) -> [Package; 5] {
    let web = |features, name, folder: &str| {
        let folder = bench.root.join("web/src/wasm").join(folder);
        Package { host: "web", features, name, folder }
    };
    let whole = node_folder(bench);
    [
        web("messages", NAME, "pkg"),
        web("traces", TRACES, "pkg-traces"),
        web("compose", COMPOSE, "pkg-compose"),
        web("rules", RULES, "pkg-rules"),
        Package { host: "node", features: WHOLE, name: NAME, folder: whole },
    ]
}

/// Where the page looks for its package.
pub(crate) fn web_folder(bench: &Bench) -> PathBuf {
    bench.root.join("web/src/wasm/pkg")
}

fn node_folder(bench: &Bench) -> PathBuf {
    bench.target.join("wasm-node")
}

/// Builds the packages; `Some(why)` where they cannot be built here.
pub(crate) fn build(bench: &Bench) -> Result<Option<String>> {
    let toolchain = match wasm::provide(bench)? {
        Ok(toolchain) => toolchain,
        Err(why) => return Ok(Some(why)),
    };
    for package in packages(bench) {
        let wasm = compile(bench, &toolchain, &package)?;
        bind(bench, &wasm, &package)?;
        describe(&package)?;
    }
    Ok(None)
}

/// The file gets the name of its package: the next one is built in its place.
fn compile(bench: &Bench, toolchain: &Toolchain, package: &Package) -> Result<PathBuf> {
    let build = ["build", "--profile", "wasm", "-p", "fingerpost-wasm", "--lib"];
    let features = ["--no-default-features", "--features", package.features];
    process::succeed(toolchain.cargo(bench, &build).args(features))?;
    let folder = bench.target.join(TARGET).join("wasm");
    let named = folder.join("packages").join(package.host).join(format!("{}.wasm", package.name));
    fs::create_dir_all(named.parent().unwrap_or(&folder))?;
    fs::copy(folder.join(format!("{NAME}.wasm")), &named)?;
    Ok(named)
}

/// Runs this program again, built with what that takes.
fn bind(bench: &Bench, wasm: &Path, package: &Package) -> Result<()> {
    let Package { host, folder, .. } = package;
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    let again = ["run", "--quiet", "-p", "xtask", "--features", "bindgen", "--", "bindgen", host];
    process::succeed(bench.cargo(&again).arg(wasm).arg(folder))
}

fn describe(Package { host, name, folder, .. }: &Package) -> Result<()> {
    let description = json!({
        "name": "fingerpost-wasm",
        "version": env!("CARGO_PKG_VERSION"),
        "license": "MIT OR Apache-2.0",
        "type": if *host == "web" { "module" } else { "commonjs" },
        "main": format!("{name}.js"),
        "types": format!("{name}.d.ts"),
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
    for package in packages(bench) {
        sizes::print(&sizes::of_folder(&package.folder)?);
    }
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
    count(&mut node, &mut std::io::stdout(), Runner::NODE)
}
