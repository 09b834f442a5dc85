//! Puts the pages that `cargo xtask web` built into the binary, and gives them the commands of this program and no others.

use std::path::Path;
use tauri_build::{AppManifest, Attributes};

/// What the pages may call; `capabilities/main.json` allows each.
const COMMANDS: &[&str] = &[
    "view",
    "phone",
    "command",
    "news",
    "save",
    "phones_csv",
    "exchange",
    "open_phone",
    "traffic",
    "capture",
    "settings",
    "backup",
    "restore",
    "health",
    "search",
    "handed",
    "read_handed",
    "switches",
    "turn",
    "leave",
    "policy",
    "policy_draft",
    "change_policy",
];

fn main() {
    let pages = Path::new("../../web/dist-desktop");
    // Without the pages the window says that they are missing; the folder must be there all the same.
    if !pages.is_dir() && std::fs::create_dir_all(pages).is_err() {
        println!("cargo::warning={} cannot be made", pages.display());
    }
    println!("cargo::rerun-if-changed={}", pages.display());
    let attributes = Attributes::new().app_manifest(AppManifest::new().commands(COMMANDS));
    if let Err(error) = tauri_build::try_build(attributes) {
        println!("cargo::error={error:#}");
    }
}
