//! A running `fingerpost serve --http` on the loopback card, and a browser's half of HTTP: enough to say what a browser
//! never would.

#![allow(clippy::panic, reason = "test code outside #[test] functions")]

use super::command;
use serde_json::Value;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

/// Far more than anything here takes.
pub const LONG: Duration = Duration::from_secs(20);

/// The server.
#[derive(Debug)]
pub struct Served {
    child: Child,
    said: Receiver<String>,
    stdout: Receiver<String>,
    number: u8,
    /// `127.0.0.1:PORT`.
    pub authority: String,
    pub token: String,
    /// Everything said up to the address to open.
    pub greeting: String,
}

/// An answer.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    /// Header lines, the names in lower case.
    pub headers: Vec<String>,
    pub body: String,
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        let value = |line: &'_ String| line.strip_prefix(name)?.strip_prefix(": ").map(str::len);
        self.headers.iter().find_map(|line| value(line).map(|length| &line[line.len() - length..]))
    }
}

/// The options that put server or phone number `number` on a network of its own.
pub fn network(number: u8) -> Vec<String> {
    let (group, port) = (format!("239.255.78.{number}"), (36_700 + u16::from(number)).to_string());
    ["--interface", "lo", "--group", &group, "--port", &port].map(String::from).to_vec()
}

/// Each line as it comes.
fn lines(source: impl Read + Send + 'static) -> Receiver<String> {
    let (sender, receiver) = channel();
    thread::spawn(move || {
        for line in BufReader::new(source).lines().map_while(Result::ok) {
            if sender.send(line).is_err() {
                break;
            }
        }
    });
    receiver
}

impl Served {
    /// Starts on the network of `number`, which no other running test may use, and waits for the address.
    pub fn start(number: u8, options: &[&str]) -> Self {
        Self::start_by(command(&[]), number, options)
    }

    /// The same by another command, which is to become `fingerpost` with the arguments that are added here.
    pub fn start_by(mut command: Command, number: u8, options: &[&str]) -> Self {
        command.args(["serve", "--http", "127.0.0.1:0"]).args(network(number)).args(options);
        let mut child = command.stdin(Stdio::null()).spawn().unwrap();
        let said = lines(child.stderr.take().unwrap());
        let stdout = lines(child.stdout.take().unwrap());
        let mut greeting = String::new();
        let url = loop {
            let line = said.recv_timeout(LONG).unwrap_or_else(|_| panic!("no address: {greeting}"));
            greeting.extend([&line, "\n"]);
            if let Some(url) = line.strip_prefix("Open http://") {
                break url.to_owned();
            }
        };
        let (authority, token) = url.split_once("/#token=").unwrap();
        let (authority, token) = (authority.to_owned(), token.to_owned());
        Self { child, said, stdout, number, authority, token, greeting }
    }

    /// A request as it stands, the blank line and all.
    pub fn send(&self, request: &str) -> TcpStream {
        let mut stream = TcpStream::connect(&self.authority).unwrap();
        stream.set_read_timeout(Some(LONG)).unwrap();
        stream.set_write_timeout(Some(LONG)).unwrap();
        stream.write_all(request.as_bytes()).unwrap();
        stream
    }

    /// `line` (method and path) with these headers and no others, and the answer.
    pub fn ask(&self, line: &str, headers: &[(&str, &str)], body: &str) -> Answer {
        let mut request = format!("{line} HTTP/1.1\r\nConnection: close\r\n");
        for (name, value) in headers {
            request.extend([name, ": ", value, "\r\n"]);
        }
        if !body.is_empty() {
            request.extend(["Content-Length: ", &body.len().to_string(), "\r\n"]);
        }
        let mut answer = String::new();
        self.send(&format!("{request}\r\n{body}")).read_to_string(&mut answer).unwrap();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap_or_else(|| panic!("{answer:?}"));
        let mut lines = head.split("\r\n");
        let status = lines.next().unwrap().split(' ').nth(1).unwrap().parse().unwrap();
        let lower = |line: &str| {
            let (name, value) = line.split_once(": ").unwrap();
            format!("{}: {value}", name.to_ascii_lowercase())
        };
        Answer { status, headers: lines.map(lower).collect(), body: body.into() }
    }

    /// What a page of ours sends.
    pub fn get(&self, path: &str) -> Answer {
        let token = format!("Bearer {}", self.token);
        self.ask(
            &format!("GET {path}"),
            &[("Host", &self.authority), ("Authorization", &token)],
            "",
        )
    }

    /// The head and the bytes of what a page of ours would save.
    pub fn get_bytes(&self, path: &str) -> (String, Vec<u8>) {
        let (host, token) = (&self.authority, &self.token);
        let request = format!(
            "GET {path} HTTP/1.1\r\nHost: {host}\r\nAuthorization: Bearer {token}\r\nConnection: close\r\n\r\n"
        );
        let mut answer = Vec::new();
        self.send(&request).read_to_end(&mut answer).unwrap();
        let end = answer.windows(4).position(|four| four == b"\r\n\r\n").unwrap();
        (String::from_utf8(answer[..end + 2].to_vec()).unwrap(), answer.split_off(end + 4))
    }

    /// A command as a page of ours sends it.
    pub fn post(&self, command: &str) -> Answer {
        self.post_to("/api/command", command)
    }

