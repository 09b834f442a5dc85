//! Owns changing how the engine is set up while it runs: cards, group and port; and what is shown and taken elsewhere of
//! the settings. Answers nobody.

use super::Task;
use crate::backup::Backup;
use crate::command::CommandError;
use crate::policy_file::PolicyFile;
use crate::settings::Settings;
use crate::settings_view::{CardChoice, SettingsView};
use fingerpost_net::{choose_cards, list_cards};
use std::net::{Ipv4Addr, SocketAddr, SocketAddrV4};

impl Task {
    pub(super) async fn set_interfaces(
        &mut self,
        interfaces: Vec<String>,
    ) -> Result<(), CommandError> {
        let cards = list_cards().map_err(|error| CommandError::Cards(error.to_string()))?;
        choose_cards(&cards, &interfaces)
            .map_err(|error| CommandError::Cards(error.to_string()))?;
        self.standing.set_interfaces(interfaces)?;
        self.look(&cards).await;
        Ok(())
    }

    /// Where nothing can be opened there, phones are listened to where they were.
    pub(super) async fn set_group(
        &mut self,
        group: Ipv4Addr,
        port: u16,
    ) -> Result<(), CommandError> {
        let wanted = Settings { group: Some(group), port: Some(port), ..Settings::default() };
        wanted.check().map_err(CommandError::Settings)?;
        let (before, after) = (self.joining.group(), SocketAddrV4::new(group, port));
        self.joining.move_to(after).await;
        let opened = self.open_cards(false).map_err(|error| CommandError::Cards(error.to_string()));
        let outcome = opened.and_then(|()| self.standing.set_group(after));
        if outcome.is_err() {
            self.joining.move_to(before).await;
            // What was open can be opened again; where not, the view says so.
            let _ = self.open_cards(false);
        }
        self.desk.set_group(SocketAddr::V4(self.joining.group()));
        outcome
    }

    pub(super) fn settings(&self) -> Result<SettingsView, CommandError> {
        let cards = list_cards().map_err(|error| CommandError::Cards(error.to_string()))?;
        let file = self.policy_file.as_ref().map(PolicyFile::name);
        Ok(self.standing.view(file, cards.iter().map(CardChoice::of).collect()))
    }

    /// Everything that can be taken to another machine.
    pub(super) async fn backup(&mut self) -> Result<Backup, CommandError> {
        let policy = match &self.policy_file {
            Some(file) => Some(file.text().await.map_err(CommandError::PolicyFile)?),
            None => None,
        };
        Ok(Backup::new(self.standing.in_force(), policy, &self.desk.rows()))
    }
}
