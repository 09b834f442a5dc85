//! Owns what the window remembers between two runs: its place, and whether it tells of new phones. One small file in the
//! data folder; what cannot be read counts as nothing.

use crate::log;
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

const FILE: &str = "window.json";

#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Remembered {
    pub(crate) place: Option<Place>,
    pub(crate) notifies: bool,
}

impl Default for Remembered {
    fn default() -> Self {
        Self { place: None, notifies: true }
    }
}

/// Where the window was and how large; the size without what scaling adds.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub(crate) struct Place {
    pub(crate) x: i32,
    pub(crate) y: i32,
    pub(crate) width: f64,
    pub(crate) height: f64,
    pub(crate) is_maximized: bool,
}

#[derive(Debug)]
pub(crate) struct Kept {
    path: PathBuf,
    /// What is known, and what the file holds.
    state: Mutex<(Remembered, Remembered)>,
}

impl Kept {
    pub(crate) fn read(folder: &Path) -> Self {
        let path = folder.join(FILE);
        let text = std::fs::read(&path).unwrap_or_default();
        let known: Remembered = serde_json::from_slice(&text).unwrap_or_default();
        Self { path, state: Mutex::new((known, known)) }
    }

    pub(crate) fn now(&self) -> Remembered {
        self.state.lock().unwrap_or_else(PoisonError::into_inner).0
    }

    /// Changes what is known; [`Kept::write`] keeps it.
    pub(crate) fn change(&self, change: impl FnOnce(&mut Remembered)) {
        change(&mut self.state.lock().unwrap_or_else(PoisonError::into_inner).0);
    }

    /// Writes what has changed. A folder that cannot be written is told; the window goes on without.
    pub(crate) fn write(&self) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        if state.0 == state.1 {
            return;
        }
        match self.replace(&state.0) {
            Ok(()) => state.1 = state.0,
            Err(error) => log::say(&format!("{}: {error}", self.path.display())),
        }
    }

    /// In one step: a crash leaves the old one or the new one.
    fn replace(&self, known: &Remembered) -> std::io::Result<()> {
        let new = self.path.with_extension("json.new");
        std::fs::write(&new, serde_json::to_vec_pretty(known)?)?;
        std::fs::rename(&new, &self.path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_again_and_nonsense_counts_as_nothing() {
        let folder = std::env::temp_dir().join(format!("fingerpost-kept-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let kept = Kept::read(&folder);
        assert!(kept.now().notifies);
        let place = Place { x: 7, y: 9, width: 800.0, height: 600.5, is_maximized: false };
        kept.change(|known| *known = Remembered { place: Some(place), notifies: false });
        kept.write();
        assert_eq!(Kept::read(&folder).now(), Remembered { place: Some(place), notifies: false });
        std::fs::write(folder.join(FILE), "{").unwrap();
        assert_eq!(Kept::read(&folder).now(), Remembered::default());
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
