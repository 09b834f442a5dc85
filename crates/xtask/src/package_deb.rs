//! The Debian package as such: its control file, what it depends on, the packing, and a look into what came of it.

use crate::package_tree::PROGRAMS;
use crate::process;
use anyhow::{Context, Result, ensure};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Fingerpost's own, and the package's: the latter grows where the same Fingerpost is packed in another way.
const VERSION: &str = concat!(env!("CARGO_PKG_VERSION"), "-1");

/// What the console opens by name while it runs: no tool can see that in the program.
const OPENED: &str =
    "libegl1, libgl1, libx11-6, libx11-xcb1, libxcursor1, libxi6, libxkbcommon-x11-0";

/// What must be in every package, beside the programs.
const PARTS: [&str; 7] = [
    "./usr/share/doc/fingerpost/changelog.Debian.gz",
    "./usr/share/applications/fingerpost.desktop",
    "./usr/share/applications/fingerpost-console.desktop",
    "./usr/share/icons/hicolor/scalable/apps/fingerpost.svg",
    "./usr/share/man/man1/fingerpost.1.gz",
    "./usr/share/doc/fingerpost/copyright",
    "./usr/share/mime/packages/fingerpost.xml",
];

/// Packs `root` into a file in `place`.
pub(crate) fn pack(root: &Path, place: &Path) -> Result<PathBuf> {
    for entry in fs::read_dir(root.join("usr/share/applications"))? {
        process::succeed(Command::new("desktop-file-validate").arg(entry?.path()))?;
    }
    let architecture = said(Command::new("dpkg").arg("--print-architecture"))?;
    let control = control(&architecture, &depends(root, place)?, size(root)? / 1024);
    fs::create_dir_all(root.join("DEBIAN"))?;
    fs::write(root.join("DEBIAN/control"), control)?;
    let deb = place.join(format!("fingerpost_{VERSION}_{architecture}.deb"));
    let mut pack = Command::new("dpkg-deb");
    pack.args(["--root-owner-group", "-Zxz", "-z1", "--build"]).arg(root).arg(&deb);
    process::succeed(&mut pack)?;
    Ok(deb)
}

fn control(architecture: &str, depends: &str, kibibytes: u64) -> String {
    format!(
        "Package: fingerpost
Version: {VERSION}
Architecture: {architecture}
Maintainer: The Fingerpost authors <authors@fingerpost.invalid>
Installed-Size: {kibibytes}
Depends: {depends}
Section: net
Priority: optional
Description: points SIP desk phones to their configuration
 A desk phone in factory state asks its LAN where its configuration is.
 Fingerpost answers with the URL, and shows people what phones and servers
 said to each other.
 .
 This package holds the desktop app, a native console, and the fingerpost
 command, which also serves the pages to a browser.
"
    )
}

/// What the programs are linked with, as the packages of this system name it.
fn depends(root: &Path, place: &Path) -> Result<String> {
    // The tool wants to see a source package around it.
    let source = place.join("source");
    fs::create_dir_all(source.join("debian"))?;
    fs::write(
        source.join("debian/control"),
        "Source: fingerpost\n\nPackage: fingerpost\nArchitecture: any\n",
    )?;
    let mut look = Command::new("dpkg-shlibdeps");
    look.arg("-O").current_dir(&source);
    for program in PROGRAMS {
        look.arg(root.join("usr/bin").join(program));
    }
    let said = said(&mut look)?;
    let linked = said.strip_prefix("shlibs:Depends=").context("dpkg-shlibdeps names nothing")?;
    Ok(format!("{linked}, {OPENED}"))
}

fn size(folder: &Path) -> Result<u64> {
    let mut sum = 0;
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        sum += if entry.file_type()?.is_dir() {
            size(&entry.path())?
        } else {
            entry.metadata()?.len()
        };
    }
    Ok(sum)
}

/// What is wrong with the package, in words.
pub(crate) fn mistakes(deb: &Path) -> Result<Vec<String>> {
    let listed = said(Command::new("dpkg-deb").arg("--contents").arg(deb))?;
    let lines: Vec<&str> = listed.lines().collect();
    let mut wrong = Vec::new();
    let programs = PROGRAMS.map(|program| format!("./usr/bin/{program}"));
    for part in programs.iter().map(String::as_str).chain(PARTS) {
        if !lines.iter().any(|line| line.ends_with(&format!(" {part}"))) {
            wrong.push(format!("{part} is not in the package"));
        }
    }
    for line in lines {
        let is_program = line.contains(" ./usr/bin/fingerpost");
        let mode = if line.starts_with('d') || is_program { "rwxr-xr-x" } else { "rw-r--r--" };
        if !line.contains(" root/root ") || line.get(1..10) != Some(mode) {
            wrong.push(format!("not root's, or not {mode}: {line}"));
        }
    }
    let depends = field(deb, "Depends")?;
    for library in ["libwebkit2gtk-4.1-0", "libgtk-3-0", "libc6", "libegl1"] {
        if !depends.contains(library) {
            wrong.push(format!("Depends names no {library}: {depends}"));
        }
    }
    if field(deb, "Version")? != VERSION {
        wrong.push("the version is another one".to_owned());
    }
    Ok(wrong)
}

fn field(deb: &Path, name: &str) -> Result<String> {
    said(Command::new("dpkg-deb").arg("--field").arg(deb).arg(name))
}

fn said(command: &mut Command) -> Result<String> {
    let output = command.output().with_context(|| format!("{command:?} did not start"))?;
    let words = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "{command:?} ended with {}: {words}", output.status);
    Ok(String::from_utf8(output.stdout)?.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::package_tree::CHANGES;

    #[test]
    fn the_packages_changes_begin_with_its_version() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        let changes = fs::read_to_string(root.join(CHANGES)).unwrap();
        let first = changes.lines().next().unwrap();
        assert!(first.starts_with(&format!("fingerpost ({VERSION}) ")), "{first}");
    }
}
