//! Owns what the handle asks of the task, and which part of it does that. Decides nothing.

use super::Task;
use crate::backup::Backup;
use crate::changes::{Done, wanted};
use crate::command::{Command, CommandError};
use crate::desk::Wanted;
use crate::dry_run::DryRun;
use crate::links::Ticket;
use crate::policy_change::{ChangedPolicy, PolicyChange};
use crate::policy_view::{DraftQuestion, PolicyDraft, PolicyView};
use crate::recorder::Traffic;
use crate::settings_view::SettingsView;
use crate::view::{PhoneDetail, PhoneRow, View};
use fingerpost_net::OpenCard;
use fingerpost_rules::PolicyErrors;
use fingerpost_trace::pcapng::WriteError;
use std::collections::BTreeSet;
use tokio::sync::oneshot;

/// What the handle asks of the task.
#[derive(Debug)]
pub(crate) enum Order {
    Command(Command, oneshot::Sender<Result<(), CommandError>>),
    View(oneshot::Sender<View>),
    Phone(String, oneshot::Sender<Option<PhoneDetail>>),
    /// Tells once everything that was noted until now is written.
    Settle(oneshot::Sender<Result<(), CommandError>>),
    DryRun(String, oneshot::Sender<Result<DryRun, PolicyErrors>>),
    /// Phones of a backup are to be known.
    Know(Vec<PhoneRow>, oneshot::Sender<Result<(), CommandError>>),
    /// What came and went after the message with this number.
    Traffic(u64, oneshot::Sender<Traffic>),
    /// The messages with these numbers as a capture file.
    Capture(BTreeSet<u64>, oneshot::Sender<Result<Vec<u8>, CommandError>>),
    /// The cards that are open, as they were opened.
    OpenCards(oneshot::Sender<Vec<OpenCard>>),
    Settings(oneshot::Sender<Result<SettingsView, CommandError>>),
    Backup(oneshot::Sender<Result<Backup, CommandError>>),
    Policy(oneshot::Sender<PolicyView>),
    Draft(DraftQuestion, oneshot::Sender<Result<PolicyDraft, CommandError>>),
    ChangePolicy(PolicyChange, bool, oneshot::Sender<Result<ChangedPolicy, CommandError>>),
}

impl Task {
    pub(super) async fn order(&mut self, order: Order) {
        match order {
            Order::View(reply) => {
                // Whoever asked may have gone meanwhile.
                let _ = reply.send(self.view());
            }
            Order::Phone(id, reply) => {
                let _ = reply.send(self.desk.phone(&id));
            }
            Order::Traffic(after, reply) => {
                let _ = reply.send(self.desk.traffic(after));
            }
            Order::Capture(numbers, reply) => {
                let file = self.desk.capture(&numbers);
                let unwritable = |error: WriteError| CommandError::Unreadable(error.to_string());
                let _ = reply.send(file.map_err(unwritable));
            }
            Order::OpenCards(reply) => {
                let _ = reply.send(self.joining.cards().cloned().collect());
            }
            Order::Settings(reply) => {
                let _ = reply.send(self.settings());
            }
            Order::Backup(reply) => {
                let _ = reply.send(self.backup().await);
            }
            Order::Settle(done) => self.begin(Wanted::Settle, done),
            Order::Know(rows, done) => self.begin(Wanted::Know(rows), done),
            Order::DryRun(policy, reply) => {
                let _ = reply.send(self.dry_run(&policy));
            }
            Order::Policy(reply) => {
                let _ = reply.send(self.policy().await);
            }
            Order::Draft(question, reply) => {
                let _ = reply.send(self.draft(question).await);
            }
            Order::ChangePolicy(change, only_try, reply) => {
                let _ = reply.send(self.change_policy(&change, only_try).await);
            }
            Order::Command(Command::CheckSync { phone, reboot }, done) => {
                let ticket = self.desk.sync(self.clock.now(), &phone, reboot);
                self.wait_for(ticket.map_err(CommandError::CheckSync), done);
            }
            Order::Command(Command::Send { phone, seen_at, bytes }, done) => {
                let ticket = self.desk.send(self.clock.now(), &phone, seen_at, bytes);
                self.wait_for(ticket.map_err(CommandError::Send), done);
            }
            Order::Command(command, done) => match wanted(command) {
                Ok(wanted) => self.begin(wanted, done),
                Err(command) => {
                    let _ = done.send(self.command(command).await);
                }
            },
        }
    }

    /// Whoever gave an order is told once the phone was looked for.
    fn wait_for(&mut self, ticket: Result<Ticket, CommandError>, done: Done) {
        match ticket {
            Ok(ticket) => drop(self.waiting.insert(ticket, done)),
            Err(refused) => drop(done.send(Err(refused))),
        }
    }

    fn begin(&mut self, wanted: Wanted, done: Done) {
        let (now, memory) = (self.clock.now(), self.memory.as_mut());
        self.changes.begin(wanted, done, now, &mut self.desk, memory);
    }

    async fn command(&mut self, command: Command) -> Result<(), CommandError> {
        match command {
            Command::SetMode { mode } => self.standing.set_mode(mode)?,
            Command::SetUrl { url } => self.standing.set_url(url.as_deref())?,
            Command::SetPolicy { policy } => {
                return self.set_policy(&policy).await.map_err(CommandError::Policy);
            }
            Command::SetInterfaces { interfaces } => return self.set_interfaces(interfaces).await,
            Command::SetGroup { group, port } => return self.set_group(group, port).await,
            Command::SetRetention { retention } => {
                self.standing.set_retention(retention)?;
                if let Some(memory) = &self.memory {
                    memory.retain(retention);
                }
                return Ok(());
            }
            Command::ReloadPolicy => return self.reload_policy().await,
            Command::OpenCards => {
                self.joining.leave_other_ports().await;
                let opened = self.open_cards(false);
                return opened.map_err(|error| CommandError::Cards(error.to_string()));
            }
            Command::Simulate { interface, vendor } => {
                let cards = self.joining.cards();
                return self.simulations.begin(cards, interface.as_deref(), vendor.as_deref());
            }
            // The rest changes what is said of phones, and ends elsewhere; and this one ends us.
            _ => return Ok(()),
        }
        self.desk.set_policy(self.clock.now(), self.standing.policy());
        Ok(())
    }
}
