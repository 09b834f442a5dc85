//! Owns what is in force: the policy, the URL for everyone else, and the settings that keep both. Opens nothing.

use crate::command::CommandError;
use crate::settings::Settings;
use crate::setup::Setup;
use fingerpost_core::template::UrlTemplate;
use fingerpost_rules::{Mode, Policy};
use std::path::PathBuf;

#[derive(Debug)]
pub(crate) struct Standing {
    base: Policy,
    url: Option<UrlTemplate>,
    interfaces: Vec<String>,
    data: Option<PathBuf>,
}

impl Standing {
    pub(crate) fn new(setup: &Setup) -> Self {
        Self {
            base: setup.policy.clone(),
            url: setup.url.clone(),
            interfaces: setup.interfaces.clone(),
            data: setup.data.clone(),
        }
    }

    /// The policy with the URL as its last rule.
    pub(crate) fn policy(&self) -> Policy {
        match &self.url {
            Some(url) => self.base.clone().with_catch_all(url.clone()),
            None => self.base.clone(),
        }
    }

    pub(crate) fn mode(&self) -> Mode {
        self.base.mode()
    }

    pub(crate) fn url(&self) -> Option<&str> {
        self.url.as_ref().map(UrlTemplate::as_str)
    }

    /// Rules besides the URL.
    pub(crate) fn rules(&self) -> usize {
        self.base.rules().len()
    }

    pub(crate) fn set_mode(&mut self, mode: Mode) -> Result<(), CommandError> {
        self.keep(mode, self.url())?;
        self.base = self.base.clone().with_mode(mode);
        Ok(())
    }

    pub(crate) fn set_url(&mut self, url: Option<&str>) -> Result<(), CommandError> {
        let wrong = |error: fingerpost_core::template::TemplateError| CommandError::Url {
            message: error.to_string(),
            span: error.span().into(),
        };
        let template = url.map(UrlTemplate::parse).transpose().map_err(wrong)?;
        self.keep(self.mode(), url)?;
        self.url = template;
        Ok(())
    }

    pub(crate) fn set_policy(&mut self, policy: Policy) {
        self.base = policy;
    }

    /// Settings are kept before they hold: what could not be kept is not pretended.
    fn keep(&self, mode: Mode, url: Option<&str>) -> Result<(), CommandError> {
        let Some(folder) = &self.data else { return Ok(()) };
        let (url, interfaces) = (url.map(String::from), self.interfaces.clone());
        let settings = Settings { mode, url, interfaces };
        settings.save(folder).map_err(|error| CommandError::Settings(error.to_string()))
    }
}
