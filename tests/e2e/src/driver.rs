//! A running WebDriver on a host, and a session with it: WebKit's for the desktop window, Chromium's for the served page.

use anyhow::{Context, Result, ensure};
use fantoccini::{Client, ClientBuilder};
use fingerpost_system_tests::lab::Host;
use fingerpost_system_tests::program::Program;
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Map, Value};
use std::future::Future;
use std::process::Command;
use std::sync::Mutex;
use std::time::{Duration, Instant};

/// The host is ours alone: any port is free.
const PORT: u16 = 4444;
const START: Duration = Duration::from_secs(30);

/// A WebDriver. Whatever it started ends with it.
#[derive(Debug)]
pub struct Driver {
    /// Locked by nobody: sessions are made on the host's thread, which shares this.
    _program: Mutex<Program>,
}

impl Driver {
    /// Starts `command`, which is told to listen on our port.
    pub fn start(command: &mut Command) -> Result<Self> {
        let program = Program::start(command.arg(format!("--port={PORT}")))?;
        Ok(Self { _program: Mutex::new(program) })
    }

    /// A session with these capabilities; call it on the driver's own host.
    pub async fn session(&self, capabilities: Map<String, Value>) -> Result<Client> {
        let deadline = Instant::now() + START;
        loop {
            let mut builder = ClientBuilder::new(HttpConnector::new());
            builder.capabilities(capabilities.clone());
            match builder.connect(&format!("http://127.0.0.1:{PORT}")).await {
                Ok(client) => return Ok(client),
                Err(error) => {
                    let is_early = error.to_string().contains("Connect");
                    ensure!(is_early && Instant::now() < deadline, "no session: {error}");
                    tokio::task::yield_now().await;
                }
            }
        }
    }
}

/// Does `work` on `host`: connections that it makes are the host's.
pub fn on<T: Send, F: Future<Output = Result<T>>>(
    host: &Host,
    work: impl FnOnce() -> F + Send,
) -> Result<T> {
    host.enter(|| {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        runtime.context("no runtime")?.block_on(work())
    })
}
