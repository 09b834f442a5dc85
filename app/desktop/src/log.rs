//! Owns what the program says to whoever started it: lines on standard error. Nobody may be listening.

use std::fmt::Display;
use std::io::Write;

pub(crate) fn say(words: &impl Display) {
    let _ = writeln!(std::io::stderr().lock(), "{words}");
}
