//! Owns opening the database: made whole or not at all, refused where it is not ours, brought up to date. What is read
//! and written is `reading`'s and `writing`'s.

use super::error::MemoryError;
use super::folder::{self, Lock};
use super::schema;
use rusqlite::{Connection, ErrorCode, OpenFlags};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// How long somebody else's writing is waited for.
const PATIENCE: Duration = Duration::from_secs(2);
/// A storm's batch is changed in memory before it is written.
const CACHE_KIB: i32 = 8 * 1024;
/// More than there are: none is prepared twice.
const STATEMENTS: usize = 64;
/// What the write-ahead log is cut to once it was copied.
const LOG_LIMIT: u32 = 16 * 1024 * 1024;

/// An open database.
#[derive(Debug)]
pub(crate) struct Database {
    pub(crate) connection: Connection,
    pub(crate) path: PathBuf,
    _lock: Option<Lock>,
}

impl Database {
    /// Opens the memory in `folder` for writing; made where there is none yet.
    pub(crate) fn open(folder: &Path) -> Result<Self, MemoryError> {
        let cannot = |cause| MemoryError::Folder { path: folder.to_path_buf(), cause };
        std::fs::create_dir_all(folder).map_err(cannot)?;
        let lock = folder::lock(folder)?;
        let path = folder::database(folder);
        if folder::format(&path)?.is_none() {
            make(&path)?;
        }
        Self::open_existing(path, lock)
    }

    /// Opens the memory in `folder` for writing, where there is one.
    pub(crate) fn open_to_change(folder: &Path) -> Result<Self, MemoryError> {
        let path = folder::database(folder);
        if folder::format(&path)?.is_none() {
            return Err(MemoryError::Nothing { path });
        }
        let lock = folder::lock(folder)?;
        Self::open_existing(path, lock)
    }

    /// Opens the memory in `folder` for reading, whoever writes it meanwhile.
    pub(crate) fn open_to_read(folder: &Path) -> Result<Self, MemoryError> {
        let path = folder::database(folder);
        match folder::format(&path)? {
            None => Err(MemoryError::Nothing { path }),
            // A running engine brought it up to date long ago.
            Some(format) if format < schema::NEWEST => Self::open_to_change(folder),
            Some(_) => {
                let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
                let connection = connect(&path, flags)?;
                Ok(Self { connection, path, _lock: None })
            }
        }
    }

    fn open_existing(path: PathBuf, lock: Lock) -> Result<Self, MemoryError> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let mut connection = connect(&path, flags)?;
        let prepared = prepare(&mut connection);
        prepared.map_err(|error| refused(&path, &error))?;
        Ok(Self { connection, path, _lock: Some(lock) })
    }
}

/// Makes an empty database under another name first: whatever happens meanwhile, no half-made one is found.
fn make(path: &Path) -> Result<(), MemoryError> {
    let new = path.with_extension("db.new");
    let cannot = |cause| MemoryError::Folder { path: path.to_path_buf(), cause };
    for left in [&new, &path.with_extension("db.new-journal")] {
        match std::fs::remove_file(left) {
            Err(cause) if cause.kind() != std::io::ErrorKind::NotFound => {
                return Err(cannot(cause));
            }
            _ => {}
        }
    }
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE;
    let made = Connection::open_with_flags(&new, flags).and_then(|mut connection| {
        schema::migrate(&mut connection)?;
        connection.close().map_err(|(_, error)| error)
    });
    made.map_err(|error| {
        // It is of no use to anybody.
        let _ = std::fs::remove_file(&new);
        refused(path, &error)
    })?;
    std::fs::rename(&new, path).map_err(cannot)
}

fn connect(path: &Path, flags: OpenFlags) -> Result<Connection, MemoryError> {
    let connection = Connection::open_with_flags(path, flags).and_then(|connection| {
        connection.busy_timeout(PATIENCE)?;
        connection.pragma_update(None, "foreign_keys", true)?;
        Ok(connection)
    });
    connection.map_err(|error| refused(path, &error))
}

/// Write-ahead log: whoever reads and whoever writes do not wait for each other, and what is committed outlives a
/// killed process.
fn prepare(connection: &mut Connection) -> rusqlite::Result<()> {
    schema::migrate(connection)?;
    connection.pragma_update(None, "journal_mode", "wal")?;
    connection.pragma_update(None, "synchronous", "normal")?;
    connection.pragma_update(None, "journal_size_limit", LOG_LIMIT)?;
    connection.pragma_update(None, "cache_size", -CACHE_KIB)?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    // Reads the schema: a damaged one is told now.
    connection.query_row("SELECT count(*) FROM phone", [], |_| Ok(()))
}

/// Why the database at `path` cannot be used.
pub(crate) fn refused(path: &Path, error: &rusqlite::Error) -> MemoryError {
    let (path, message) = (path.to_path_buf(), words(error));
    match error.sqlite_error_code() {
        Some(ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt) => {
            MemoryError::Foreign { path, message: format!("the database is damaged ({message})") }
        }
        _ => MemoryError::File { path, message },
    }
}

/// What the database said, in words.
pub(crate) fn words(error: &rusqlite::Error) -> String {
    match error.sqlite_error_code() {
        Some(ErrorCode::DiskFull) => "the disk is full".into(),
        _ => error.to_string(),
    }
}
