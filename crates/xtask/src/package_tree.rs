//! What is in the Debian package, and where each file goes.

use crate::process;
use crate::steps::Bench;
use anyhow::{Context, Result};
use flate2::Compression;
use flate2::write::GzEncoder;
use std::fs;
use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;

/// Packages and programs have the same names.
pub(crate) const PROGRAMS: [&str; 3] = ["fingerpost", "fingerpost-desktop", "fingerpost-console"];

/// From the repository to the installed system.
const FILES: [(&str, &str); 9] = [
    ("app/desktop/package/fingerpost.desktop", "usr/share/applications/fingerpost.desktop"),
    (
        "app/desktop/package/fingerpost-console.desktop",
        "usr/share/applications/fingerpost-console.desktop",
    ),
    ("app/desktop/package/fingerpost.xml", "usr/share/mime/packages/fingerpost.xml"),
    ("app/desktop/package/copyright", "usr/share/doc/fingerpost/copyright"),
    (
        "app/desktop/package/fingerpost.service",
        "usr/share/doc/fingerpost/examples/fingerpost.service",
    ),
    ("app/desktop/icons/32x32.png", "usr/share/icons/hicolor/32x32/apps/fingerpost.png"),
    ("app/desktop/icons/128x128.png", "usr/share/icons/hicolor/128x128/apps/fingerpost.png"),
    ("app/desktop/icons/icon.png", "usr/share/icons/hicolor/512x512/apps/fingerpost.png"),
    ("app/desktop/icons/icon.svg", "usr/share/icons/hicolor/scalable/apps/fingerpost.svg"),
];

/// What changed in the package, the latest version first.
pub(crate) const CHANGES: &str = "app/desktop/package/changelog";

/// The same, packed on the way.
const PACKED: [(&str, &str); 5] = [
    (CHANGES, "usr/share/doc/fingerpost/changelog.Debian.gz"),
    ("CHANGELOG.md", "usr/share/doc/fingerpost/changelog.gz"),
    ("app/desktop/package/fingerpost.1", "usr/share/man/man1/fingerpost.1.gz"),
    ("app/desktop/package/fingerpost.1", "usr/share/man/man1/fingerpost-desktop.1.gz"),
    ("app/desktop/package/fingerpost.1", "usr/share/man/man1/fingerpost-console.1.gz"),
];

/// Puts everything below `root`, with the programs that lie in `built`.
pub(crate) fn lay_out(bench: &Bench, built: &Path, root: &Path) -> Result<()> {
    if root.exists() {
        fs::remove_dir_all(root)?;
    }
    for program in PROGRAMS {
        let place = root.join("usr/bin").join(program);
        put(&place, &fs::read(built.join(program)).with_context(|| program.to_owned())?, 0o755)?;
        process::succeed(Command::new("strip").args(["--strip-unneeded"]).arg(&place))?;
    }
    for (from, to) in FILES {
        put(&root.join(to), &read(bench, from)?, 0o644)?;
    }
    for (from, to) in PACKED {
        let mut packed = GzEncoder::new(Vec::new(), Compression::best());
        packed.write_all(&read(bench, from)?)?;
        put(&root.join(to), &packed.finish()?, 0o644)?;
    }
    Ok(())
}

fn read(bench: &Bench, file: &str) -> Result<Vec<u8>> {
    fs::read(bench.root.join(file)).with_context(|| file.to_owned())
}

fn put(place: &Path, content: &[u8], mode: u32) -> Result<()> {
    let folder = place.parent().context("a file lies in a folder")?;
    fs::create_dir_all(folder)?;
    // Whoever builds may have a mask that others cannot read through.
    for folder in folder.ancestors().take_while(|folder| !folder.ends_with("root")) {
        fs::set_permissions(folder, fs::Permissions::from_mode(0o755))?;
    }
    fs::write(place, content)?;
    Ok(fs::set_permissions(place, fs::Permissions::from_mode(mode))?)
}
