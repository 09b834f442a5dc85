//! A server for a folder of files, for this machine alone: enough HTTP for a browser that asks for them.

use anyhow::{Context, Result};
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::{Component, Path, PathBuf};
use std::time::Duration;

const PORT: u16 = 8074;

/// More than any browser asks in one request.
const LONGEST_HEAD: u64 = 16_384;

/// Serves the folder until the program is ended.
pub(crate) fn forever(folder: &Path) -> Result<()> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, PORT))
        .with_context(|| format!("port {PORT} of 127.0.0.1 cannot be had"))?;
    println!("serving the page at http://{}/ until Ctrl-C", listener.local_addr()?);
    listen(&listener, folder);
    Ok(())
}

/// Serves the folder at a free port while this program does something else.
pub(crate) fn aside(folder: &Path) -> Result<SocketAddr> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
    let (address, folder) = (listener.local_addr()?, folder.to_owned());
    std::thread::spawn(move || listen(&listener, &folder));
    Ok(address)
}

fn listen(listener: &TcpListener, folder: &Path) {
    for stream in listener.incoming() {
        let folder = folder.to_owned();
        std::thread::spawn(move || stream.map_err(Into::into).and_then(|s| answer(&s, &folder)));
    }
}

fn answer(mut stream: &TcpStream, folder: &Path) -> Result<()> {
    stream.set_read_timeout(Some(Duration::from_secs(10)))?;
    let mut lines = BufReader::new(stream.take(LONGEST_HEAD)).lines();
    let request = lines.next().transpose()?.unwrap_or_default();
    // The rest of the head must be read, or closing would cut the answer off.
    lines.map_while(Result::ok).find(String::is_empty);
    let (head, body) = response(&request, folder);
    stream.write_all(head.as_bytes())?;
    Ok(stream.write_all(&body)?)
}

/// The answer to a request line: its head, and its body.
fn response(request: &str, folder: &Path) -> (String, Vec<u8>) {
    let mut words = request.split(' ');
    let (method, target) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    if !matches!(method, "GET" | "HEAD") {
        return refusal("405 Method Not Allowed");
    }
    let file = file(target, folder);
    let Some((path, body)) = file.and_then(|path| Some((path.clone(), fs::read(path).ok()?)))
    else {
        return refusal("404 Not Found");
    };
    let policy = policy(folder).map(|policy| format!("Content-Security-Policy: {policy}\r\n"));
    let head = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: {}\r\nContent-Length: {}\r\n{}X-Content-Type-Options: nosniff\r\n\
         Cache-Control: no-cache\r\nConnection: close\r\n\r\n",
        media_type(&path),
        body.len(),
        policy.unwrap_or_default()
    );
    (head, if method == "HEAD" { Vec::new() } else { body })
}

fn refusal(status: &str) -> (String, Vec<u8>) {
    let head = format!("HTTP/1.1 {status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
    (head, Vec::new())
}

/// The file that is asked for, inside the folder and nowhere else.
fn file(target: &str, folder: &Path) -> Option<PathBuf> {
    let path = target.split(['?', '#']).next()?.strip_prefix('/')?;
    let path = Path::new(if path.is_empty() { "index.html" } else { path });
    let is_plain = |part: Component<'_>| matches!(part, Component::Normal(_));
    path.components().all(is_plain).then(|| folder.join(path))
}

fn media_type(path: &Path) -> &'static str {
    match path.extension().and_then(|end| end.to_str()).unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "json" | "map" => "application/json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "wasm" => "application/wasm",
        "woff2" => "font/woff2",
        _ => "application/octet-stream",
    }
}

/// The policy that the page itself asks for in its head.
fn policy(folder: &Path) -> Option<String> {
    let page = fs::read_to_string(folder.join("index.html")).ok()?;
    let (_, behind) = page.split_once("http-equiv=\"Content-Security-Policy\"")?;
    let (_, value) = behind.split_once('>')?.0.split_once("content=\"")?;
    let value = value.split('"').next()?.replace("&#39;", "'");
    Some(value.split_ascii_whitespace().collect::<Vec<_>>().join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "<meta http-equiv=\"Content-Security-Policy\"\n content=\"default-src 'none';\n  script-src &#39;self&#39;\" />";

    fn folder(name: &str) -> PathBuf {
        let folder = std::env::temp_dir().join(format!("fingerpost-{name}-{}", std::process::id()));
        fs::create_dir_all(folder.join("assets")).unwrap();
        fs::write(folder.join("index.html"), PAGE).unwrap();
        fs::write(folder.join("assets/core.wasm"), b"\0asm").unwrap();
        folder
    }

    #[test]
    fn files_go_out_with_their_type_and_the_pages_policy() {
        let folder = folder("served");
        let (head, body) = response("GET / HTTP/1.1", &folder);
        assert!(head.contains("Content-Type: text/html") && body == PAGE.as_bytes());
        assert!(
            head.contains("Content-Security-Policy: default-src 'none'; script-src 'self'\r\n")
        );
        let (head, body) = response("HEAD /assets/core.wasm?x HTTP/1.1", &folder);
        assert!(head.contains("application/wasm") && head.contains("Content-Length: 4\r\n"));
        assert!(body.is_empty());
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn nothing_outside_the_folder_goes_out() {
        let folder = folder("refused");
        for target in ["/../Cargo.toml", "//etc/passwd", "/assets/../../x", "/none", "", "x"] {
            let (head, _) = response(&format!("GET {target} HTTP/1.1"), &folder);
            assert!(head.starts_with("HTTP/1.1 404"), "{target}");
        }
        assert!(response("POST / HTTP/1.1", &folder).0.starts_with("HTTP/1.1 405"));
        fs::remove_dir_all(folder).unwrap();
    }
}
