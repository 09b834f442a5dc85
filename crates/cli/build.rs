//! Lists the pages that `cargo xtask web` built, so that they become part of the binary. Without them the binary holds
//! one plain page that says how to build them; nothing here needs npm.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=build.rs");
    let cli = env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from).unwrap_or_default();
    let pages = cli.join("../../web/dist-app");
    // Cargo runs a build script again and again while a path that it watches is missing, but notices when an empty
    // folder fills. Outside the repository there is no `web` and this fails; then there is nothing to watch either.
    if pages.is_dir() || fs::create_dir(&pages).is_ok() {
        println!("cargo::rerun-if-changed={}", pages.display());
    }
    let mut files = Vec::new();
    collect(&pages, &mut files)?;
    files.sort();
    let out = env::var_os("OUT_DIR").map(PathBuf::from).unwrap_or_default();
    fs::write(out.join("pages.rs"), list(&pages, &files))
}

/// Every file below `folder`, but none that hides.
fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    let Ok(entries) = fs::read_dir(folder) else { return Ok(()) };
    for entry in entries {
        let path = entry?.path();
        let hides = path.file_name().is_none_or(|name| name.to_string_lossy().starts_with('.'));
        match path.is_dir() {
            _ if hides => {}
            true => collect(&path, files)?,
            false => files.push(path),
        }
    }
    Ok(())
}

/// `&[("/index.html", include_bytes!("…")), …]`
fn list(root: &Path, files: &[PathBuf]) -> String {
    let mut list = String::from("&[\n");
    for file in files {
        let parts = file.strip_prefix(root).into_iter().flatten();
        let path = parts.fold(String::new(), |path, part| path + "/" + &part.to_string_lossy());
        // Writing to a string does not fail.
        let _ = writeln!(list, "    ({path:?}, include_bytes!({:?})),", file.to_string_lossy());
    }
    list + "]\n"
}
