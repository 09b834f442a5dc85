//! Owns what the page asks of the window around it: leave, and what can be switched on and off there.

use crate::autostart::Autostart;
use crate::shell::Shell;
use fingerpost_engine::Refusal;
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use tauri::State;

/// How the switches stand.
#[derive(Debug, Serialize)]
pub(crate) struct Switches {
    /// The window opens with the session.
    autostart: bool,
    /// New phones are told of while the window is not looked at.
    notifications: bool,
}

#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Switch {
    Autostart,
    Notifications,
}

#[tauri::command]
pub(crate) async fn switches(
    shell: State<'_, Arc<Shell>>,
    autostart: State<'_, Autostart>,
) -> Result<Switches, Refusal> {
    Ok(Switches { autostart: autostart.is_on(), notifications: shell.kept.now().notifies })
}

#[tauri::command]
pub(crate) async fn turn(
    switch: Switch,
    on: bool,
    shell: State<'_, Arc<Shell>>,
    autostart: State<'_, Autostart>,
) -> Result<(), Refusal> {
    match switch {
        Switch::Autostart => {
            autostart.set(on).map_err(|error| Refusal::said(error.to_string()))?;
        }
        Switch::Notifications => shell.notify(on),
    }
    Ok(())
}

/// Ends the program, as the window's close button does.
#[tauri::command]
pub(crate) async fn leave(shell: State<'_, Arc<Shell>>) -> Result<(), Refusal> {
    shell.leave();
    Ok(())
}
