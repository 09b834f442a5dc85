//! Owns handing something out as a file, where the person wants it. The pages name it and give its content; they see no
//! path.

use fingerpost_engine::Refusal;
use tauri::WebviewWindow;
use tauri_plugin_dialog::{DialogExt, FilePath};
use tokio::sync::oneshot;

/// What a page hands out.
#[derive(Debug, serde::Deserialize)]
#[serde(untagged)]
pub(crate) enum Content {
    Text(String),
    /// A capture file, say.
    Bytes(Vec<u8>),
}

impl AsRef<[u8]> for Content {
    fn as_ref(&self) -> &[u8] {
        match self {
            Self::Text(text) => text.as_bytes(),
            Self::Bytes(bytes) => bytes,
        }
    }
}

/// Whether it was saved; not where the person changed their mind.
#[tauri::command]
pub(crate) async fn save(
    name: String,
    content: Content,
    window: WebviewWindow,
) -> Result<bool, Refusal> {
    let Some(path) = ask_where(&window, &name).await else { return Ok(false) };
    let path = path.into_path().map_err(|error| Refusal::said(error.to_string()))?;
    let written = std::fs::write(&path, content);
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_and_bytes_come_as_the_page_sends_them() {
        let read = |json: &str| serde_json::from_str::<Content>(json).unwrap().as_ref().to_vec();
        assert_eq!(read(r#""a\r\n""#), b"a\r\n");
        assert_eq!(read("[10, 13, 255]"), [10, 13, 255]);
    }
}
