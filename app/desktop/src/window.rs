//! Owns the window: Tauri around the pages, with the engine beside it from the first moment to the last.

use crate::host::{self, Listener, Running};
use crate::phone;
use crate::save;
use fingerpost_engine::{Command, Engine, Setup};
use fingerpost_launch::{Failure, Options, Theme, display};
use std::path::Path;
use std::sync::Arc;
use tauri::async_runtime::block_on;
use tauri::{App, RunEvent, Url, WebviewUrl, WebviewWindowBuilder};

/// The one window's name, which `capabilities/main.json` allows its calls.
const MAIN: &str = "main";

/// Opens it and stays until it is closed.
pub(crate) fn open(options: &Options, folder: &Path, setup: Setup) -> Result<(), Failure> {
    let engine = start(setup)?;
    let app = tauri::Builder::default()
        .plugin(tauri_plugin_dialog::init())
        .manage(Arc::clone(&engine))
        .manage(Listener::default())
        .invoke_handler(tauri::generate_handler![
            host::view,
            host::phone,
            host::command,
            host::news,
            host::traffic,
            host::capture,
            host::settings,
            host::backup,
            host::restore,
            host::policy,
            host::policy_draft,
            host::change_policy,
            save::save,
            phone::phones_csv,
            phone::exchange,
            phone::open_phone,
        ])
        .build(tauri::generate_context!())
        .map_err(|error| display::unusable(&error))?;
    build(&app, options, folder).map_err(|error| display::unusable(&error))?;
    app.run(move |_, event| {
        if matches!(event, RunEvent::Exit) {
            // One that has ended already is what is wanted.
            let _ = block_on(engine.command(Command::Stop));
        }
    });
    Ok(())
}

fn start(setup: Setup) -> Result<Running, Failure> {
    let started = block_on(async { Engine::start(setup) });
    started.map(|(engine, _)| Arc::new(engine)).map_err(|error| Failure::refused(&error))
}

fn build(app: &App, options: &Options, folder: &Path) -> tauri::Result<()> {
    if app.asset_resolver().get("index.html".into()).is_none() {
        let words = "this build holds no pages: build it with cargo xtask run";
        return Err(std::io::Error::other(words).into());
    }
    let window = WebviewWindowBuilder::new(app, MAIN, WebviewUrl::default())
        .title("Fingerpost")
        .inner_size(1240.0, 760.0)
        .min_inner_size(320.0, 320.0)
        // What the pages remember goes where everything else is kept.
        .data_directory(folder.join("window"))
        .on_navigation(is_ours)
        .on_document_title_changed(|window, title| {
            // A title that cannot be shown is no reason to stop.
            let _ = window.set_title(&title);
        })
        .build()?;
    window.set_theme(theme(options.theme()))?;
    window.set_focus()
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
