//! A desktop's session around the window: a bus of its own, a tray in which a person reads and clicks, and a place where
//! notifications are shown. The bus is a real one; tray and notifications are the desktop's side of the specifications.

#![allow(
    clippy::used_underscore_binding,
    reason = "not all that the specifications send is looked at"
)]

use crate::person::PATIENCE;
use anyhow::{Context, Result, bail};
use fingerpost_system_tests::program::Program;
use std::collections::HashMap;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use zbus::zvariant::{OwnedValue, Structure, Value};
use zbus::{Connection, interface};

const CONFIGURATION: &str = r#"<busconfig><type>session</type><listen>unix:path=BUS</listen><auth>EXTERNAL</auth>
<policy context="default"><allow send_destination="*"/><allow receive_sender="*"/><allow own="*"/><allow user="*"/></policy>
</busconfig>"#;

/// A session's bus.
#[derive(Debug)]
pub struct Bus {
    /// Locked by nobody: the bus is shared with the thread of a host.
    _daemon: Mutex<Program>,
    address: String,
}

impl Bus {
    /// Starts one with its socket in `folder`. Nothing is started by itself on it.
    pub fn start(folder: &Path) -> Result<Self> {
        let (socket, file) = (folder.join("bus"), folder.join("bus.conf"));
        let socket = socket.to_str().context("the folder's name is no text")?;
        fs::write(&file, CONFIGURATION.replace("BUS", socket))?;
        let mut command = Command::new("dbus-daemon");
        command.args(["--nofork", "--print-address", "--config-file"]).arg(&file);
        let daemon = Program::start(&mut command)?;
        daemon.stdout.recv_timeout(PATIENCE).context("dbus-daemon does not start")?;
        Ok(Self { _daemon: Mutex::new(daemon), address: format!("unix:path={socket}") })
    }

    /// What `DBUS_SESSION_BUS_ADDRESS` has to be.
    #[must_use]
    pub fn address(&self) -> &str {
        &self.address
    }

    /// The desktop on it: a tray and notifications.
    pub async fn desktop(&self) -> Result<Desktop> {
        let seen = Arc::new(Mutex::new(Seen::default()));
        let connection = zbus::connection::Builder::address(self.address.as_str())?
            .serve_at("/StatusNotifierWatcher", Watcher(Arc::clone(&seen)))?
            .serve_at("/org/freedesktop/Notifications", Notifications(Arc::clone(&seen)))?
            .name("org.kde.StatusNotifierWatcher")?
            .name("org.freedesktop.Notifications")?
            .build()
            .await?;
        Ok(Desktop { connection, seen })
    }
}

#[derive(Debug, Default)]
struct Seen {
    items: Vec<String>,
    notices: Vec<(String, String)>,
}

#[derive(Debug)]
struct Watcher(Arc<Mutex<Seen>>);

#[interface(name = "org.kde.StatusNotifierWatcher")]
#[allow(clippy::unused_self, reason = "so the specification has it")]
impl Watcher {
    fn register_status_notifier_item(&self, service: &str) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).items.push(service.to_owned());
    }

    #[zbus(property)]
    fn is_status_notifier_host_registered(&self) -> bool {
        true
    }
}

#[derive(Debug)]
struct Notifications(Arc<Mutex<Seen>>);

#[interface(name = "org.freedesktop.Notifications")]
impl Notifications {
    #[allow(clippy::too_many_arguments, reason = "so the specification has it")]
    fn notify(
        &self,
        _application: &str,
        _replaces: u32,
        _icon: &str,
        summary: String,
        body: String,
        _actions: Vec<String>,
        _hints: HashMap<String, OwnedValue>,
        _expires: i32,
    ) -> u32 {
        let mut seen = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        seen.notices.push((summary, body));
        u32::try_from(seen.notices.len()).unwrap_or(u32::MAX)
    }
}

/// A part of a menu on the bus: its number, its words, the parts below it.
type Node = (i32, HashMap<String, OwnedValue>, Vec<OwnedValue>);

/// A line of the tray's menu.
#[derive(Debug, Clone)]
pub struct Line {
    id: i32,
    /// Its words.
    pub label: String,
    /// Whether it has a mark.
    pub is_checked: bool,
}

/// Somebody in front of the desktop.
#[derive(Debug)]
pub struct Desktop {
    connection: Connection,
    seen: Arc<Mutex<Seen>>,
}

impl Desktop {
    /// Waits until the menu of our entry has a line that `wanted` takes.
    pub async fn line(&self, wanted: impl Fn(&Line) -> bool) -> Result<Line> {
        let deadline = Instant::now() + PATIENCE;
        let mut last = Vec::new();
        while Instant::now() < deadline {
            last = self.menu().await.unwrap_or(last);
            if let Some(line) = last.iter().find(|line| wanted(line)) {
                return Ok(line.clone());
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        bail!("no such line in the tray's menu: {last:#?}")
    }

    /// Clicks the line with these words.
    pub async fn click(&self, label: &str) -> Result<()> {
        let line = self.line(|line| line.label == label).await?;
        let event = (line.id, "clicked", Value::from(0_i32), 0_u32);
        self.call("Event", &event).await.map(drop)
    }

    /// Waits for a notification with this title; what stands below it.
    pub async fn notice(&self, title: &str) -> Result<String> {
        let deadline = Instant::now() + PATIENCE;
        while Instant::now() < deadline {
            let notices = self.notices();
            if let Some((_, body)) = notices.iter().find(|(summary, _)| summary == title) {
                return Ok(body.clone());
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        bail!("no notification {title:?}: {:#?}", self.notices())
    }

    /// Titles and texts of the notifications so far.
    #[must_use]
    pub fn notices(&self) -> Vec<(String, String)> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner).notices.clone()
    }

    async fn menu(&self) -> Result<Vec<Line>> {
        let answer = self.call("GetLayout", &(0_i32, -1_i32, Vec::<&str>::new())).await?;
        let (_, root): (u32, Node) = answer.body().deserialize()?;
        root.2.into_iter().map(line).collect()
    }

    async fn call<B>(&self, method: &str, body: &B) -> Result<zbus::Message>
    where
        B: serde::Serialize + zbus::zvariant::DynamicType,
    {
        let item = self.seen.lock().unwrap_or_else(PoisonError::into_inner).items.last().cloned();
        let item = item.context("no entry in the tray")?;
        let call = self.connection.call_method(
            Some(item.as_str()),
            "/MenuBar",
            Some("com.canonical.dbusmenu"),
            method,
            body,
        );
        Ok(call.await?)
    }
}

fn line(value: OwnedValue) -> Result<Line> {
    let structure = Structure::try_from(value)?;
    let (id, mut words, _): Node = structure.try_into()?;
    let label = words.remove("label").map(String::try_from).transpose()?.unwrap_or_default();
    let mark = words.remove("toggle-state").map(i32::try_from).transpose()?;
    Ok(Line { id, label: label.replace("__", "_"), is_checked: mark == Some(1) })
}
