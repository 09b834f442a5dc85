//! Owns whether the window opens with the person's session: one file in the folder for that (XDG autostart), which other
//! programs show and change, too.

use fingerpost_engine::usual_folder;
use std::env;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

const FILE: &str = "autostart/fingerpost.desktop";

/// Where the session looks, and what it shall start.
#[derive(Debug)]
pub(crate) struct Autostart {
    file: Option<PathBuf>,
    program: io::Result<PathBuf>,
    /// The folder with the data, where it is not the usual one.
    folder: Option<PathBuf>,
}

impl Autostart {
    pub(crate) fn of(folder: &Path) -> Self {
        let absolute =
            |name| env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
        let home = || absolute("HOME").map(|home| home.join(".config"));
        let config = absolute("XDG_CONFIG_HOME").or_else(home);
        let is_usual = usual_folder().is_some_and(|usual| usual == folder);
        let folder = (!is_usual).then(|| std::path::absolute(folder).ok()).flatten();
        let file = config.filter(|_| cfg!(target_os = "linux")).map(|config| config.join(FILE));
        Self { file, program: env::current_exe(), folder }
    }

    pub(crate) fn is_on(&self) -> bool {
        let text = self.file.as_ref().and_then(|file| fs::read_to_string(file).ok());
        // Other programs switch it off that way.
        text.is_some_and(|text| !text.lines().any(|line| line.trim() == "Hidden=true"))
    }

    pub(crate) fn set(&self, on: bool) -> io::Result<()> {
        let unknown = || io::Error::other("this system's way to start programs is not known here");
        let file = self.file.as_ref().ok_or_else(unknown)?;
        if on {
            let text = self.entry()?;
            fs::create_dir_all(file.parent().ok_or_else(unknown)?)?;
            return fs::write(file, text);
        }
        match fs::remove_file(file) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }

    fn entry(&self) -> io::Result<String> {
        let program = self.program.as_ref().map_err(|error| io::Error::other(error.to_string()))?;
        let mut words = vec![quoted(program)?];
        if let Some(folder) = &self.folder {
            words.extend(["--data".to_owned(), quoted(folder)?]);
        }
        Ok(format!(
            "[Desktop Entry]\nType=Application\nName=Fingerpost\nExec={}\nIcon=fingerpost\nTerminal=false\n",
            words.join(" ")
        ))
    }
}

/// As the Desktop Entry Specification wants a word of `Exec`: in quotes, what the shell reads escaped, and that once more
/// because it stands in a value; a percent sign is two.
fn quoted(path: &Path) -> io::Result<String> {
    let text = path.to_str().filter(|text| !text.contains(char::is_control));
    let text =
        text.ok_or_else(|| io::Error::other(format!("{} cannot be written", path.display())))?;
    let mut word = String::from("\"");
    for character in text.chars() {
        match character {
            '"' | '`' | '$' => word.extend(["\\\\", &character.to_string()]),
            '\\' => word.push_str("\\\\\\\\"),
            '%' => word.push_str("%%"),
            other => word.push(other),
        }
    }
    word.push('"');
    Ok(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_switched_on_and_off_and_others_can_switch_it_off() {
        let folder = env::temp_dir().join(format!("fingerpost-autostart-{}", std::process::id()));
        let file = folder.join(FILE);
        let autostart = Autostart {
            file: Some(file.clone()),
            program: Ok("/usr/bin/fingerpost-desktop".into()),
            folder: Some("/srv/a b".into()),
        };
        assert!(!autostart.is_on());
        autostart.set(true).unwrap();
        assert!(autostart.is_on());
        let text = fs::read_to_string(&file).unwrap();
        let exec = "Exec=\"/usr/bin/fingerpost-desktop\" --data \"/srv/a b\"\n";
        assert!(text.contains(exec), "{text}");
        fs::write(&file, text + "Hidden=true\n").unwrap();
        assert!(!autostart.is_on());
        autostart.set(true).unwrap();
        autostart.set(false).unwrap();
        autostart.set(false).unwrap();
        assert!(!file.exists());
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn what_a_shell_would_read_is_escaped() {
        let word = quoted(Path::new("/a$b\\c%d")).unwrap();
        assert_eq!(word, "\"/a\\\\$b\\\\\\\\c%%d\"");
    }
}
