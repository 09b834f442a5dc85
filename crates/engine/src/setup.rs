//! Owns how an engine is set up, and why it may not start.

use crate::memory::{MemoryError, Retention};
use crate::policy_file;
use crate::settings::{Settings, SettingsError};
use fingerpost_core::template::UrlTemplate;
use fingerpost_net::{CardsError, ChooseError, OpenError};
use fingerpost_rules::{Mode, Policy, PolicyErrors};
use std::io;
use std::net::Ipv4Addr;
use std::path::{Path, PathBuf};

/// How an engine is set up.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Setup {
    /// What to answer.
    pub policy: Policy,
    /// The file that the policy came from, and its text: followed from then on, so that a change takes effect.
    pub policy_file: Option<(PathBuf, String)>,
    /// The mistakes of that file: until it is mended, nobody is answered.
    pub policy_mistakes: Option<PolicyErrors>,
    /// Answer nobody whatever the policy says, until told to answer.
    pub only_observes: bool,
    /// The URL for phones that no rule of the policy names.
    pub url: Option<UrlTemplate>,
    /// Names or addresses of the cards to listen on; none: the policy's, else the kept ones, else all that suit.
    pub interfaces: Vec<String>,
    /// The cards that the data folder names.
    pub kept_interfaces: Vec<String>,
    /// The group that phones ask. Default 224.0.1.75.
    pub group: Ipv4Addr,
    /// Its port. Default 5060.
    pub port: u16,
    /// Group and port were asked for, for this run: what the data folder keeps does not matter.
    pub is_group_asked_for: bool,
    /// Where changed settings are kept, and phones and their exchanges remembered; `None`: they are forgotten at the end.
    pub data: Option<PathBuf>,
    /// How much is remembered there.
    pub retention: Retention,
    /// Start even where no card can be opened, or not each wanted one, and say so in the view: a window stays open and
    /// shows why. What is missing is joined once it comes.
    pub keeps_going: bool,
}

impl Setup {
    /// Follows `policy` on all suitable cards, on 224.0.1.75:5060.
    #[must_use]
    pub fn new(policy: Policy) -> Self {
        Self {
            policy,
            policy_file: None,
            policy_mistakes: None,
            only_observes: false,
            url: None,
            interfaces: Vec::new(),
            kept_interfaces: Vec::new(),
            group: Ipv4Addr::new(224, 0, 1, 75),
            port: 5060,
            is_group_asked_for: false,
            data: None,
            retention: Retention::default(),
            keeps_going: false,
        }
    }

    /// What was set up last in the data folder `folder`, and the policy file `policy.toml` there, if there is one; changes are kept there. Such an engine keeps going where no
    /// card can be opened.
    ///
    /// # Errors
    /// [`SettingsError`].
    pub fn from_folder(folder: &Path) -> Result<Self, SettingsError> {
        let settings = Settings::load(folder)?;
        let setup = Self::new(Policy::default().with_mode(settings.mode));
        let only_observes = settings.mode == Mode::Observe;
        let setup = Self {
            url: settings.template(folder)?,
            kept_interfaces: settings.interfaces,
            group: settings.group.unwrap_or(setup.group),
            port: settings.port.unwrap_or(setup.port),
            retention: settings.retention,
            data: Some(folder.to_path_buf()),
            keeps_going: true,
            ..setup
        };
        setup.with_kept_policy(folder, only_observes)
    }

    /// The same with the policy file of the data folder, where there is one. What it says of the mode does not switch
    /// answering on.
    fn with_kept_policy(
        mut self,
        folder: &Path,
        only_observes: bool,
    ) -> Result<Self, SettingsError> {
        let path = policy_in(folder);
        let text = match policy_file::read(&path) {
            Ok(text) => text,
            Err(cause) if cause.kind() == io::ErrorKind::NotFound => return Ok(self),
            Err(cause) => return Err(SettingsError::File { path, cause }),
        };
        match Policy::parse(&text) {
            Ok(policy) => self.policy = policy,
            Err(errors) => self.policy_mistakes = Some(errors),
        }
        self.policy_file = Some((path, text));
        self.only_observes = only_observes;
        Ok(self)
    }

    /// The same with a URL for phones that no rule names.
    #[must_use]
    pub fn with_url(mut self, url: Option<UrlTemplate>) -> Self {
        self.url = url;
        self
    }

    /// The same on these cards.
    #[must_use]
    pub fn on_interfaces(mut self, interfaces: Vec<String>) -> Self {
        self.interfaces = interfaces;
        self
    }

    /// The same with another group and port.
    #[must_use]
    pub const fn with_group(self, group: Ipv4Addr, port: u16) -> Self {
        self.asked_at(Some(group), Some(port))
    }

    /// The same with another group, another port, or as it is.
    #[must_use]
    pub const fn asked_at(mut self, group: Option<Ipv4Addr>, port: Option<u16>) -> Self {
        if let Some(group) = group {
            self.group = group;
            self.is_group_asked_for = true;
        }
        if let Some(port) = port {
            self.port = port;
            self.is_group_asked_for = true;
        }
        self
    }
}

/// The policy file that a page begins where no other one is followed.
pub(crate) fn policy_in(folder: &Path) -> PathBuf {
    folder.join("policy.toml")
}

/// The engine did not start. Nothing is left open.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StartError {
    /// The system did not tell its cards.
    #[error(transparent)]
    Cards(#[from] CardsError),
    /// The wanted cards are not there, or none suits.
    #[error(transparent)]
    Choose(#[from] ChooseError),
    /// A card could not be opened: one that was asked for, or every one.
    #[error("{interface}: {cause}")]
    Open {
        /// The card's name.
        interface: String,
        /// Why.
        cause: OpenError,
    },
    /// What was remembered cannot be read, or nothing can be remembered.
    #[error(transparent)]
    Memory(#[from] MemoryError),
}
