//! Owns the files of the memory in a data folder: where they are, who may write them, what the database's first bytes
//! say before anybody opens it. Writes nothing into a file that is there.

use super::error::MemoryError;
use super::schema::{APPLICATION, NEWEST};
use std::fs::{File, TryLockError};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

const DATABASE: &str = "memory.db";
const LOCK: &str = "memory.lock";
/// What every SQLite database begins with.
const MAGIC: &[u8; 16] = b"SQLite format 3\0";

/// The right to write, until it is dropped or its holder is no more, however it ends.
#[derive(Debug)]
pub(crate) struct Lock(#[allow(dead_code, reason = "the system gives it up with the file")] File);

/// The database of a folder.
pub(crate) fn database(folder: &Path) -> PathBuf {
    folder.join(DATABASE)
}

/// Takes the right to write. A file system that knows no locks grants it to everybody.
pub(crate) fn lock(folder: &Path) -> Result<Lock, MemoryError> {
    let path = folder.join(LOCK);
    let cannot = |cause| MemoryError::Folder { path: path.clone(), cause };
    let file = File::options().create(true).append(true).open(&path).map_err(cannot)?;
    match file.try_lock() {
        Err(TryLockError::WouldBlock) => Err(MemoryError::InUse { path: folder.to_path_buf() }),
        Ok(()) | Err(TryLockError::Error(_)) => Ok(Lock(file)),
    }
}

/// The format of the database at `path`; `None` where there is none.
pub(crate) fn format(path: &Path) -> Result<Option<u32>, MemoryError> {
    let Some(head) = head(path)? else { return Ok(None) };
    let foreign =
        |message: &str| MemoryError::Foreign { path: path.into(), message: message.into() };
    if head.first_chunk() != Some(MAGIC) {
        return Err(foreign("this is no database"));
    }
    // https://www.sqlite.org/fileformat2.html: user version at 60, application id at 68.
    let number = |at: usize| {
        let bytes = head.get(at..).and_then(|rest| rest.first_chunk()).copied();
        bytes.map_or(0, u32::from_be_bytes)
    };
    if number(68) != APPLICATION {
        return Err(foreign("this is another program's database"));
    }
    match number(60) {
        found if found > NEWEST => {
            Err(MemoryError::Newer { path: path.into(), found, known: NEWEST })
        }
        found => Ok(Some(found)),
    }
}

/// The first bytes of the file, as far as it has them; `None` where there is no file.
fn head(path: &Path) -> Result<Option<Vec<u8>>, MemoryError> {
    let mut head = Vec::with_capacity(100);
    let read = File::open(path).and_then(|file| file.take(100).read_to_end(&mut head));
    match read {
        Ok(_) => Ok(Some(head)),
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(cause) => Err(MemoryError::Folder { path: path.into(), cause }),
    }
}
