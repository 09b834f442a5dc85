//! Owns replacing a file whole: whoever reads it sees the old one or the new one, never half of either, and what could
//! not be written leaves the old one there. Knows nothing of what it holds.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Puts `text` in the place of what the file at `path` holds. A link stays a link, and the file's permissions stay.
///
/// # Errors
/// What the system said; the file is as it was.
pub fn replace_file(path: &Path, text: &str) -> io::Result<()> {
    let path = fs::canonicalize(path)?;
    let new = beside(&path);
    let written = write(&path, &new, text).and_then(|()| fs::rename(&new, &path));
    if written.is_err() {
        // What is left of it is in nobody's way, and may not be ours to delete.
        let _ = fs::remove_file(&new);
    }
    written
}

fn write(path: &Path, new: &Path, text: &str) -> io::Result<()> {
    let mut file = File::create(new)?;
    file.set_permissions(fs::metadata(path)?.permissions())?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}

fn beside(path: &Path) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".new");
    path.with_file_name(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_replaced_whole_and_its_folder_is_left_clean() {
        let folder =
            std::env::temp_dir().join(format!("fingerpost-replace-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let (path, link) = (folder.join("a.toml"), folder.join("link.toml"));
        fs::write(&path, "old").unwrap();
        #[cfg(unix)]
        std::os::unix::fs::symlink(&path, &link).unwrap();
        replace_file(if cfg!(unix) { &link } else { &path }, "new").unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "new");
        assert!(replace_file(&folder.join("missing.toml"), "new").is_err());
        assert_eq!(fs::read_dir(&folder).unwrap().count(), if cfg!(unix) { 2 } else { 1 });
        fs::remove_dir_all(&folder).unwrap();
    }
}
