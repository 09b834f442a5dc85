//! Owns handing a text out as a file, where the person wants it. The pages name it and give its text; they see no path.

use fingerpost_engine::Refusal;
use tauri::WebviewWindow;
use tauri_plugin_dialog::{DialogExt, FilePath};
use tokio::sync::oneshot;

/// Whether it was saved; not where the person changed their mind.
#[tauri::command]
pub(crate) async fn save(
    name: String,
    text: String,
    window: WebviewWindow,
) -> Result<bool, Refusal> {
    let Some(path) = ask_where(&window, &name).await else { return Ok(false) };
    let path = path.into_path().map_err(|error| Refusal::said(error.to_string()))?;
    let written = std::fs::write(&path, text);
    let wrong = |error| Refusal::said(format!("{}: {error}", path.display()));
    written.map_err(wrong).map(|()| true)
}

async fn ask_where(window: &WebviewWindow, name: &str) -> Option<FilePath> {
    let (tell, chosen) = oneshot::channel();
    let dialog = window.dialog().file().set_parent(window).set_file_name(name);
    dialog.save_file(move |path| {
        // A window that was closed meanwhile wants no answer.
        let _ = tell.send(path);
    });
    chosen.await.ok().flatten()
}
