//! The program itself, where it cannot open a window.

#![allow(clippy::unwrap_used, reason = "a test stops at the first thing that is not as expected")]
#![cfg(target_os = "linux")]

use std::process::Command;

#[test]
fn without_a_display_it_says_so_and_what_to_use_instead() {
    let output = Command::new(env!("CARGO_BIN_EXE_fingerpost-console"))
        .env_remove("DISPLAY")
        .env_remove("WAYLAND_DISPLAY")
        .env_remove("WAYLAND_SOCKET")
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(4));
    let words = String::from_utf8(output.stderr).unwrap();
    for word in ["DISPLAY", "WAYLAND_DISPLAY", "fingerpost serve"] {
        assert!(words.contains(word), "{word} is not in {words}");
    }
}