    pub fn post_to(&self, path: &str, body: &str) -> Answer {
        let (token, origin) =
            (format!("Bearer {}", self.token), format!("http://{}", self.authority));
        let headers = [
            ("Host", &*self.authority),
            ("Origin", &origin),
            ("Authorization", &token),
            ("Content-Type", "application/json"),
        ];
        self.ask(&format!("POST {path}"), &headers, body)
    }

    /// The state now.
    pub fn view(&self) -> Value {
        let answer = self.get("/api/view");
        assert_eq!(answer.status, 200, "{answer:?}");
        answer.json()
    }

    /// The events from now on.
    pub fn stream(&self) -> Stream {
        let (host, token) = (&self.authority, &self.token);
        let head = format!(
            "GET /api/events HTTP/1.1\r\nHost: {host}\r\nAuthorization: Bearer {token}\r\n\r\n"
        );
        let mut stream = Stream {
            lines: BufReader::new(self.send(&head)),
            events: Vec::new(),
            is_complete: false,
        };
        // The first line stands for: from here on nothing escapes.
        while stream.line().is_some_and(|line| line != "[]") {}
        stream
    }

    /// Lets a phone ask here, and tells its URL.
    pub fn phone(&self, options: &[&str]) -> Value {
        let output = command(&["phone", "--json", "--wait", "10s"])
            .args(network(self.number))
            .args(options)
            .stdin(Stdio::null())
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
        let text = String::from_utf8(output.stdout).unwrap();
        serde_json::from_str::<Value>(text.lines().next().unwrap()).unwrap()["url"].take()
    }

    /// The process.
    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Sends a command that is carried out.
    pub fn do_it(&self, command: &Value) {
        let answer = self.post(&command.to_string());
        assert_eq!(answer.status, 204, "{command}: {answer:?}");
    }

    /// SIGTERM, and waits for the end.
    pub fn end(self) -> End {
        self.terminate();
        let end = self.ended();
        assert_eq!(end.code, Some(0), "{end:?}");
        end
    }

    /// SIGTERM.
    pub fn terminate(&self) {
        self.signal("TERM");
    }

    pub fn signal(&self, name: &str) {
        let kill = format!("kill -{name} {}", self.child.id());
        assert!(Command::new("sh").arg("-c").arg(kill).status().unwrap().success());
    }

    /// Waits until a line that holds `text` was said.
    pub fn wait_until_said(&self, text: &str) -> String {
        let mut said = String::new();
        loop {
            let line = self.said.recv_timeout(LONG).unwrap_or_else(|_| panic!("{text}: {said}"));
            if line.contains(text) {
                return line;
            }
            said.extend([&line, "\n"]);
        }
    }

    /// Waits for the end.
    pub fn ended(mut self) -> End {
        end_of(&mut self.child, &self.said, &self.stdout)
    }
}

/// How it ended.
#[derive(Debug)]
pub struct End {
    pub code: Option<i32>,
    /// What was said (since the greeting).
    pub said: String,
    pub stdout: Vec<String>,
}

/// Runs a `serve` that refuses to start.
pub fn refusal(options: &[&str]) -> End {
    let mut child = command(&["serve"]).args(options).stdin(Stdio::null()).spawn().unwrap();
    let (said, stdout) = (lines(child.stderr.take().unwrap()), lines(child.stdout.take().unwrap()));
    end_of(&mut child, &said, &stdout)
}

fn end_of(child: &mut Child, said: &Receiver<String>, stdout: &Receiver<String>) -> End {
    let deadline = Instant::now() + LONG;
    let rest = |lines: &Receiver<String>| {
        let left = || deadline.saturating_duration_since(Instant::now());
        // Ends when the pipe does, with the program.
        std::iter::from_fn(|| lines.recv_timeout(left()).ok()).collect::<Vec<_>>()
    };
    let (said, stdout) = (rest(said).join("\n"), rest(stdout));
    if Instant::now() >= deadline {
        let _ = child.kill();
        let _ = child.wait();
        panic!("it did not end: {said}");
    }
    End { code: child.wait().unwrap().code(), said, stdout }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The stream of events.
#[derive(Debug)]
pub struct Stream {
    lines: BufReader<TcpStream>,
    events: Vec<Value>,
    /// Whether the chunk that ends the answer was read: a broken connection has none.
    is_complete: bool,
}

impl Stream {
    /// The next line of JSON; `None` at the end. The head and the sizes of the chunks between them are skipped.
    fn line(&mut self) -> Option<String> {
        loop {
            let mut line = String::new();
            if self.lines.read_line(&mut line).unwrap() == 0 {
                return None;
            }
            if line.starts_with(['[', '{']) {
                return Some(line.trim_end().into());
            }
            self.is_complete |= line == "0\r\n";
            assert!(!line.starts_with("HTTP/1.1 ") || line.starts_with("HTTP/1.1 200 "), "{line}");
        }
    }

    /// Reads until an event of this name came, and returns it; of several of one line the first.
    pub fn until(&mut self, name: &str) -> Value {
        let deadline = Instant::now() + LONG;
        loop {
            if let Some(event) = self.events.iter().find(|event| event["event"] == name) {
                return event.clone();
            }
            assert!(Instant::now() < deadline, "no {name}: {:?}", self.events);
            let line =
                self.line().unwrap_or_else(|| panic!("ended without {name}: {:?}", self.events));
            self.events.extend(serde_json::from_str::<Vec<Value>>(&line).unwrap());
        }
    }

    /// Whether nothing more comes, and that is how it was meant.
    pub fn is_over(&mut self) -> bool {
        self.line().is_none() && self.is_complete
    }
}
