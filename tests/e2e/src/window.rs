//! The desktop app in its window, on a host and a display.

use crate::display::Display;
use crate::driver::Driver;
use crate::person::{PATIENCE, Person};
use anyhow::{Context, Result, bail};
use fingerpost_system_tests::office::Office;
use fingerpost_system_tests::program::{Finished, run};
use serde_json::{Map, Value, json};
use std::ffi::OsString;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

/// What the desktop app needs around it.
#[derive(Debug)]
pub struct Desk {
    driver: Driver,
    folder: PathBuf,
    /// Where the system's browser writes down what it was to show.
    opened: PathBuf,
    binary: PathBuf,
    home: PathBuf,
    display: Display,
}

impl Desk {
    /// On the office's server, with an empty folder for its data and no session bus.
    pub fn set_up(office: &Office) -> Result<Self> {
        Self::on_bus(office, "disabled:")
    }

    /// The same, in a session whose bus has this address.
    pub fn on_bus(office: &Office, bus: &str) -> Result<Self> {
        let display = Display::open()?;
        let binary = std::env::var_os("FINGERPOST_DESKTOP");
        let binary = binary.context("FINGERPOST_DESKTOP names no desktop app")?.into();
        let home = office.lab.folder().to_owned();
        let mut command = office.server.command("WebKitWebDriver");
        surround(&mut command, &display, &home).env("DBUS_SESSION_BUS_ADDRESS", bus);
        // Only then can the window be driven from outside.
        command.env("TAURI_WEBVIEW_AUTOMATION", "true").env("TAURI_AUTOMATION", "true");
        command.env("PATH", with_browser(&home)?);
        let driver = Driver::start(&mut command)?;
        Ok(Self {
            driver,
            opened: home.join("opened"),
            folder: home.join("data"),
            binary,
            home,
            display,
        })
    }

    /// What the system's browser was told to show, once it was.
    pub fn shown_in_the_browser(&self) -> Result<String> {
        let deadline = Instant::now() + PATIENCE;
        while Instant::now() < deadline {
            match std::fs::read_to_string(&self.opened) {
                Ok(address) if address.ends_with('\n') => return Ok(address.trim_end().into()),
                _ => std::thread::yield_now(),
            }
        }
        bail!("no browser was opened")
    }

    /// Opens the window; call it on the server.
    pub async fn open(&self, theme: &str) -> Result<Person> {
        self.open_with(&["--theme", theme]).await
    }

    /// The same with these arguments.
    pub async fn open_with(&self, arguments: &[&str]) -> Result<Person> {
        let folder = text(&self.folder)?;
        let arguments = [&["--data", &folder], arguments].concat();
        let browser = json!({"binary": text(&self.binary)?, "args": arguments});
        let mut capabilities = Map::new();
        capabilities.insert("browserName".into(), "wry".into());
        capabilities.insert("webkitgtk:browserOptions".into(), browser);
        Ok(Person::at(self.driver.session(capabilities).await?))
    }

    /// One more start with the same data, as a person makes it who does not see the window.
    pub fn start_again(&self, office: &Office, arguments: &[&str]) -> Result<Finished> {
        let mut command = office.server.command(&self.binary);
        surround(&mut command, &self.display, &self.home).arg("--data").arg(&self.folder);
        run(command.args(arguments), PATIENCE)
    }

    /// The screen that the window is on.
    #[must_use]
    pub const fn display(&self) -> &Display {
        &self.display
    }

    /// Whether a window has the data folder.
    pub fn is_open(&self) -> Result<bool> {
        let lock = std::fs::File::open(self.folder.join("window.lock"))?;
        Ok(lock.try_lock().is_err())
    }
}

/// What every window of the desk finds around it.
fn surround<'c>(command: &'c mut Command, display: &Display, home: &Path) -> &'c mut Command {
    command.env("DISPLAY", display.name()).env("HOME", home).env("XDG_RUNTIME_DIR", home);
    for variable in ["XDG_CONFIG_HOME", "XDG_DATA_HOME", "WAYLAND_DISPLAY"] {
        command.env_remove(variable);
    }
    // There is no graphics card.
    command.env("WEBKIT_DISABLE_DMABUF_RENDERER", "1").env("LIBGL_ALWAYS_SOFTWARE", "1");
    command.env("GDK_BACKEND", "x11").env("NO_AT_BRIDGE", "1")
}

/// A PATH on which the system's browser is one that only writes down what it is to show.
fn with_browser(folder: &Path) -> Result<OsString> {
    let programs = folder.join("bin");
    std::fs::create_dir_all(&programs)?;
    let program = programs.join("xdg-open");
    let opened = text(&folder.join("opened"))?;
    std::fs::write(&program, format!("#!/bin/sh\necho \"$1\" > '{opened}'\n"))?;
    std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755))?;
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders = std::iter::once(programs).chain(std::env::split_paths(&path));
    std::env::join_paths(folders).context("the PATH of this test")
}

fn text(path: &Path) -> Result<String> {
    Ok(path.to_str().context("the path is no text")?.to_owned())
}

/// The capabilities of a Chromium for the served page.
#[must_use]
pub fn chromium(profile: &Path) -> Map<String, Value> {
    let arguments = [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--window-size=1240,760",
    ];
    let mut arguments: Vec<String> = arguments.map(String::from).to_vec();
    arguments.push(format!("--user-data-dir={}", profile.display()));
    let mut capabilities = Map::new();
    capabilities.insert("browserName".into(), "chrome".into());
    capabilities.insert("goog:chromeOptions".into(), json!({"args": arguments}));
    capabilities
}
