//! Owns the question whether there is a screen to open a window on, and what to use where there is none.

use crate::failure::Failure;
use std::env;
use std::fmt::Display;

const INSTEAD: &str =
    "Without a screen, use: fingerpost serve (add --http 127.0.0.1:8075 for pages in a browser)";

/// # Errors
/// There is none.
pub fn look() -> Result<(), Failure> {
    let has_own = cfg!(any(windows, target_os = "macos"));
    let is_set = |name: &str| env::var_os(name).is_some_and(|value| !value.is_empty());
    if has_own || ["WAYLAND_DISPLAY", "WAYLAND_SOCKET", "DISPLAY"].into_iter().any(is_set) {
        return Ok(());
    }
    let words =
        format!("there is no display: neither DISPLAY nor WAYLAND_DISPLAY is set\n{INSTEAD}");
    Err(Failure::refused(&words))
}

/// A display was named, and no window could be opened on it.
#[must_use]
pub fn unusable(why: &dyn Display) -> Failure {
    let name = |name: &str| env::var(name).unwrap_or_else(|_| "not set".into());
    let (x11, wayland) = (name("DISPLAY"), name("WAYLAND_DISPLAY"));
    // The window system's library names the line of its own source first.
    let why = why.to_string();
    let why =
        why.rsplit(".rs:").next().unwrap_or(&why).trim_start_matches(|c: char| !c.is_alphabetic());
    Failure::refused(&format!(
        "no window can be opened (DISPLAY is {x11}, WAYLAND_DISPLAY is {wayland}): {why}\n{INSTEAD}"
    ))
}
