//! Owns the policy file on disk: notices that it is another one, and reads it. Editors replace files, so it is looked at by
//! its name. Knows nothing of what it holds.

use crate::replace_file::replace_file;
use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};
use tokio::sync::mpsc;
use tokio::task::{JoinSet, spawn_blocking};
use tokio::time::{MissedTickBehavior, interval};

const EVERY: Duration = Duration::from_millis(500);
/// A policy with ten thousand rules is some two megabytes long.
const LARGEST: u64 = 16 * 1024 * 1024;

/// What a file held, or why it could not be read, in words.
pub(crate) type Reading = Result<String, String>;

/// The file that an engine follows. Dropping it ends the watch.
#[derive(Debug)]
pub(crate) struct PolicyFile {
    path: PathBuf,
    /// What it held when it was last taken or refused.
    taken: Reading,
    readings: mpsc::Receiver<Reading>,
    _watch: JoinSet<()>,
}

impl PolicyFile {
    /// Follows the file at `path`, which held `text`.
    ///
    /// # Panics
    /// Outside a tokio runtime with its time driver enabled.
    pub(crate) fn follow(path: PathBuf, text: String) -> Self {
        let (queue, readings) = mpsc::channel(1);
        let mut watch = JoinSet::new();
        watch.spawn(self::watch(path.clone(), queue));
        Self { path, taken: Ok(text), readings, _watch: watch }
    }

    /// Makes the file, which is not there yet, and follows it.
    pub(crate) async fn begin(path: PathBuf, text: &str) -> Result<Self, String> {
        let (new, holds) = (path.clone(), text.to_owned());
        let made = spawn_blocking(move || make(&new, &holds)).await;
        let cannot =
            |error: &dyn std::fmt::Display| format!("cannot write {}: {error}", path.display());
        made.map_err(|error| cannot(&error))?.map_err(|error| cannot(&error))?;
        Ok(Self::follow(path, text.to_owned()))
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// As it was named.
    pub(crate) fn name(&self) -> String {
        self.path.display().to_string()
    }

    /// What it holds, each time that it holds something else. Cancel-safe.
    pub(crate) async fn changed(&mut self) -> Reading {
        loop {
            // The watch ends with us.
            let Some(reading) = self.readings.recv().await else {
                return std::future::pending().await;
            };
            if reading != self.taken {
                self.taken.clone_from(&reading);
                return reading;
            }
        }
    }

    /// Writes it. What is written is what was taken: it is no news.
    pub(crate) async fn write(&mut self, text: &str) -> Result<(), String> {
        let (path, new) = (self.path.clone(), text.to_owned());
        let written = spawn_blocking(move || replace_file(&path, &new)).await;
        let cannot =
            |error: &dyn std::fmt::Display| format!("cannot write {}: {error}", self.name());
        written.map_err(|error| cannot(&error))?.map_err(|error| cannot(&error))?;
        self.taken = Ok(text.to_owned());
        Ok(())
    }

    /// What it holds, taken or not.
    pub(crate) async fn text(&self) -> Reading {
        text_of(&self.path).await
    }

    /// What it holds now, changed or not.
    pub(crate) async fn read(&mut self) -> Reading {
        self.taken = text_of(&self.path).await;
        self.taken.clone()
    }
}

/// One that came there meanwhile is left alone.
fn make(path: &Path, text: &str) -> io::Result<()> {
    let mut file = File::create_new(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}

/// Whether the system says that the file, or its folder, in which it is replaced, may not be written.
pub(crate) fn is_read_only(path: &Path) -> bool {
    let says = |path: &Path| fs::metadata(path).is_ok_and(|about| about.permissions().readonly());
    says(path) || path.parent().is_some_and(says)
}

/// What tells one state of a file from the next without reading it; `None` where there is none.
type Stamp = Option<(SystemTime, u64, u64)>;

/// Hands over what the file holds once it is another one and has stayed so for one look: whoever writes it may not be
/// done yet. The first look has nothing to compare with and tells too.
async fn watch(path: PathBuf, queue: mpsc::Sender<Reading>) {
    let mut clock = interval(EVERY);
    clock.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let (mut told, mut last): (Option<Stamp>, Option<Stamp>) = (None, None);
    loop {
        clock.tick().await;
        let now = Some(stamp_of(&path).await);
        if now == last && now != told {
            told = now;
            if queue.send(text_of(&path).await).await.is_err() {
                return;
            }
        }
        last = now;
    }
}

async fn stamp_of(path: &Path) -> Stamp {
    let path = path.to_owned();
    spawn_blocking(move || stamp(&path)).await.unwrap_or_default()
}

fn stamp(path: &Path) -> Stamp {
    let about = fs::metadata(path).ok()?;
    Some((about.modified().ok()?, about.len(), number(&about)))
}

/// A file that replaces another in the same instant has another number.
#[cfg(unix)]
fn number(about: &fs::Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::ino(about)
}

#[cfg(not(unix))]
fn number(_: &fs::Metadata) -> u64 {
    0
}

async fn text_of(path: &Path) -> Reading {
    let path = path.to_owned();
    let read = spawn_blocking(move || read(&path)).await;
    read.unwrap_or_else(|error| Err(io::Error::other(error))).map_err(|cause| {
        let words = cause.to_string();
        format!("it cannot be read: {words}")
    })
}

pub(crate) fn read(path: &Path) -> io::Result<String> {
    let mut text = String::new();
    File::open(path)?.take(LARGEST + 1).read_to_string(&mut text)?;
    if text.len() as u64 > LARGEST { Err(io::ErrorKind::FileTooLarge.into()) } else { Ok(text) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn another_text_is_told_once_and_a_missing_file_too() {
        let path = std::env::temp_dir().join(format!("fingerpost-policy-{}", std::process::id()));
        fs::write(&path, "one").unwrap();
        let mut file = PolicyFile::follow(path.clone(), "one".into());
        let new = path.with_extension("new");
        fs::write(&new, "two").unwrap();
        fs::rename(&new, &path).unwrap();
        assert_eq!(file.changed().await, Ok("two".into()));
        // The same text again is no news.
        fs::write(&new, "two").unwrap();
        fs::rename(&new, &path).unwrap();
        assert_eq!(file.read().await, Ok("two".into()));
        fs::remove_file(&path).unwrap();
        let gone = file.changed().await.unwrap_err();
        assert!(gone.starts_with("it cannot be read: "), "{gone}");
    }
}
