//! Owns why the memory cannot be used, in words that name the file and what to do.

use std::io;
use std::path::PathBuf;

/// The memory of a data folder cannot be used. What is there was left as it is.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum MemoryError {
    /// The folder, or a file in it, cannot be read or made.
    #[error("{}: {cause}; check that the folder is there and belongs to you", path.display())]
    Folder {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        cause: io::Error,
    },
    /// The database cannot be read or written.
    #[error("{}: {message}; check that the file and its folder can be written and that the disk has room", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What the database said.
        message: String,
    },
    /// The file is no memory of Fingerpost, or a damaged one.
    #[error("{}: {message}; it was left as it is: move it away to begin anew", path.display())]
    Foreign {
        /// The file.
        path: PathBuf,
        /// What it is instead.
        message: String,
    },
    /// A newer Fingerpost wrote it.
    #[error("{}: a newer Fingerpost wrote it (format {found}; this one knows {known}); it was left as it is: use that Fingerpost, or move the file away to begin anew", path.display())]
    Newer {
        /// The file.
        path: PathBuf,
        /// Its format.
        found: u32,
        /// The newest that is known here.
        known: u32,
    },
    /// Another Fingerpost uses the folder.
    #[error("{}: another Fingerpost runs with this folder: end that one, change things in its page, or name another folder", path.display())]
    InUse {
        /// The folder.
        path: PathBuf,
    },
    /// There is no memory in the folder.
    #[error("{}: nothing is remembered here; name the folder that `fingerpost serve --data` was given", path.display())]
    Nothing {
        /// The file that is missing.
        path: PathBuf,
    },
}

impl MemoryError {
    /// Whether this machine refused, and not what is in the file.
    #[must_use]
    pub const fn is_of_this_machine(&self) -> bool {
        matches!(self, Self::Folder { .. } | Self::File { .. } | Self::InUse { .. })
    }
}
