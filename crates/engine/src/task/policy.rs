//! Owns following another policy: told, read from its file, changed by a page, begun in the data folder; and what is asked
//! of one before it is followed. Answers nobody.

use super::Task;
use crate::command::CommandError;
use crate::dry_run::DryRun;
use crate::event::Event;
use crate::policy_change::{ChangedPolicy, PolicyChange};
use crate::policy_file::{PolicyFile, Reading, is_read_only};
use crate::policy_view::{DraftQuestion, PolicyDraft, PolicyView, Why};
use crate::refusal::Refusal;
use crate::setup::policy_in;
use fingerpost_net::list_cards;
use fingerpost_rules::{EditError, Policy, PolicyErrors, edit};
use std::path::PathBuf;

/// What is edited where there is nothing yet.
const EMPTY: &str = "version = 1\n";

impl Task {
    /// Another policy, from now on; it may name other cards.
    pub(super) async fn set_policy(&mut self, text: &str) -> Result<(), PolicyErrors> {
        let policy = Policy::parse(text)?;
        self.standing.mended();
        self.policy_problem = None;
        self.standing.set_policy(policy);
        self.desk.set_policy(self.clock.now(), self.standing.policy());
        // A list that fails now is asked for again at the next look.
        if let Ok(cards) = list_cards() {
            self.look(&cards).await;
        }
        Ok(())
    }

    /// Writes another policy file and follows it, or only tells what would come of it.
    pub(super) async fn change_policy(
        &mut self,
        change: &PolicyChange,
        only_try: bool,
    ) -> Result<ChangedPolicy, CommandError> {
        let begun = if self.policy_file.is_none() { Some(self.beginning()?) } else { None };
        let is = match &self.policy_file {
            Some(file) => file.text().await.map_err(CommandError::PolicyFile)?,
            None => String::new(),
        };
        let text = change.applied_to(&is)?;
        let policy = Policy::parse(&text).map_err(CommandError::Policy)?;
        let dry_run = self.desk.dry_run(&self.standing.policy_after(policy));
        let name = match (&self.policy_file, &begun) {
            (Some(file), _) => file.name(),
            (None, path) => {
                path.as_ref().map(|path| path.display().to_string()).unwrap_or_default()
            }
        };
        if !only_try {
            self.write_policy(begun, &text).await?;
            self.set_policy(&text).await.map_err(CommandError::Policy)?;
        }
        Ok(ChangedPolicy { file: name, text, written: !only_try, dry_run })
    }

    async fn write_policy(
        &mut self,
        begun: Option<PathBuf>,
        text: &str,
    ) -> Result<(), CommandError> {
        if let Some(path) = begun {
            let file = PolicyFile::begin(path, text).await.map_err(CommandError::PolicyFile)?;
            self.policy_file = Some(file);
            // Whoever only observed goes on so: a file that is begun switches nothing on.
            self.standing.keep_observing();
        } else if let Some(file) = &mut self.policy_file {
            file.write(text).await.map_err(CommandError::PolicyFile)?;
        }
        Ok(())
    }

    /// The file that a first change makes.
    fn beginning(&self) -> Result<PathBuf, CommandError> {
        let Some(folder) = &self.setup.data else { return Err(no_policy_file()) };
        let path = policy_in(folder);
        if path.exists() {
            return Err(CommandError::PolicyFile(format!(
                "{} is there already, and is not followed in this run: start without --url",
                path.display()
            )));
        }
        Ok(path)
    }

    /// The policy file as it stands.
    pub(super) async fn policy(&mut self) -> PolicyView {
        let url = self.standing.url().map(String::from);
        let Some(file) = &self.policy_file else {
            let begins = self.beginning().ok().map(|path| path.display().to_string());
            return PolicyView { begins, url, ..PolicyView::default() };
        };
        let (name, is_read_only) = (Some(file.name()), is_read_only(file.path()));
        let (text, unreadable) = match file.text().await {
            Ok(text) => (text, None),
            Err(reason) => (String::new(), Some(reason)),
        };
        PolicyView { file: name, begins: None, text, unreadable, is_read_only, url }
    }

    /// What comes of a policy that is not followed, or of the one that is.
    pub(super) async fn draft(
        &mut self,
        question: DraftQuestion,
    ) -> Result<PolicyDraft, CommandError> {
        let DraftQuestion { text, edits, phone } = question;
        let is_in_force = text.is_none() && edits.is_empty();
        let text = match (text, &self.policy_file) {
            (Some(text), _) => text,
            (None, Some(file)) => file.text().await.map_err(CommandError::PolicyFile)?,
            (None, None) => EMPTY.to_owned(),
        };
        let text = match edited(text, &edits)? {
            Ok(text) => text,
            Err(draft) => return Ok(draft),
        };
        if is_in_force {
            return Ok(self.judged(text, &self.standing.policy(), phone.as_deref()));
        }
        Ok(match Policy::parse(&text) {
            Err(errors) => PolicyDraft::with_mistakes(text, errors),
            Ok(policy) => {
                let draft = PolicyDraft::of(text, &policy);
                let after = self.standing.policy_after(policy);
                self.with_why(draft, &after, phone.as_deref())
            }
        })
    }

    fn judged(&self, text: String, policy: &Policy, phone: Option<&str>) -> PolicyDraft {
        self.with_why(PolicyDraft::of(text, policy), policy, phone)
    }

    fn with_why(&self, draft: PolicyDraft, policy: &Policy, phone: Option<&str>) -> PolicyDraft {
        let asked = phone.and_then(|id| self.desk.asked_as(id));
        let why = asked.map(|(row, asked)| Why::of(row, asked, policy));
        PolicyDraft { dry_run: Some(self.desk.dry_run(policy)), why, ..draft }
    }

    pub(super) async fn reload_policy(&mut self) -> Result<(), CommandError> {
        let Some(file) = &mut self.policy_file else {
            return Err(no_policy_file());
        };
        let reading = file.read().await;
        self.take_policy(reading).await
    }

    /// Follows what the policy file holds, or says why not.
    pub(super) async fn take_policy(&mut self, reading: Reading) -> Result<(), CommandError> {
        let outcome = match reading {
            Ok(text) => self.set_policy(&text).await.map_err(CommandError::Policy),
            Err(reason) => Err(CommandError::PolicyFile(reason)),
        };
        if let Err(error) = &outcome {
            let Refusal { error: reason, mistakes, .. } = error.into();
            let file = self.policy_file.as_ref().map(PolicyFile::name).unwrap_or_default();
            self.policy_problem = Some(reason.clone());
            self.desk.say(self.clock.now(), Event::PolicyRefused { file, reason, mistakes });
        }
        outcome
    }

    pub(super) fn dry_run(&self, text: &str) -> Result<DryRun, PolicyErrors> {
        let policy = self.standing.policy_after(Policy::parse(text)?);
        Ok(self.desk.dry_run(&policy))
    }
}

/// The text with the edits in it; a draft where that has mistakes.
fn edited(
    text: String,
    edits: &[fingerpost_rules::Edit],
) -> Result<Result<String, PolicyDraft>, CommandError> {
    if edits.is_empty() {
        return Ok(Ok(text));
    }
    Ok(match edit(&text, edits) {
        Ok(text) => Ok(text),
        Err(EditError::File(errors)) => Err(PolicyDraft::with_mistakes(text, errors)),
        Err(EditError::Outcome { errors, text }) => Err(PolicyDraft::with_mistakes(text, errors)),
        Err(other) => return Err(CommandError::Edit(other.to_string())),
    })
}

fn no_policy_file() -> CommandError {
    CommandError::PolicyFile("no policy file was named at the start".into())
}
