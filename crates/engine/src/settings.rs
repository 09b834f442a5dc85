//! Owns what a window or a page changes and wants to find again: mode, URL, cards. One small TOML file in the data folder,
//! replaced in one step, so that a crash leaves the old one or the new one.

use crate::memory::Retention;
use fingerpost_core::template::UrlTemplate;
use fingerpost_rules::Mode;
use serde::{Deserialize, Serialize};
use std::io;
use std::net::Ipv4Addr;
use std::path::{Path, PathBuf};

const FILE: &str = "settings.toml";

/// What is kept between two runs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct Settings {
    /// Answer phones, or only look. A first start only looks.
    #[cfg_attr(test, ts(type = "\"answer\" | \"observe\""))]
    pub mode: Mode,
    /// The URL for phones that no rule names.
    pub url: Option<String>,
    /// Cards to listen on, by name or address; none: all that suit.
    pub interfaces: Vec<String>,
    /// The multicast group that phones ask; `None`: 224.0.1.75.
    pub group: Option<Ipv4Addr>,
    /// Its port; `None`: 5060.
    pub port: Option<u16>,
    /// How much is remembered.
    pub retention: Retention,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            mode: Mode::Observe,
            url: None,
            interfaces: Vec::new(),
            group: None,
            port: None,
            retention: Retention::default(),
        }
    }
}

/// The settings could not be read or kept.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SettingsError {
    /// The file or its folder cannot be read or written.
    #[error("{}: {cause}; check that the folder is there and belongs to you", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What the system said.
        cause: io::Error,
    },
    /// The file holds something else.
    #[error("{}: {message}; mend it, or remove it to begin anew", path.display())]
    Content {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        message: String,
    },
}

impl Settings {
    /// The settings in `folder`; the defaults where there are none yet.
    ///
    /// # Errors
    /// [`SettingsError`].
    pub fn load(folder: &Path) -> Result<Self, SettingsError> {
        let path = folder.join(FILE);
        let text = match std::fs::read_to_string(&path) {
            Ok(text) => text,
            Err(cause) if cause.kind() == io::ErrorKind::NotFound => return Ok(Self::default()),
            Err(cause) => return Err(SettingsError::File { path, cause }),
        };
        let wrong = |message: String| SettingsError::Content { path: path.clone(), message };
        let settings: Self = toml::from_str(&text).map_err(|error| wrong(error.to_string()))?;
        settings.template(folder)?;
        settings.check().map_err(wrong)?;
        Ok(settings)
    }

    /// Keeps them in `folder`, which is made where it is missing.
    ///
    /// # Errors
    /// [`SettingsError`]; what was kept before is still there.
    pub fn save(&self, folder: &Path) -> Result<(), SettingsError> {
        let path = folder.join(FILE);
        let text = toml::to_string(self).map_err(|error| SettingsError::Content {
            path: path.clone(),
            message: error.to_string(),
        })?;
        let new = folder.join("settings.toml.new");
        let written = std::fs::create_dir_all(folder)
            .and_then(|()| std::fs::write(&new, text))
            .and_then(|()| std::fs::rename(&new, &path));
        written.map_err(|cause| SettingsError::File { path, cause })
    }

    /// What is wrong with them, in words, where a type does not say it.
    pub(crate) fn check(&self) -> Result<(), String> {
        if let Some(group) = self.group.filter(|group| !group.is_multicast()) {
            return Err(format!(
                "group: {group} is no multicast group: those are 224.0.0.0 to 239.255.255.255"
            ));
        }
        if self.port == Some(0) {
            return Err("port: 0 is no port: those are 1 to 65535".into());
        }
        self.retention.check()
    }

    /// The URL, read. Settings that were loaded have no mistake in it.
    pub(crate) fn template(&self, folder: &Path) -> Result<Option<UrlTemplate>, SettingsError> {
        let template = self.url.as_deref().map(UrlTemplate::parse).transpose();
        template.map_err(|error| {
            let message = format!("url: {error}");
            SettingsError::Content { path: folder.join(FILE), message }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(name: &str) -> PathBuf {
        std::env::temp_dir().join(format!("fingerpost-settings-{}-{name}", std::process::id()))
    }

    #[test]
    fn what_was_saved_is_found_again() {
        let folder = folder("saved");
        assert_eq!(Settings::load(&folder).unwrap(), Settings::default());
        let settings = Settings {
            mode: Mode::Answer,
            url: Some("tftp://%{server}".into()),
            interfaces: vec!["eth0".into()],
            group: Some(Ipv4Addr::new(239, 1, 1, 1)),
            port: Some(5070),
            retention: Retention { bytes: 1 << 20, ..Retention::default() },
        };
        settings.save(&folder).unwrap();
        assert_eq!(Settings::load(&folder).unwrap(), settings);
        std::fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn a_broken_file_is_named_with_what_is_wrong() {
        let folder = folder("broken");
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join(FILE), "mode = \"maybe\"").unwrap();
        let text = Settings::load(&folder).unwrap_err().to_string();
        assert!(text.contains("settings.toml") && text.contains("maybe"), "{text}");
        std::fs::write(folder.join(FILE), "url = \"tftp://%{servr}\"").unwrap();
        assert!(
            Settings::load(&folder).unwrap_err().to_string().contains("did you mean %{server}")
        );
        std::fs::write(folder.join(FILE), "group = \"10.0.0.1\"").unwrap();
        assert!(Settings::load(&folder).unwrap_err().to_string().contains("no multicast group"));
        std::fs::write(folder.join(FILE), "[retention]\nphones = 0").unwrap();
        assert!(Settings::load(&folder).unwrap_err().to_string().contains("phones"));
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
