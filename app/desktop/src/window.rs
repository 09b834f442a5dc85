//! Owns the window: Tauri around the pages, with the engine beside it from the first moment to the last.

use crate::autostart::Autostart;
use crate::handed::{self, Handed};
use crate::host::{self, Listener, Running};
use crate::instance::Door;
use crate::kept::Kept;
use crate::shell::Shell;
use crate::{phone, place, save, switches, watch};
use fingerpost_engine::{Command, Engine, Setup};
use fingerpost_launch::{Failure, Options, Theme, display};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tauri::async_runtime::{block_on, spawn};
use tauri::{
    App, Manager, RunEvent, Url, WebviewUrl, WebviewWindow, WebviewWindowBuilder, WindowEvent,
};

/// The one window's name, which `capabilities/main.json` allows its calls.
const MAIN: &str = "main";

/// Opens it and stays until it is closed.
pub(crate) fn open(
    options: &Options,
    folder: &Path,
    door: &Door,
    files: Vec<PathBuf>,
) -> Result<(), Failure> {
    let engine = start(options.setup(folder)?)?;
    let app = tauri::Builder::default()
        .plugin(tauri_plugin_dialog::init())
        .manage(Arc::clone(&engine))
        .manage(Listener::default())
        .manage(Handed::default())
        .manage(Autostart::of(folder))
        .invoke_handler(tauri::generate_handler![
            host::view,
            host::phone,
            host::command,
            host::news,
            host::traffic,
            host::capture,
            host::settings,
            host::backup,
            host::health,
            host::search,
            host::restore,
            host::policy,
            host::policy_draft,
            host::change_policy,
            save::save,
            phone::phones_csv,
            phone::exchange,
            phone::open_phone,
            handed::handed,
            handed::read_handed,
            switches::switches,
            switches::turn,
            switches::leave,
        ])
        .build(tauri::generate_context!())
        .map_err(|error| display::unusable(&error))?;
    let kept = Arc::new(Kept::read(folder));
    let window = build(&app, options, folder, &kept).map_err(|error| display::unusable(&error))?;
    let shell = Arc::new(Shell::new(app.handle().clone(), window, engine, kept));
    app.state::<Handed>().put(files);
    app.manage(Arc::clone(&shell));
    attend(&shell, door);
    app.run(move |_, event| {
        if matches!(event, RunEvent::Exit) {
            shell.kept.write();
            // One that has ended already is what is wanted.
            let _ = block_on(shell.engine.command(Command::Stop));
        }
    });
    Ok(())
}

/// What goes on beside the pages: the close button asks, later starts hand over, the tray and new phones are told of.
fn attend(shell: &Arc<Shell>, door: &Door) {
    let closing = Arc::clone(shell);
    shell.window.on_window_event(move |event| {
        if let WindowEvent::CloseRequested { api, .. } = event {
            api.prevent_close();
            closing.leave();
        }
    });
    let later = Arc::clone(shell);
    door.attend(move |files| {
        if later.is_leaving() {
            return false;
        }
        later.app.state::<Handed>().put(files);
        later.raise();
        true
    });
    let watching = Arc::clone(shell);
    spawn(async move {
        watching.tray.open(&watching).await;
        watch::keep(&watching).await;
    });
}

fn start(setup: Setup) -> Result<Running, Failure> {
    let started = block_on(async { Engine::start(setup) });
    started.map(|(engine, _)| Arc::new(engine)).map_err(|error| Failure::refused(&error))
}

fn build(
    app: &App,
    options: &Options,
    folder: &Path,
    kept: &Arc<Kept>,
) -> tauri::Result<WebviewWindow> {
    if app.asset_resolver().get("index.html".into()).is_none() {
        let words = "this build holds no pages: build it with cargo xtask run";
        return Err(std::io::Error::other(words).into());
    }
    let (width, height) = place::size(kept);
    let window = WebviewWindowBuilder::new(app, MAIN, WebviewUrl::default())
        .title("Fingerpost")
        .inner_size(width, height)
        .min_inner_size(place::LEAST.0, place::LEAST.1)
        // Files that are dropped are the page's.
        .disable_drag_drop_handler()
        // What the pages remember goes where everything else is kept.
        .data_directory(folder.join("window"))
        .on_navigation(is_ours)
        .on_document_title_changed(|window, title| {
            // A title that cannot be shown is no reason to stop.
            let _ = window.set_title(&title);
        })
        .build()?;
    place::keep(&window, kept)?;
    window.set_theme(theme(options.theme()))?;
    window.set_focus()?;
    Ok(window)
}

/// The pages lead nowhere else.
fn is_ours(url: &Url) -> bool {
    url.scheme() == "tauri" || url.host_str() == Some("tauri.localhost")
}

fn theme(theme: Theme) -> Option<tauri::Theme> {
    match theme {
        Theme::System => None,
        Theme::Light => Some(tauri::Theme::Light),
        Theme::Dark => Some(tauri::Theme::Dark),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_window_shows_its_own_pages_and_no_others() {
        for own in ["tauri://localhost/index.html#/phones", "http://tauri.localhost/"] {
            assert!(is_ours(&own.parse().unwrap()), "{own}");
        }
        for other in ["https://example.com/", "http://127.0.0.1:8075/", "file:///etc/passwd"] {
            assert!(!is_ours(&other.parse().unwrap()), "{other}");
        }
    }
}
