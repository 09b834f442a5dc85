//! Owns taking a backup over: phones, then the policy file, then the settings, each as if a person had said it. What this
//! machine cannot take (a card that it does not have) is left out and told. Opens nothing itself.

use crate::backup::{Backup, Restored};
use crate::command::{Command, CommandError};
use crate::engine::Engine;
use crate::policy_change::PolicyChange;
use crate::settings::Settings;
use crate::view::View;
use fingerpost_rules::Mode;
use std::collections::BTreeMap;

impl Engine {
    /// Takes the backup in this text over; only tells what would come of it where `only_try`. What is known of phones and
    /// not in the backup stays.
    ///
    /// # Errors
    /// [`CommandError::Backup`] where it is none; [`CommandError::Policy`] where its policy has errors;
    /// [`CommandError::Memory`] where the phones cannot be remembered; [`CommandError::Ended`]. Then nothing has changed.
    pub async fn restore(&self, text: &str, only_try: bool) -> Result<Restored, CommandError> {
        let backup = Backup::parse(text)?;
        let settings = self.settings().await?;
        let steps = steps(&settings.in_force, &backup.settings);
        let place = match settings.policy_file {
            Some(file) => Some(file),
            None => self.policy().await?.begins,
        };
        let mut restored = Restored {
            done: !only_try,
            settings: steps.iter().map(|step| step.words.clone()).collect(),
            policy_file: place.filter(|_| backup.policy.is_some()),
            ..count(&backup, &self.view().await?)
        };
        if let Some(policy) = &backup.policy {
            // Its mistakes are told before anything is changed.
            self.dry_run(policy).await?;
            if restored.policy_file.is_none() {
                restored.left_out.push(
                    "the policy: no policy file is followed here, and none can be begun".into(),
                );
            }
        }
        if !only_try {
            self.take_over(backup, steps, &mut restored).await?;
        }
        Ok(restored)
    }

    async fn take_over(
        &self,
        backup: Backup,
        steps: Vec<Step>,
        restored: &mut Restored,
    ) -> Result<(), CommandError> {
        self.know(backup.rows()).await?;
        if let Some(policy) = backup.policy.filter(|_| restored.policy_file.is_some()) {
            self.change_policy(PolicyChange::Text(policy), false).await?;
        }
        for step in steps {
            if let Err(error) = self.command(step.command).await {
                restored.settings.retain(|words| *words != step.words);
                restored.left_out.push(format!("{}: {error}", step.words));
            }
        }
        Ok(())
    }
}

/// A setting that becomes another one.
struct Step {
    words: String,
    command: Command,
}

/// What makes `is` into `wanted`; the mode last, so that nobody is answered before everything else is as it was.
fn steps(is: &Settings, wanted: &Settings) -> Vec<Step> {
    let mut steps = Vec::new();
    let mut step = |differs: bool, words: String, command: Command| {
        if differs {
            steps.push(Step { words, command });
        }
    };
    let (group, port) = (wanted.group.or(is.group), wanted.port.or(is.port));
    if let (Some(group), Some(port)) = (group, port) {
        let differs = (Some(group), Some(port)) != (is.group, is.port);
        step(differs, format!("group: {group}:{port}"), Command::SetGroup { group, port });
    }
    let cards = if wanted.interfaces.is_empty() {
        "cards: all that suit".to_owned()
    } else {
        format!("cards: {}", wanted.interfaces.join(", "))
    };
    let interfaces = wanted.interfaces.clone();
    step(interfaces != is.interfaces, cards, Command::SetInterfaces { interfaces });
    let retention = wanted.retention;
    let words = "how much is remembered".to_owned();
    step(retention != is.retention, words, Command::SetRetention { retention });
    let url = wanted.url.clone();
    let words = format!("URL: {}", url.as_deref().unwrap_or("none"));
    step(url != is.url, words, Command::SetUrl { url });
    let mode = wanted.mode;
    let words = match mode {
        Mode::Answer => "phones are answered",
        Mode::Observe => "phones are not answered",
    };
    step(mode != is.mode, words.into(), Command::SetMode { mode });
    steps
}

fn count(backup: &Backup, view: &View) -> Restored {
    let known: BTreeMap<&str, _> =
        view.phones.iter().map(|row| (row.phone.id.as_str(), row)).collect();
    let mut restored = Restored::default();
    for phone in &backup.phones {
        match known.get(phone.id.as_str()) {
            None => restored.new_phones += 1,
            Some(row) if phone.says_otherwise(row) => restored.changed_phones += 1,
            Some(_) => {}
        }
    }
    restored
}
