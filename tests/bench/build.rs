//! Finds sofia-sip by pkg-config and builds the little C that calls it; without the library the peer is left out.

use std::process::Command;

fn main() {
    println!("cargo::rerun-if-changed=sofia.c");
    println!("cargo::rustc-check-cfg=cfg(has_sofia)");
    let Some(flags) = pkg_config("--cflags") else { return };
    let mut build = cc::Build::new();
    build.file("sofia.c").opt_level(3).warnings(false);
    for flag in flags.split_whitespace() {
        build.flag(flag);
    }
    build.compile("fingerpost_sofia");
    println!("cargo::rustc-link-lib=sofia-sip-ua");
    println!("cargo::rustc-cfg=has_sofia");
}

fn pkg_config(what: &str) -> Option<String> {
    let output = Command::new("pkg-config").args([what, "sofia-sip-ua"]).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}
