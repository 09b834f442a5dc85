//! Owns the files that were handed to the program, at its start or a later one: the page hears their names and reads
//! each once. It can read no others.

use fingerpost_engine::Refusal;
use fingerpost_launch::Failure;
use serde::Serialize;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use tauri::State;
use tauri::ipc::{Channel, Response};

/// More than that is no work for a page.
const LARGEST: u64 = 1 << 30;

/// A file that waits to be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Waiting {
    id: u32,
    name: String,
}

#[derive(Debug, Default)]
pub(crate) struct Handed(Mutex<Desk>);

#[derive(Default)]
struct Desk {
    next: u32,
    files: BTreeMap<u32, PathBuf>,
    page: Option<Channel<Vec<Waiting>>>,
}

impl std::fmt::Debug for Desk {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Desk").field("files", &self.files).finish_non_exhaustive()
    }
}

/// The files as a later start can use them, wherever that runs; one that is not there is told at once.
pub(crate) fn absolute(files: &[PathBuf]) -> Result<Vec<PathBuf>, Failure> {
    let known = |file: &PathBuf| {
        let unusable = |error| Failure::unusable(&format!("{}: {error}", file.display()));
        let path = std::path::absolute(file).map_err(unusable)?;
        if std::fs::metadata(&path).map_err(unusable)?.is_dir() {
            return Err(Failure::unusable(&format!("{} is a folder", file.display())));
        }
        Ok(path)
    };
    files.iter().map(known).collect()
}

impl Handed {
    /// Files that were handed over together are shown together.
    pub(crate) fn put(&self, files: Vec<PathBuf>) {
        let mut desk = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let added: Vec<Waiting> = files.into_iter().map(|file| desk.add(file)).collect();
        if !added.is_empty() {
            desk.tell(added);
        }
    }

    /// From now on this page hears of files; at once of those that nobody has read yet.
    fn tell_to(&self, page: Channel<Vec<Waiting>>) {
        let mut desk = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        desk.page = Some(page);
        let waiting: Vec<Waiting> =
            desk.files.iter().map(|(id, path)| Waiting { id: *id, name: name(path) }).collect();
        if !waiting.is_empty() {
            desk.tell(waiting);
        }
    }

    fn take(&self, id: u32) -> Option<PathBuf> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).files.remove(&id)
    }
}

impl Desk {
    fn add(&mut self, file: PathBuf) -> Waiting {
        let id = self.next;
        self.next = self.next.wrapping_add(1);
        let waiting = Waiting { id, name: name(&file) };
        self.files.insert(id, file);
        waiting
    }

    fn tell(&mut self, waiting: Vec<Waiting>) {
        // A page that has gone leaves them for the next.
        self.page = self.page.take().filter(|page| page.send(waiting).is_ok());
    }
}

fn name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// Tells the page of files that are handed over, from now on.
#[tauri::command]
pub(crate) async fn handed(
    told: Channel<Vec<Waiting>>,
    files: State<'_, Handed>,
) -> Result<(), Refusal> {
    files.tell_to(told);
    Ok(())
}

/// What a file holds that was handed over.
#[tauri::command]
pub(crate) async fn read_handed(id: u32, files: State<'_, Handed>) -> Result<Response, Refusal> {
    let path =
        files.take(id).ok_or_else(|| Refusal::said("no such file was handed over".into()))?;
    let read = tauri::async_runtime::spawn_blocking(move || read(&path)).await;
    read.map_err(|error| Refusal::said(error.to_string()))?.map(Response::new)
}

fn read(path: &Path) -> Result<Vec<u8>, Refusal> {
    let wrong = |error: std::io::Error| Refusal::said(format!("{}: {error}", path.display()));
    if std::fs::metadata(path).map_err(wrong)?.len() > LARGEST {
        let words = format!("{}: larger than 1 GiB; fingerpost inspect reads it", path.display());
        return Err(Refusal::said(words));
    }
    std::fs::read(path).map_err(wrong)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_read_once_and_only_if_it_was_handed_over() {
        let handed = Handed::default();
        handed.put(vec!["/tmp/a.pcap".into(), "/tmp/b.sip".into()]);
        assert_eq!(handed.take(1), Some("/tmp/b.sip".into()));
        assert_eq!(handed.take(1), None);
        assert_eq!(handed.take(7), None);
        assert_eq!(handed.take(0), Some("/tmp/a.pcap".into()));
    }

    #[test]
    fn a_file_that_is_not_there_is_told_at_the_start() {
        let failure = absolute(&["/nowhere/a.pcap".into()]).unwrap_err();
        assert!(failure.code == 2 && failure.words.contains("/nowhere/a.pcap"), "{failure:?}");
        assert!(absolute(&[std::env::temp_dir()]).is_err(), "a folder is no file");
        let known = absolute(&["Cargo.toml".into()]).unwrap();
        assert!(known[0].is_absolute(), "{known:?}");
    }
}
