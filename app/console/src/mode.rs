//! Owns the switch between answering and observing, as the console asks for it.

use fingerpost_engine::{Command, Mode, View};

/// Whether phones are answered, as far as the mode goes.
pub(crate) fn is_answering(view: &View) -> bool {
    view.mode == Mode::Answer
}

/// The command that switches.
pub(crate) fn switch(answer: bool) -> Command {
    Command::SetMode { mode: if answer { Mode::Answer } else { Mode::Observe } }
}
