//! Owns the two modes. The engine's type for them has its name in a crate that the console does not see; both come and
//! go in the shape that the engine promises to every shell: JSON.

use fingerpost_engine::{Command, View};
use serde_json::json;

const ANSWER: &str = "answer";
const OBSERVE: &str = "observe";

/// Whether phones are answered, as far as the mode goes.
pub(crate) fn is_answering(view: &View) -> bool {
    serde_json::to_value(view.mode).is_ok_and(|mode| mode == ANSWER)
}

/// The command that switches.
pub(crate) fn switch(answer: bool) -> Option<Command> {
    let mode = if answer { ANSWER } else { OBSERVE };
    serde_json::from_value(json!({ "command": "set_mode", "mode": mode })).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_switches_are_commands_of_the_engine() {
        assert_eq!(format!("{:?}", switch(true).unwrap()), "SetMode { mode: Answer }");
        assert_eq!(format!("{:?}", switch(false).unwrap()), "SetMode { mode: Observe }");
    }
}
