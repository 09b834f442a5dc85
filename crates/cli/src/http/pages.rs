//! Owns the pages: what `cargo xtask web` had built when the binary was, else one plain page that says how to. They hold no
//! data and are for whoever asks; the token in their URL's fragment opens the API to them.

use axum::Router;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::http::{StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use axum::routing::get;

/// Paths and what stands there.
type Files = &'static [(&'static str, &'static [u8])];

/// Written by `build.rs`; empty where nothing was built.
const BUILT: Files = include!(concat!(env!("OUT_DIR"), "/pages.rs"));

const BUILTIN: Files = &[
    ("/index.html", include_bytes!("builtin/index.html")),
    ("/alive.js", include_bytes!("builtin/alive.js")),
];

pub(super) fn router() -> Router {
    Router::new().fallback(get(page))
}

async fn page(uri: Uri) -> Response {
    let files = if find(BUILT, "/").is_some() { BUILT } else { BUILTIN };
    match find(files, uri.path()) {
        // A new Fingerpost brings new pages under the same names.
        Some((kind, bytes)) => {
            ([(CONTENT_TYPE, kind), (CACHE_CONTROL, "no-cache")], bytes).into_response()
        }
        None => (StatusCode::NOT_FOUND, "no such page\n").into_response(),
    }
}

fn find(files: Files, path: &str) -> Option<(&'static str, &'static [u8])> {
    let path = if path == "/" { "/index.html" } else { path };
    let (_, bytes) = files.iter().find(|(name, _)| *name == path)?;
    Some((content_type(path), bytes))
}

fn content_type(path: &str) -> &'static str {
    match path.rsplit_once('.').map_or("", |(_, extension)| extension) {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "wasm" => "application/wasm",
        "json" | "map" => "application/json",
        "webmanifest" => "application/manifest+json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/vnd.microsoft.icon",
        "woff2" => "font/woff2",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_found_by_their_exact_path() {
        const FILES: Files = &[("/index.html", b"page"), ("/assets/core.wasm", b"\0asm")];
        assert_eq!(find(FILES, "/"), Some(("text/html; charset=utf-8", &b"page"[..])));
        assert_eq!(find(FILES, "/assets/core.wasm"), Some(("application/wasm", &b"\0asm"[..])));
        for none in ["", "/assets/", "/assets", "/../index.html", "/INDEX.html", "//index.html"] {
            assert_eq!(find(FILES, none), None, "{none}");
        }
    }

    #[test]
    fn browsers_run_modules_and_wasm_only_under_their_own_type() {
        assert!(content_type("/a/b.js").starts_with("text/javascript"));
        assert_eq!(content_type("/a.b/c"), "application/octet-stream");
    }

    #[test]
    fn the_builtin_page_says_how_to_build_the_others() {
        let (_, page) = find(BUILTIN, "/").unwrap();
        let page = str::from_utf8(page).unwrap();
        assert!(page.contains("cargo xtask web") && page.contains("src=\"/alive.js\""));
        assert!(find(BUILTIN, "/alive.js").is_some());
    }
}
