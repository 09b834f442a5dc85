//! Owns the changes of what people say of phones, one after the other: each is planned, written into the memory where
//! there is one, then carried out, then told. Answering phones never waits for it.

use crate::command::{Command, CommandError};
use crate::desk::{Desk, Plan, Wanted};
use crate::marks::{Adoption, Marking};
use crate::memory::Memory;
use fingerpost_core::Instant;
use std::collections::VecDeque;
use tokio::sync::oneshot;

/// Who waits for a command's end.
pub(crate) type Done = oneshot::Sender<Result<(), CommandError>>;

#[derive(Debug, Default)]
pub(crate) struct Changes {
    queue: VecDeque<(Wanted, Done)>,
    writing: Option<(u64, Plan, Done)>,
}

/// What a command wants to change of what is said of phones; another command is given back.
pub(crate) fn wanted(command: Command) -> Result<Wanted, Command> {
    let adoption = |adoption, phones| Wanted::Mark(Marking::Adoption(adoption), phones);
    Ok(match command {
        Command::Adopt { phones } => adoption(Adoption::Adopted, phones),
        Command::Ignore { phones } => adoption(Adoption::Ignored, phones),
        Command::Release { phones } => adoption(Adoption::New, phones),
        Command::Tag { phones, tag } => Wanted::Mark(Marking::Tag(tag), phones),
        Command::Untag { phones, tag } => Wanted::Mark(Marking::Untag(tag), phones),
        Command::Name { phone, name } => Wanted::Mark(Marking::Name(name), vec![phone]),
        Command::Undo => Wanted::Undo,
        Command::Forget { phones } => Wanted::Forget(phones),
        other => return Err(other),
    })
}

impl Changes {
    /// Begins a change, or lets it wait for those before it.
    pub(crate) fn begin(
        &mut self,
        wanted: Wanted,
        done: Done,
        now: Instant,
        desk: &mut Desk,
        memory: Option<&mut Memory>,
    ) {
        self.queue.push_back((wanted, done));
        self.advance(now, desk, memory);
    }

    /// The memory has written the change with this number, or could not.
    pub(crate) fn written(
        &mut self,
        number: u64,
        outcome: Result<(), String>,
        now: Instant,
        desk: &mut Desk,
        memory: Option<&mut Memory>,
    ) {
        if let Some((_, plan, done)) = self.writing.take_if(|(writing, ..)| *writing == number) {
            if outcome.is_ok() {
                desk.carry_out(now, plan);
            }
            tell(done, outcome.map_err(CommandError::Memory));
        }
        self.advance(now, desk, memory);
    }

    /// The memory is closed, and this is what it had still to tell. Changes that wait are not made any more.
    pub(crate) fn end(
        mut self,
        outcomes: Vec<(u64, Result<(), String>)>,
        now: Instant,
        desk: &mut Desk,
    ) {
        self.queue.clear();
        for (number, outcome) in outcomes {
            self.written(number, outcome, now, desk, None);
        }
    }

    fn advance(&mut self, now: Instant, desk: &mut Desk, mut memory: Option<&mut Memory>) {
        while self.writing.is_none()
            && let Some((wanted, done)) = self.queue.pop_front()
        {
            match (desk.plan(&wanted), &mut memory) {
                (Err(error), _) => tell(done, Err(error)),
                (Ok(plan), Some(memory)) => {
                    let number = memory.wish(plan.wish.clone());
                    self.writing = Some((number, plan, done));
                }
                (Ok(plan), None) => {
                    desk.carry_out(now, plan);
                    tell(done, Ok(()));
                }
            }
        }
    }
}

fn tell(done: Done, outcome: Result<(), CommandError>) {
    // Whoever gave the order may have gone meanwhile.
    let _ = done.send(outcome);
}
