//! Owns what is in force: the policy, the URL for everyone else, and the settings that keep both. Opens nothing.

use crate::command::CommandError;
use crate::memory::Retention;
use crate::settings::Settings;
use crate::settings_view::{CardChoice, Limits, SettingsView};
use crate::setup::Setup;
use fingerpost_core::template::UrlTemplate;
use fingerpost_rules::{Mode, Policy};
use std::net::SocketAddrV4;
use std::path::PathBuf;

#[derive(Debug)]
pub(crate) struct Standing {
    base: Policy,
    /// Whoever said to observe is not overruled by a file.
    only_observes: bool,
    /// The policy file has mistakes: nobody is answered by half a policy.
    waits_for_policy: bool,
    url: Option<UrlTemplate>,
    /// The cards that were asked for outside the policy: they outweigh it, and stand in for it.
    interfaces: Vec<String>,
    kept_interfaces: Vec<String>,
    group: SocketAddrV4,
    is_group_asked_for: bool,
    retention: Retention,
    /// Where changes are kept, and what is kept there: what holds for this run only (options of a command line) is
    /// not in it.
    kept: Option<(PathBuf, Settings)>,
}

impl Standing {
    pub(crate) fn new(setup: &Setup) -> Self {
        let mut standing = Self {
            base: Policy::default(),
            only_observes: setup.only_observes,
            waits_for_policy: setup.policy_mistakes.is_some(),
            url: setup.url.clone(),
            interfaces: setup.interfaces.clone(),
            kept_interfaces: setup.kept_interfaces.clone(),
            group: SocketAddrV4::new(setup.group, setup.port),
            is_group_asked_for: setup.is_group_asked_for,
            retention: setup.retention,
            kept: setup.data.clone().map(|folder| {
                // A file that cannot be read was told when the setup was made from it.
                let settings = Settings::load(&folder).unwrap_or_default();
                (folder, settings)
            }),
        };
        standing.set_policy(setup.policy.clone());
        standing
    }

    /// The policy with the URL as its last rule.
    pub(crate) fn policy(&self) -> Policy {
        self.with_url(self.base.clone())
    }

    /// What [`Self::policy`] would be after [`Self::set_policy`].
    pub(crate) fn policy_after(&self, policy: Policy) -> Policy {
        self.with_url(self.as_held(policy))
    }

    fn with_url(&self, policy: Policy) -> Policy {
        match &self.url {
            Some(url) => policy.with_catch_all(url.clone()),
            None => policy,
        }
    }

    /// Whether nobody is answered before the policy file is mended.
    pub(crate) const fn waits_for_policy(&self) -> bool {
        self.waits_for_policy
    }

    pub(crate) fn mode(&self) -> Mode {
        self.base.mode()
    }

    pub(crate) fn url(&self) -> Option<&str> {
        self.url.as_ref().map(UrlTemplate::as_str)
    }

    /// The cards that were asked for by name or address; none: all that suit.
    pub(crate) fn wanted(&self) -> &[String] {
        let all = [&self.interfaces[..], self.base.interfaces(), &self.kept_interfaces];
        all.into_iter().find(|names| !names.is_empty()).unwrap_or_default()
    }

    /// Rules besides the URL.
    pub(crate) fn rules(&self) -> usize {
        self.base.rules().len()
    }

    pub(crate) fn set_mode(&mut self, mode: Mode) -> Result<(), CommandError> {
        self.keep(|settings| settings.mode = mode)?;
        self.base = self.base.clone().with_mode(mode);
        self.only_observes = mode == Mode::Observe;
        self.waits_for_policy = false;
        Ok(())
    }

    pub(crate) fn set_url(&mut self, url: Option<&str>) -> Result<(), CommandError> {
        let wrong = |error: fingerpost_core::template::TemplateError| CommandError::Url {
            message: error.to_string(),
            span: error.span().into(),
        };
        let template = url.map(UrlTemplate::parse).transpose().map_err(wrong)?;
        self.keep(|settings| settings.url = url.map(String::from))?;
        self.url = template;
        Ok(())
    }

    /// The cards that were chosen by a person, who is not overruled by what the program was started with.
    pub(crate) fn set_interfaces(&mut self, interfaces: Vec<String>) -> Result<(), CommandError> {
        if let [first, ..] = self.base.interfaces() {
            return Err(CommandError::Cards(format!(
                "the policy file names the cards ({first}, …): change them there"
            )));
        }
        self.keep(|settings| settings.interfaces.clone_from(&interfaces))?;
        self.interfaces = Vec::new();
        self.kept_interfaces = interfaces;
        Ok(())
    }

    pub(crate) fn set_group(&mut self, group: SocketAddrV4) -> Result<(), CommandError> {
        self.keep(|settings| {
            settings.group = Some(*group.ip());
            settings.port = Some(group.port());
        })?;
        self.group = group;
        self.is_group_asked_for = false;
        Ok(())
    }

    pub(crate) fn set_retention(&mut self, retention: Retention) -> Result<(), CommandError> {
        retention.check().map_err(CommandError::Settings)?;
        self.keep(|settings| settings.retention = retention)?;
        self.retention = retention;
        Ok(())
    }

    /// What holds now, as it would be kept.
    pub(crate) fn in_force(&self) -> Settings {
        Settings {
            mode: self.mode(),
            url: self.url().map(String::from),
            interfaces: self.wanted().to_vec(),
            group: Some(*self.group.ip()),
            port: Some(self.group.port()),
            retention: self.retention,
        }
    }

    /// What is shown of the settings.
    pub(crate) fn view(&self, policy_file: Option<String>, cards: Vec<CardChoice>) -> SettingsView {
        let kept = self.kept.as_ref();
        let in_force = self.in_force();
        SettingsView {
            folder: kept.map(|(folder, _)| folder.display().to_string()),
            kept: kept.map_or_else(|| in_force.clone(), |(_, settings)| settings.clone()),
            cards_overruled: self.who_names_the_cards().map(String::from),
            group_overruled: self
                .is_group_asked_for
                .then(|| "the program was started with another group or port".to_owned()),
            in_force,
            policy_file,
            cards,
            limits: Limits::of_this_build(),
        }
    }

    fn who_names_the_cards(&self) -> Option<&'static str> {
        if !self.interfaces.is_empty() {
            Some("the program was started with cards of its own")
        } else if !self.base.interfaces().is_empty() {
            Some("the policy file names the cards")
        } else {
            None
        }
    }

    pub(crate) fn set_policy(&mut self, policy: Policy) {
        self.base = self.as_held(policy);
    }

    /// The policy file has no mistakes any more.
    pub(crate) fn mended(&mut self) {
        self.waits_for_policy = false;
    }

    /// Phones that are only observed now are so whatever another policy says.
    pub(crate) fn keep_observing(&mut self) {
        self.only_observes = self.mode() == Mode::Observe;
    }

    /// The policy as it would be in force.
    fn as_held(&self, policy: Policy) -> Policy {
        let observes = self.only_observes || self.waits_for_policy;
        if observes { policy.with_mode(Mode::Observe) } else { policy }
    }

    /// Settings are kept before they hold: what could not be kept is not pretended.
    fn keep(&mut self, change: impl FnOnce(&mut Settings)) -> Result<(), CommandError> {
        let Some((folder, settings)) = &mut self.kept else { return Ok(()) };
        let mut changed = settings.clone();
        change(&mut changed);
        changed.save(folder).map_err(|error| CommandError::Settings(error.to_string()))?;
        *settings = changed;
        Ok(())
    }
}
